// run 09: every rung of the ladder on the emulator, its counters, and what it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

Completion run_ladder(const fs::path& out, std::vector<std::string> options) {
  std::vector<std::string> arguments = {(build_folder() / "gradbook").string(),
                                        "--root",
                                        root_folder().string(),
                                        "--preset",
                                        "student",
                                        "run",
                                        "09",
                                        "--out",
                                        out.string()};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return run({.arguments = arguments});
}

TEST(KernelLadder, CountsWhatEveryRungReads) {
  const Folder folder;
  const Completion c = run_ladder(folder.path(), {"--size", "64"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("emulated: no GPU here"), ContainsRegex("naive +128\\.00"),
                              ContainsRegex("coalesced +128\\.00"), ContainsRegex("tiled +8\\.00"),
                              ContainsRegex("register-1d +2\\.00"), HasSubstr("register-2d"),
                              HasSubstr("vectorised"), HasSubstr("warp-tiled"),
                              HasSubstr("double-buffered"), Not(HasSubstr("wrong"))));
  const std::string table = read_file(folder.path() / "matmul_ladder.tsv");
  EXPECT_EQ(std::ranges::count(table, '\n'), 1 + 8) << table;
  EXPECT_THAT(table, HasSubstr("\ntiled\t8\t32\t"));
}

TEST(KernelLadder, ClimbsOneRungWhereOneIsAskedFor) {
  const Folder folder;
  const Completion c = run_ladder(folder.path(), {"--size", "33", "--rung", "tiled"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("tiled"), Not(HasSubstr("coalesced"))));
}

TEST(KernelLadder, RefusesWhatItDoesNotKnow) {
  const Folder folder;
  const auto expect_refused = [&](const std::vector<std::string>& options, const char* says) {
    const Completion c = run_ladder(folder.path(), options);
    EXPECT_EQ(c.exit_status, 1) << c.output;
    EXPECT_THAT(c.output, AllOf(HasSubstr(says), Not(HasSubstr("did not come to its end"))));
  };
  expect_refused({"--typo"}, "--typo");
  expect_refused({"--rung", "fastest"}, "fastest is no rung; there are naive, coalesced, tiled");
  for (const char* size : {"0", "-4", "1.5", "1025", "many"})
    expect_refused({"--size", size}, "is no whole number from 1 to 1024");
}

}  // namespace
}  // namespace gradbook
