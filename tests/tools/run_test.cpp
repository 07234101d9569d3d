// run: a module's program on what the student has written, and how far it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "student/run_progress.hpp"
#include "student/watch/text_width.hpp"
#include "system/lock.hpp"
#include "tools/pty.hpp"
#include "tools/sample_book.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(RunProgress, ReadsWhatProgramsReportAndNothingElse) {
  const auto epoch = read_epoch("epoch 17 100 0.0312");
  ASSERT_TRUE(epoch);
  EXPECT_EQ(epoch->done, 17);
  EXPECT_EQ(epoch->all, 100);
  EXPECT_EQ(epoch->loss, 0.0312);
  EXPECT_TRUE(read_epoch("epoch 1 1 nan")) << "a loss may be anything";
  for (const char* other : {"", "epoch", "epoch 1 2", "epoch 0 5 1", "epoch 6 5 1", "epoch 1 2 3 4",
                            "epoch -1 5 1", "epoch 1 99999999999 1"})
    EXPECT_FALSE(read_epoch(other)) << other;
}

TEST(RunProgress, FitsEveryWidth) {
  const Epoch epoch{.done = 50, .all = 1000, .loss = 0.25, .per_second = 1.5};
  for (std::size_t width = 20; width < 140; ++width)
    EXPECT_LT(columns(with_bar(epoch, width)), width) << with_bar(epoch, width);
  EXPECT_EQ(with_bar(epoch, 100),
            "[░░░░░░░░░░░░░░░░]    50 of 1000 epochs  loss 0.2500  1.5 epochs/s  "
            "10 min 33 s left");
  EXPECT_THAT(with_bar(epoch, 60), AllOf(HasSubstr("50 of 1000"), HasSubstr("loss 0.2500"),
                                         HasSubstr("10 min 33 s left"), HasSubstr("░")));
}

TEST(RunProgress, SaysNoRateThatItDoesNotKnow) {
  EXPECT_EQ(as_line({.done = 1, .all = 10, .loss = 2e-5}), " 1 of 10 epochs  loss 2.000e-05");
  EXPECT_EQ(as_line({.done = 10, .all = 10, .loss = 3, .per_second = 250}),
            "10 of 10 epochs  loss 3.0000  250 epochs/s");
}

class Run : public testing::Test {
 protected:
  static void SetUpTestSuite() { book_ = new SampleBook; }
  static void TearDownTestSuite() { delete book_; }

  void SetUp() override {
    ASSERT_TRUE(book_->configured().ok()) << book_->configured().output;
    for (const char* part : {"out", "gates", "temporary"}) fs::create_directories(part_of(part));
    write_square("x * x");
  }

  fs::path part_of(const char* part) const { return folder_.path() / part; }
  void write_square(const std::string& result) const {
    write_atomically(folder_.path() / "modules/01_sample/exercises/01_square.cpp",
                     "#include \"01_sample/sample.hpp\"\n"
                     "double gradbook::square(double x) { return " +
                         result + "; }\n");
  }
  void open_gate(int number) const {
    std::ofstream(part_of("gates") / std::to_string(number)) << "open";
  }

  static std::vector<std::string> command(const fs::path& workbook, const fs::path& out) {
    return {(build_folder() / "gradbook").string(),
            "--root",
            book_->root().string(),
            "run",
            "01",
            "--workbook",
            workbook.string(),
            "--out",
            out.string()};
  }
  std::vector<std::string> command() const { return command(folder_.path(), part_of("out")); }
  std::vector<std::string> gated() const {
    return {"SAMPLE_GATES=" + part_of("gates").string(), "TMPDIR=" + part_of("temporary").string()};
  }

  // Processes whose program lies in our temporary folder
  int programs_running() const {
    int found = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
      std::error_code error;
      const fs::path program = fs::read_symlink(entry.path() / "exe", error);
      found += !error && program.string().starts_with(part_of("temporary").string());
    }
    return found;
  }

  Folder folder_;
  static SampleBook* book_;
};

SampleBook* Run::book_ = nullptr;

TEST_F(Run, RewritesOneLineOnATerminal) {
  Pty pty(command(), 60, 12, gated());
  open_gate(1);
  EXPECT_TRUE(pty.shows("1 of 4  loss 1.0000", 120s)) << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("four squares"), HasSubstr("1.2")))
      << "what is not written comes from the reference";
  pty.read_for(100ms);  // an epoch that follows sooner may be left out
  open_gate(2);
  EXPECT_TRUE(pty.shows("2 of 4")) << pty.screen();
  EXPECT_THAT(pty.screen(), AllOf(HasSubstr("loss 0.2500"), HasSubstr(" left"), HasSubstr("█"),
                                  Not(HasSubstr("1 of 4"))));
  open_gate(3);
  open_gate(4);
  EXPECT_TRUE(pty.shows("squares.tsv")) << pty.screen();
  EXPECT_EQ(pty.wait(), 0);
  EXPECT_THAT(pty.screen(), HasSubstr("4 of 4")) << "the end stays";
  EXPECT_EQ(read_file(part_of("out") / "squares.tsv"), "1\t1\n2\t4\n3\t9\n4\t16\n");
}

TEST_F(Run, PrintsPlainLinesElsewhere) {
  const Completion c = run({.arguments = command()});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(
      c.output,
      AllOf(HasSubstr("four squares\n"), HasSubstr("\n1 of 4 epochs  loss 1.0000"),
            HasSubstr("4 of 4 epochs  loss 0.0625"), Not(HasSubstr("\x1b")), Not(HasSubstr("\r"))));
  Pty dumb(command(), 100, 12, {"TERM=dumb"});
  EXPECT_EQ(dumb.wait(60s), 0);
  EXPECT_THAT(dumb.bytes(), AllOf(HasSubstr("4 of 4"), Not(HasSubstr("\x1b"))));
}

