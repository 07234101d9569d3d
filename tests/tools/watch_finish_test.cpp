// gradbook alone: the end of a module, and of the book.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tools/sample_book.hpp"
#include "tools/watching.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST_F(WatchTest, AFinishedModuleIsCheckedAgainBeforeItIsCelebrated) {
  for (const auto& entry : fs::directory_iterator(root_folder() / "solutions" / kFirst)) {
    if (entry.path().extension() == ".cpp")
      fs::copy(entry.path(), folder_.path() / kExercises / entry.path().filename(),
               fs::copy_options::overwrite_existing);
  }
  // All is noted as done but the last, and one of them was broken since
  std::string noted;
  for (int i = 1; i <= 6; ++i)
    noted += fmt::format("{}\"1.{}\": {{\"done\": true}}", i > 1 ? ", " : "", i);
  write_atomically(folder_.path() / ".gradbook/progress.json",
                   "{\"version\": 1, \"current\": \"1.7\", \"exercises\": {" + noted + "}}");
  const fs::path second = folder_.path() / kExercises / "02_stable_functions.cpp";
  const std::string good = read_file(second);
  write_in_place(second, "int broken\n");
  Pty pty(command(), 100, 30);
  EXPECT_TRUE(pty.shows("Not finished yet: checked again, 1.2 did not pass", 300s)) << pty.screen();

  pty.press("l");
  EXPECT_TRUE(pty.shows("▸ 1.7"));
  pty.press("kkkkk\r");
  EXPECT_TRUE(pty.shows("1.2 stable_functions: does not compile")) << pty.screen();
  write_in_place(second, good);
  EXPECT_TRUE(pty.shows("★ Module 1 is finished", 300s)) << pty.screen();
  pty.press("n");
  EXPECT_TRUE(pty.shows("2.1 forward_operators: not started")) << pty.screen();
}

class FinishTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { book_ = new SampleBook; }
  static void TearDownTestSuite() { delete book_; }

  void SetUp() override {
    ASSERT_TRUE(book_->configured().ok()) << book_->configured().output;
    // The first is noted as done, and the student is at the second
    write_atomically(book_->root() / ".gradbook/progress.json",
                     R"({"version": 1, "current": "1.2", "exercises": {"1.1": {"done": true}}})");
    write_atomically(file("02_fourth.cpp"), "int not_yet\n");
  }

  static fs::path file(const char* name) {
    return book_->root() / "modules/01_sample/exercises" / name;
  }
  static void solve(const char* name) {
    write_atomically(file(name), read_file(book_->root() / "solutions/01_sample" / name));
  }
  static std::vector<std::string> command() {
    return {(build_folder() / "gradbook").string(), "--root", book_->root().string()};
  }

  static SampleBook* book_;
};

SampleBook* FinishTest::book_ = nullptr;

TEST_F(FinishTest, AllIsCheckedAgainBeforeModuleAndBookAreFinished) {
  solve("01_square.cpp");
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("1.2 fourth: does not compile", 120s)) << pty.screen();
  solve("02_fourth.cpp");
  EXPECT_TRUE(pty.shows("★ The book is finished", 120s)) << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("★ Module 1 is finished: A book of two exercises"),
                                  HasSubstr("All 2 exercises were checked again"),
                                  HasSubstr("2 points"), HasSubstr("✓ 1.1"), HasSubstr("✓ 1.2")));
  EXPECT_EQ(pty.count("Checking the whole book once more"), 1);

  // n asks for it again
  pty.press(" ");
  EXPECT_TRUE(pty.shows("1.2 fourth: done")) << pty.screen();
  pty.press("n");
  EXPECT_TRUE(pty.shows("★ The book is finished")) << pty.screen();
  EXPECT_EQ(pty.count("Checking the whole book once more"), 2);
}

TEST_F(FinishTest, NothingIsFinishedThatNoLongerPasses) {
  write_atomically(
      file("01_square.cpp"),
      replaced(read_file(book_->root() / "solutions/01_sample/01_square.cpp"), "x * x", "x + x"));
  Pty pty(command(), 100, 30);
  ASSERT_TRUE(pty.shows("1.2 fourth: does not compile", 120s)) << pty.screen();
  solve("02_fourth.cpp");
  EXPECT_TRUE(pty.shows("Not finished yet: checked again, 1.1 did not pass", 120s)) << pty.screen();
  EXPECT_THAT(pty.screen(),
              AllOf(HasSubstr("✗ 1.1 square: wrong"), HasSubstr("✓ 1.2"), Not(HasSubstr("★"))));
  EXPECT_EQ(pty.count("★"), 0);
  pty.press("l");
  EXPECT_TRUE(pty.shows("▸ 1.2")) << pty.screen();
  pty.press("k\r");
  EXPECT_TRUE(pty.shows("1.1 square: wrong")) << pty.screen();
  solve("01_square.cpp");
  EXPECT_TRUE(pty.shows("★ The book is finished", 120s)) << pty.screen();
}

}  // namespace
}  // namespace gradbook
