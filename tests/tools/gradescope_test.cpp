// The autograder's zip, unpacked into a folder that stands for /autograder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tools/program.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

class Gradescope : public testing::Test {
 protected:
  fs::path at(const char* what) const { return folder_.path() / what; }

  void unpack() {
    const Completion c = gradbook_program({"gradescope", "--modules", "01", "--release", "score",
                                           "--out", at("grader.zip").string()});
    ASSERT_EQ(c.exit_status, 0) << c.output;
    fs::create_directories(at("source"));
    const Completion unpacked =
        run({.arguments = {"cmake", "-E", "tar", "xf", at("grader.zip").string()},
             .directory = at("source").string()});
    ASSERT_TRUE(unpacked.ok()) << unpacked.output;
  }

  Completion run_autograder() const {
    return run({.arguments = {"bash", at("source/run_autograder").string()},
                .environment = {"AUTOGRADER=" + folder_.path().string()}});
  }

  Folder folder_;
};

TEST_F(Gradescope, TheZipHoldsTheGraderAndTheChosenModule) {
  unpack();
  for (const char* file : {"setup.sh", "run_autograder", "workbook/gradbook"}) {
    const auto perms = fs::status(at("source") / file).permissions();
    EXPECT_NE(perms & fs::perms::owner_exec, fs::perms::none) << file;
  }
  const fs::path workbook = at("source/workbook");
  EXPECT_TRUE(fs::exists(workbook / "solutions/01_foundations/01_operators.cpp"));
  EXPECT_TRUE(fs::exists(workbook / "tests/01_foundations/hidden/01_operators_cases.cpp"));
  EXPECT_FALSE(fs::exists(workbook / "modules/02_scalar"));
  EXPECT_THAT(read_file(workbook / "packages.txt"),
              AllOf(HasSubstr("libseccomp-dev"), Not(HasSubstr("python3-pytest"))));
  EXPECT_THAT(
      read_file(at("source/run_autograder")),
      AllOf(ContainsRegex("--allow-level process --no-mistakes --seed [0-9]+ --release score"),
            Not(HasSubstr("{{"))));
  for (const char* file : {"setup.sh", "run_autograder"})
    EXPECT_TRUE(run({.arguments = {"bash", "-n", (at("source") / file).string()}}).ok()) << file;
}

TEST_F(Gradescope, EqualBooksAndSeedsGiveEqualZips) {
  const auto write = [&](const char* name, std::vector<std::string> seed) {
    std::vector<std::string> words = {"gradescope", "--out", at(name).string()};
    words.insert(words.end(), seed.begin(), seed.end());
    EXPECT_EQ(gradbook_program(words).exit_status, 0);
    return read_file(at(name));
  };
  const std::string one = write("one.zip", {"--seed", "5"});
  EXPECT_TRUE(one == write("two.zip", {"--seed", "5"}));
  EXPECT_FALSE(one == write("drawn.zip", {}));
}

TEST_F(Gradescope, AGraderThatFailsLeavesAResultThatSaysSo) {
  unpack();
  write_atomically(at("source/workbook/gradbook"), "#!/bin/sh\necho it broke; exit 7\n");
  fs::permissions(at("source/workbook/gradbook"), fs::perms::owner_all);
  const Completion c = run_autograder();
  EXPECT_EQ(c.exit_status, 0);
  EXPECT_THAT(c.output, HasSubstr("it broke"));
  const auto results = nlohmann::json::parse(read_file(at("results/results.json")));
  EXPECT_EQ(results.at("extra_data").at("state"), "infrastructure");
  EXPECT_EQ(results.at("extra_data").at("exit_status"), 7);
  EXPECT_THAT(results.at("output").get<std::string>(), HasSubstr("no result of your work"));
}

TEST_F(Gradescope, AZipThatCannotBeWritten) {
  const Completion c = gradbook_program({"gradescope", "--out", "/proc/grader.zip"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("cannot write /proc/grader.zip"));
}

}  // namespace
}  // namespace gradbook