TEST_F(Run, ColoursNothingWhereNobodyWantsThat) {
  Pty pty(command(), 100, 12, {"NO_COLOR=1"});
  EXPECT_EQ(pty.wait(60s), 0);
  EXPECT_THAT(pty.bytes(), AllOf(HasSubstr("█"), Not(testing::ContainsRegex("\x1b\\[[0-9;]*m"))));
}

TEST_F(Run, CtrlCLeavesNoProcessAndTheFilesOfBefore) {
  write_atomically(part_of("out") / "squares.tsv", "of before");
  Pty pty(command(), 100, 12, gated());
  open_gate(1);
  ASSERT_TRUE(pty.shows("1 of 4", 120s)) << pty.screen();
  EXPECT_EQ(programs_running(), 1);
  pty.press("\x03");
  EXPECT_EQ(pty.wait(), 130);
  EXPECT_THAT(pty.screen(),
              AllOf(HasSubstr("stopped after 1 of 4 epochs\n"), HasSubstr("is as it was")));
  EXPECT_EQ(programs_running(), 0);
  EXPECT_TRUE(fs::is_empty(part_of("temporary")));
  EXPECT_EQ(read_file(part_of("out") / "squares.tsv"), "of before");
  EXPECT_EQ(pty.settings().c_lflag, pty.settings_before().c_lflag);
}

TEST_F(Run, AnotherWorkbooksRunInTheMiddleOfItChangesNothing) {
  Folder other;
  fs::create_directories(other.path() / "modules/01_sample/exercises");
  write_atomically(other.path() / "modules/01_sample/exercises/01_square.cpp",
                   "#include \"01_sample/sample.hpp\"\n"
                   "double gradbook::square(double) { return 7; }\n");
  Pty mine(command(), 100, 12, gated());
  open_gate(1);
  ASSERT_TRUE(mine.shows("1 of 4", 120s)) << mine.screen();
  EXPECT_TRUE(run({.arguments = command(other.path(), other.path() / "out")}).ok());
  for (int i = 2; i <= 4; ++i) open_gate(i);
  EXPECT_EQ(mine.wait(), 0);
  EXPECT_EQ(read_file(part_of("out") / "squares.tsv"), "1\t1\n2\t4\n3\t9\n4\t16\n");
  EXPECT_EQ(read_file(other.path() / "out/squares.tsv"), "1\t7\n2\t7\n3\t7\n4\t7\n");
}

TEST_F(Run, NeverTouchesWhatAChecksObjectsAre) {
  // Somebody else's check has the exercise; its folder is as it was, and the run does not wait
  const fs::path folder = book_->root() / "build/student/exercises/1.1";
  const Lock check(folder);
  write_atomically(folder / "student.o", "another workbook's object");
  const Completion c = run({.arguments = command(), .wall = 60s});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_FALSE(c.timed_out);
  EXPECT_EQ(read_file(folder / "student.o"), "another workbook's object");
  fs::remove(folder / "student.o");
}

TEST_F(Run, SaysWhereAProgramDied) {
  write_square("*static_cast<volatile double*>(nullptr)");
  const Completion c = run({.arguments = command()});
  EXPECT_EQ(c.exit_status, 1);
  EXPECT_THAT(c.output,
              HasSubstr("did not come to its end (signal 11): ./gradbook check 01_sample"));
  EXPECT_FALSE(fs::exists(part_of("out") / "squares.tsv"));
}

TEST_F(Run, RefusesOptionsWhereTheProgramTakesNone) {
  std::vector<std::string> asking = command();
  asking.insert(asking.end(), {"--typo", "x"});
  const Completion c = run({.arguments = asking});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output,
              HasSubstr("run does not know --typo, and 01_sample's program takes no options"));
}

// A module whose program takes options and wants another preset
class RunAsked : public Run {
 protected:
  void SetUp() override {
    Run::SetUp();
    before_ = read_file(module());
    write_atomically(module(), "run_preset = \"fast\"\nprogram_options = true\n" + before_);
  }
  void TearDown() override { write_atomically(module(), before_); }

  fs::path module() const { return book_->root() / "modules/01_sample/module.toml"; }
  Completion run_asked(const std::vector<std::string>& options) const {
    std::vector<std::string> asking = command();
    asking.insert(asking.end(), options.begin(), options.end());
    return run({.arguments = asking});
  }

 private:
  std::string before_;
};

TEST_F(RunAsked, PassesOnWhatItDoesNotKnowAndBuildsWithThePreset) {
  const Completion c = run_asked({"--generate", "list", "--temperature", "0.8"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("building with the preset fast: some minutes, this first time"),
                    HasSubstr("four squares\nasked for <--generate>\nasked for <list>\n"
                              "asked for <--temperature>\nasked for <0.8>\n")));
  EXPECT_TRUE(fs::exists(book_->root() / "build/fast/exercises/run/01_sample"));
  EXPECT_THAT(run_asked({"--help"}).output,
              AllOf(HasSubstr("asked for <--help>"), Not(HasSubstr("this first time"))));
}

TEST_F(RunAsked, FallsBackWhereReferencesComeForOnePresetAlone) {
  const fs::path solution = book_->root() / "solutions/01_sample/01_square.cpp",
                 aside = folder_.path() / "aside.cpp";
  fs::copy(solution, aside);
  fs::remove(solution);
  const Completion c = run_asked({"--length", "3"});
  fs::copy(aside, solution);
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, AllOf(HasSubstr("built as checks are, so slower than with the preset fast"),
                              HasSubstr("asked for <3>")));
}

}  // namespace
}  // namespace gradbook
