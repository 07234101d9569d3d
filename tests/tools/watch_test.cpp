// gradbook alone, at a terminal: every key.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tools/program.hpp"
#include "tools/watching.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(WatchTest, WelcomesWhoComesForTheFirstTime) {
  fs::remove_all(folder_.path() / ".gradbook");
  Pty pty(command(), 100, 30);
  EXPECT_TRUE(pty.shows("Welcome to gradbook")) << pty.screen();
  pty.press(" ");
  EXPECT_TRUE(pty.shows("1.1 operators: not started")) << pty.screen();
  pty.press("q");
  EXPECT_EQ(pty.wait(), 0);
}

TEST_F(WatchTest, ChecksASaveAtOnceAndStaysUntilN) {
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("2.2 topological_sort: not started")) << pty.screen();
  save(wrong());
  EXPECT_TRUE(pty.shows("Checking 2.2"));
  EXPECT_TRUE(pty.shows("2.2 topological_sort: wrong")) << pty.screen();
  save(solution_);
  EXPECT_TRUE(pty.shows("✓ Done. n for the next")) << pty.screen();
  EXPECT_THAT(pty.screen(),
              AllOf(HasSubstr("You have learnt"), HasSubstr("4 of "), HasSubstr("s solution")));
  pty.press("s");
  EXPECT_TRUE(pty.shows("solutions/02_scalar/02_topological_sort.cpp")) << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("topological_sort(Node"), Not(HasSubstr("SOLUTION"))));
  pty.press("\x1b");
  EXPECT_TRUE(pty.shows("n next"));
  pty.press("n");
  EXPECT_TRUE(pty.shows("2.3 product_rules: not started")) << pty.screen();
  EXPECT_THAT(read_file(folder_.path() / ".gradbook/progress.json"), HasSubstr("\"2.3\""));
}

TEST_F(WatchTest, HintsComeOneByOne) {
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("not started"));
  for (const char* hint :
       {"Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "These are all three hints"}) {
    EXPECT_THAT(pty.screen(), Not(HasSubstr(hint)));
    pty.press("h");
    EXPECT_TRUE(pty.shows(hint)) << pty.screen();
  }
  EXPECT_THAT(read_file(folder_.path() / ".gradbook/progress.json"), HasSubstr("\"hints\": 3"));
}

TEST_F(WatchTest, TheListIsFilteredAndJumpsAnywhere) {
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("not started"));
  pty.press("l");
  EXPECT_TRUE(pty.shows("▸ 2.2")) << pty.screen();
  pty.press("j");
  EXPECT_TRUE(pty.shows("▸ 2.3"));
  pty.press("\x1b[A");  // arrow up
  EXPECT_TRUE(pty.shows("▸ 2.2"));
  pty.press("/gradch");
  EXPECT_TRUE(pty.shows("/gradch"));
  EXPECT_TRUE(pty.loses("topological_sort")) << pty.screen();
  pty.press("\r\r");
  EXPECT_TRUE(pty.shows("1.6 gradcheck: not started")) << pty.screen();
}

TEST_F(WatchTest, ResetAsksKeepsTheFileAndWritesTheStub) {
  save("int mine;\n");
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("x reset")) << pty.screen();
  pty.press("x");
  EXPECT_TRUE(pty.shows("Reset 2.2 to its stub?")) << pty.screen();
  pty.press("n");
  EXPECT_TRUE(pty.loses("Reset 2.2"));
  EXPECT_EQ(read_file(file()), "int mine;\n");
  pty.press("x");
  EXPECT_TRUE(pty.shows("Reset 2.2"));
  pty.press("y");
  EXPECT_TRUE(pty.shows("is the stub again")) << pty.screen();
  EXPECT_TRUE(pty.shows("2.2 topological_sort: not started")) << pty.screen();
  int kept = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / ".gradbook/backup"))
    kept += entry.is_regular_file() && read_file(entry.path()) == "int mine;\n";
  EXPECT_EQ(kept, 1);
  EXPECT_EQ(read_file(file()), read_file(root_folder() / kIn));
}

TEST_F(WatchTest, ChecksAllWithALiveGrid) {
  save(solution_);
  Pty pty(command(), 100, 40);
  ASSERT_TRUE(pty.shows("✓ Done")) << pty.screen();
  pty.press("c");
  EXPECT_TRUE(pty.shows("Checking all exercises"));
  EXPECT_TRUE(pty.shows(fmt::format("1 of {} done, 4 points", exercises_in_the_book()), 300s))
      << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("· 1.1"), HasSubstr("✓ 2.2")));
  EXPECT_GT(pty.count(fmt::format("of {} checked", exercises_in_the_book())), 0);
  pty.press(" ");
  EXPECT_TRUE(pty.shows("✓ Done")) << pty.screen();
}

TEST_F(WatchTest, RunsTheModulesProgram) {
  Pty pty(command(), 100, 40);
  ASSERT_TRUE(pty.shows("not started"));
  pty.press("g");
  EXPECT_TRUE(pty.shows("the program of 02_scalar"));
  EXPECT_TRUE(pty.shows("any key goes back", 300s)) << pty.screen();
  EXPECT_THAT(pty.bytes(), HasSubstr("from the reference"));
  pty.press(" ");
  EXPECT_TRUE(pty.shows("n next"));
}

TEST_F(WatchTest, AResetIsUndoneWhileItsNoticeStands) {
  save("int mine;\n");
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("x reset  q quit")) << pty.screen();
  pty.press("u");
  pty.press("x");
  ASSERT_TRUE(pty.shows("Reset 2.2 to its stub?")) << pty.screen();
  pty.press("y");
  EXPECT_TRUE(pty.shows("u brings yours back")) << pty.screen();
  EXPECT_TRUE(pty.shows("u undo  q quit")) << "it stands where reset stood";
  EXPECT_TRUE(pty.shows("2.2 topological_sort: not started")) << pty.screen();
  pty.press("u");
  EXPECT_TRUE(pty.shows("2.2 is as it was before the reset")) << pty.screen();
  EXPECT_TRUE(pty.shows("x reset  q quit"));
  EXPECT_TRUE(pty.shows("2.2 topological_sort: ")) << pty.screen();
  EXPECT_EQ(read_file(file()), "int mine;\n");

  pty.press("xy");
  EXPECT_TRUE(pty.shows("u undo"));
  pty.press("h");
  EXPECT_TRUE(pty.loses("u undo"));
  pty.press("u");
  pty.read_for(200ms);
  EXPECT_EQ(read_file(file()), read_file(root_folder() / kIn)) << "the notice was gone";
}

}  // namespace
}  // namespace gradbook
