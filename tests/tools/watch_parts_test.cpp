// The parts of watch that need no terminal: text in columns, screens, and saves noticed.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "student/watch/excerpt.hpp"
#include "student/watch/file_watch.hpp"
#include "student/watch/screen.hpp"
#include "student/watch/text_width.hpp"
#include "tools/program.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(TextWidth, CountsCharactersNotBytes) {
  EXPECT_EQ(columns("größe ✓"), 7u);
  EXPECT_EQ(columns("日本"), 4u);
  EXPECT_EQ(columns("e\u0301"), 1u);
}

TEST(TextWidth, WrapsAtSpacesAndKeepsTheIndentation) {
  EXPECT_THAT(wrap("  one two three", 9), ElementsAre("  one two", "  three"));
  EXPECT_THAT(wrap("größergrößer", 6), ElementsAre("größer", "größer"));
  EXPECT_THAT(wrap("", 6), ElementsAre(""));
}

TEST(TextWidth, NeverIsWiderThanAsked) {
  const std::string text = "  a b  cc 日本語 dddddddddddddddd ∂f/∂x = ½·(x + y)   end ";
  for (std::size_t width = 2; width < 50; ++width) {
    for (const std::string& line : wrap(text, width)) EXPECT_LE(columns(line), width) << line;
    EXPECT_LE(columns(keep_start(text, width)), width);
    EXPECT_LE(columns(keep_end(text, width)), width);
    EXPECT_EQ(columns(fit("日本語", width)), width);
  }
}

TEST(TextWidth, LetsNoControlCharacterThrough) {
  EXPECT_EQ(printable("a\x1b[2Jb\tc\u009bd\x7f"), "a[2Jb  cd");
  EXPECT_EQ(printable("caf\xe9"), "caf\ufffd");
}

TEST(Excerpt, CutsSourceSoThatTheCaretIsSeen) {
  const std::vector<std::string> message = {
      "  file.cpp:20:57: error: call of overloaded Scalar is ambiguous",
      "     20 |   if (op == &kPow) return {node.exponent == 0 ? Scalar{0} : 1, 0};",
      "        |                                                 ^~~~~~~~~"};
  EXPECT_EQ(fit_message(message, 100), message);
  EXPECT_THAT(fit_message(message, 40),
              ElementsAre("  file.cpp:20:57: error: call of", "  overloaded Scalar is ambiguous",
                          "     20 | …ponent == 0 ? Scalar{0} : 1,…",
                          "        |                ^~~~~~~~~"));
  for (std::size_t width = 10; width < 90; ++width) {
    for (const std::string& line : fit_message(message, width)) EXPECT_LE(columns(line), width);
  }
}

TEST(Excerpt, TakesProseForWhatItIs) {
  EXPECT_THAT(fit_message({"a | b", "| c", "", "  12 of | d"}, 40),
              ElementsAre("a | b", "| c", "", "  12 of | d"));
}

class Screen : public testing::Test {
 protected:
  Screen() {
    exercise_.id = "2.2";
    exercise_.name = "topological_sort";
    exercise_.module = "02_scalar";
    exercise_.learnt = "an order is all that backward needs";
    exercise_.points = 4;
    exercise_.minutes = 40;
    model_.exercise = &exercise_;
    model_.path = "modules/02_scalar/exercises/02_topological_sort.cpp";
    model_.points = 2;
    model_.points_in_all = 71;
    model_.verdict = Verdict{.exercise = &exercise_};
  }

  static std::string text(const std::vector<ScreenLine>& lines) {
    std::string all;
    for (const ScreenLine& line : lines) all += line.text + "\n";
    return all;
  }

  Exercise exercise_;
  WatchModel model_;
};

TEST_F(Screen, HasItsPartsAlwaysInThisOrder) {
  model_.hints = {"look at the top"};
  model_.notices = {"a notice"};
  model_.solution = model_.program = true;
  const std::string all = text(watch_screen(model_));
  std::size_t before = 0;
  for (const char* part :
       {"2.2 topological_sort: done", "Hint 1 of 3: look at the top", "✓ Done. n for the next",
        "You have learnt: an order", "a notice", "2 of 71 points", "02_topological_sort.cpp",
        "n next  h hint  l list  c check all  g graph or plot  s solution  x reset"}) {
    const std::size_t at = all.find(part);
    ASSERT_NE(at, std::string::npos) << part << " is not in\n" << all;
    EXPECT_GE(at, before) << part << " stands too early in\n" << all;
    before = at;
  }
}

