// gradbook alone: what may happen to its files, and terminals of every kind.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tools/program.hpp"
#include "tools/watching.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(WatchTest, WhatHappensToTheFileIsSaidAndWatchingGoesOn) {
  Pty pty(command(), 200, 30);
  ASSERT_TRUE(pty.shows("not started"));
  fs::remove(file());
  EXPECT_TRUE(pty.shows("is not there: was it renamed or deleted?")) << pty.screen();
  fs::create_directories(file());
  EXPECT_TRUE(pty.shows("is a directory where a file should be")) << pty.screen();
  fs::remove(file());
  save(std::string(10'000'000, ' '));
  EXPECT_TRUE(pty.shows("larger than 1 MiB")) << pty.screen();
  save(wrong());
  EXPECT_TRUE(pty.shows("2.2 topological_sort: wrong")) << pty.screen();
  fs::rename(folder_.path() / "modules", folder_.path() / "away");
  EXPECT_TRUE(pty.shows("is not there")) << pty.screen();
  fs::rename(folder_.path() / "away", folder_.path() / "modules");
  save(solution_);
  EXPECT_TRUE(pty.shows("✓ Done")) << pty.screen();
}

TEST_F(WatchTest, WorksInNarrowWindowsAndFollowsTheirSize) {
  Pty pty(command(), 20, 12);
  EXPECT_TRUE(pty.shows("n next")) << pty.screen();
  EXPECT_TRUE(pty.loses("Checking"));
  const std::pair<const char*, const char*> keys[] = {
      {"h", "Hint 1 of 3:"}, {"kkkkkk", "more: j k"}, {"l", "▸ 2.2"},  {"j", "▸ 2.3"},
      {"/", "/_"},           {"\x1b", "▸ 1.1"},       {"l", "n next"}, {"x", "Reset 2.2"},
      {"n", "q quit"},       {"s", "n next"}};
  for (const auto& [key, shown] : keys) {
    pty.press(key);
    EXPECT_TRUE(pty.shows(shown, 5s)) << "after " << key << ":\n" << pty.screen();
  }
  pty.resize(60, 20);
  pty.send(SIGWINCH);
  EXPECT_TRUE(pty.shows("n next  h hint  l list  c check all  g graph or plot")) << pty.screen();
  pty.resize(20, 3);
  pty.send(SIGWINCH);
  pty.read_for(300ms);
  pty.press("q");
  EXPECT_EQ(pty.wait(), 0);
}

TEST_F(WatchTest, WithNoColorNothingIsColoured) {
  Pty pty(command(), 100, 30, {"NO_COLOR=1"});
  ASSERT_TRUE(pty.shows("not started"));
  for (const char* coloured : {"\x1b[1m", "\x1b[2m", "\x1b[31m", "\x1b[32m", "\x1b]8"})
    EXPECT_THAT(pty.bytes(), Not(HasSubstr(coloured)));
}

TEST_F(WatchTest, WithoutATerminalItChecksOnce) {
  const Completion c = gradbook_program({"--workbook", folder_.path().string()});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output, AllOf(HasSubstr("2.2 topological_sort: not started"), HasSubstr("0 of "),
                              Not(HasSubstr("\x1b"))));
  save(solution_);
  EXPECT_EQ(gradbook_program({"--workbook", folder_.path().string()}).exit_status, 0);
}

// Root may read everything; without this right it is like anybody else
TEST_F(WatchTest, AFileThatMayNotBeReadIsSaid) {
  std::vector<std::string> words = command();
  if (geteuid() == 0) {
    const std::vector<std::string> bare = {"setpriv", "--bounding-set",
                                           "-dac_override,-dac_read_search", "--inh-caps",
                                           "-dac_override,-dac_read_search"};
    words.insert(words.begin(), bare.begin(), bare.end());
    words.front() = "/usr/bin/setpriv";
    std::vector<std::string> trial = bare;
    trial.push_back("true");
    if (!run({.arguments = trial}).ok()) GTEST_SKIP() << "root cannot give up its rights here";
  }
  save(wrong());
  Pty pty(words, 100, 30);
  ASSERT_TRUE(pty.shows("2.2 topological_sort: wrong")) << pty.screen();
  chmod(file().c_str(), 0);
  EXPECT_TRUE(pty.shows("2.2 topological_sort: no file")) << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("Permission denied"), HasSubstr("chmod")));
  pty.press("h");
  EXPECT_TRUE(pty.shows("Hint 1 of 3"));
  chmod(file().c_str(), 0644);
  EXPECT_TRUE(pty.shows("2.2 topological_sort: wrong")) << pty.screen();
}

TEST_F(WatchTest, ADamagedStateIsRebuiltWhileOneGoesOn) {
  const fs::path state = folder_.path() / ".gradbook/progress.json";
  const fs::path first = folder_.path() / kExercises / "01_operators.cpp";
  const fs::path second = folder_.path() / kExercises / "02_stable_functions.cpp";
  const auto solution = [](const fs::path& file) {
    return read_file(root_folder() / "solutions" / kFirst / file.filename());
  };
  write_in_place(first, solution(first));
  write_in_place(second, replaced(solution(second), "{\n  // SOLUTION BEGIN",
                                  "{\n  volatile bool again = true;\n  while (again) {}\n"
                                  "  // SOLUTION BEGIN"));
  save(solution_);
  write_in_place(state, "{ damaged");
  {
    Pty pty(command(), 100, 30);
    EXPECT_TRUE(pty.shows("is damaged (it is no JSON)")) << pty.screen();
    EXPECT_TRUE(pty.shows("Rebuilding your progress: ")) << pty.screen();
    EXPECT_TRUE(pty.shows("1.1 operators: done")) << pty.screen();

    // The check of 1.2 would take long; keys and saves need not wait for it
    EXPECT_TRUE(pty.shows("Rebuilding your progress: 2 of")) << pty.screen();
    pty.press("h");
    EXPECT_TRUE(pty.shows("Hint 1 of 3")) << pty.screen();
    write_in_place(first, "int broken\n");
    EXPECT_TRUE(pty.shows("1.1 operators: does not compile")) << pty.screen();
    EXPECT_THAT(pty.screen(), HasSubstr("Rebuilding your progress: 2 of"));
    pty.press("q");
    EXPECT_EQ(pty.wait(), 0);
  }
  EXPECT_EQ(read_file(state.string() + ".damaged"), "{ damaged");

  // Who left in the middle of it goes on later
  write_in_place(first, solution(first));
  write_in_place(second, solution(second));
  Pty pty(command(), 100, 30);
  EXPECT_TRUE(pty.shows("is still to be rebuilt")) << pty.screen();
  EXPECT_TRUE(pty.shows(
      fmt::format("Your progress is rebuilt: 3 of {} exercises pass", exercises_in_the_book())))
      << pty.screen();
  const std::string text = read_file(state);
  EXPECT_THAT(text, AllOf(HasSubstr("\"2.2\""), Not(HasSubstr("to_rebuild"))));
}

}  // namespace
}  // namespace gradbook