TEST_F(Screen, FitsEveryWindow) {
  model_.hints = {"a hint that is long enough to take several lines in a narrow window", "another"};
  ListModel list{.size = {}, .rows = {{&exercise_, {true, false, 0.4, 2}}, {&exercise_, {}}}};
  GridModel grid{
      .size = {}, .title = "Checking all", .cells = {{&exercise_}, {&exercise_, State::wrong}}};
  TextModel reading{.size = {},
                    .title = "a/long/path/of/a/solution.cpp",
                    .keys = "j k move",
                    .lines = std::vector<std::string>(40, "auto x = 1;  // a line of code")};
  for (int width = 20; width <= 130; width += 5) {
    for (int height : {1, 2, 3, 5, 8, 20, 30}) {
      model_.size = list.size = grid.size = reading.size = {width, height};
      for (const auto& lines :
           {watch_screen(model_), list_screen(list), grid_screen(grid), text_screen(reading)}) {
        EXPECT_EQ(lines.size(), static_cast<std::size_t>(height)) << width << " × " << height;
        for (const ScreenLine& line : lines)
          EXPECT_LT(columns(line.text), static_cast<std::size_t>(width)) << line.text;
      }
    }
  }
}

TEST_F(Screen, SaysWithWordsWhatItSaysWithColour) {
  model_.link = "file:///x";
  const auto lines = watch_screen(model_);
  EXPECT_THAT(paint(lines, false), Each(Not(HasSubstr("\x1b"))));
  std::string coloured;
  for (const std::string& line : paint(lines, true)) coloured += line;
  EXPECT_THAT(coloured, HasSubstr("\x1b]8;;file:///x\x1b\\modules/"));
  EXPECT_THAT(text(lines), HasSubstr("✓ Done"));
}

TEST_F(Screen, SaysWhatDoesNotFitAndScrollsToIt) {
  model_.size = {40, 12};
  model_.verdict->state = State::does_not_compile;
  for (int i = 0; i < 15; ++i) model_.verdict->messages.push_back("line " + std::to_string(i));
  EXPECT_THAT(text(watch_screen(model_)), HasSubstr("more lines: j, k"));
  model_.scroll = last_scroll(model_);
  EXPECT_THAT(text(watch_screen(model_)), HasSubstr("line 14"));
}

class Saves : public testing::Test {
 protected:
  Saves() { write(file_, "old"); }

  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::trunc) << text;
  }

  // How many saves are told within half a second
  static int told(FileWatch& watch) {
    int times = 0;
    for (const auto until = std::chrono::steady_clock::now() + 500ms;
         std::chrono::steady_clock::now() < until;) {
      times += watch.changed();
      std::this_thread::sleep_for(2ms);
    }
    return times;
  }

  Folder folder_;
  const fs::path file_ = folder_.path() / "file.cpp";
};

TEST_F(Saves, NothingHappensUnlessSomethingWasSaved) {
  FileWatch watch(file_);
  write(folder_.path() / "other.cpp", "x");
  EXPECT_EQ(told(watch), 0);
}

TEST_F(Saves, WrittenInPlaceIsOne) {
  FileWatch watch(file_);
  write(file_, "new");
  EXPECT_EQ(told(watch), 1);
}

TEST_F(Saves, TruncatedAndWrittenAfterAPauseIsOne) {
  FileWatch watch(file_);
  write(file_, "");
  EXPECT_FALSE(watch.changed());
  std::this_thread::sleep_for(60ms);
  EXPECT_FALSE(watch.changed());
  write(file_, "new");
  EXPECT_EQ(told(watch), 1);
}

TEST_F(Saves, RenamedAwayAndWrittenAnewIsOne) {
  FileWatch watch(file_);
  fs::rename(file_, file_.string() + "~");
  EXPECT_FALSE(watch.changed());
  std::this_thread::sleep_for(60ms);
  EXPECT_FALSE(watch.changed());
  write(file_, "new");
  fs::remove(file_.string() + "~");
  EXPECT_EQ(told(watch), 1);
}

TEST_F(Saves, SwappedAtomicallyIsOne) {
  FileWatch watch(file_);
  write_atomically(file_, "new");
  EXPECT_EQ(told(watch), 1);
}

TEST_F(Saves, DeletedIsOneAndBackIsAnother) {
  FileWatch watch(file_);
  fs::remove(file_);
  EXPECT_EQ(told(watch), 1);
  write(file_, "old");
  EXPECT_EQ(told(watch), 1);
}

TEST_F(Saves, AFileThatNeverRestsIsToldAllTheSame) {
  FileWatch watch(file_);
  int times = 0;
  for (int i = 0; i < 100; ++i) {
    write(file_, std::string(static_cast<std::size_t>(i) + 1, 'x'));
    times += watch.changed();
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_GT(times, 0);
}

TEST_F(Saves, WithoutInotifyItLooksInstead) {
  // No file descriptor is left, so inotify is not to be had
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const int next = dup(0);
  close(next);
  const rlimit none = {static_cast<rlim_t>(next), before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  FileWatch watch(file_);
  setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_TRUE(watch.polling());
  EXPECT_EQ(watch.descriptor(), -1);
  EXPECT_LE(watch.patience(), 200ms);
  write(file_, "new");
  EXPECT_EQ(told(watch), 1);
}

}  // namespace
}  // namespace gradbook
