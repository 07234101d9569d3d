// verify proves the book; these tests prove verify: planted defects that it must find, in a book of
// two exercises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/sample_book.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

class Verify : public testing::Test {
 protected:
  // One copy and one build tree for all defects: each is planted, found and taken back
  static void SetUpTestSuite() { book_ = new SampleBook; }
  static void TearDownTestSuite() { delete book_; }

  void SetUp() override { ASSERT_TRUE(book_->configured().ok()) << book_->configured().output; }

  static fs::path root() { return book_->root(); }

  static Completion verify(const std::string& id) {
    return gradbook_program({"--root", root().string(), "verify", id});
  }

  // Plants a defect in one file, has it looked for, and takes it back
  static void expect_found(const fs::path& file, const std::string& from, const std::string& to,
                           const std::string& id, const std::string& says) {
    const std::string sound = read_file(root() / file);
    write_atomically(root() / file, from.empty() ? to : replaced(sound, from, to));
    const Completion c = verify(id);
    write_atomically(root() / file, sound);
    EXPECT_NE(c.exit_status, 0) << c.output;
    EXPECT_THAT(c.output, HasSubstr(says));
  }

  static SampleBook* book_;
};

SampleBook* Verify::book_ = nullptr;

TEST_F(Verify, AcceptsASoundBook) {
  const Completion c = verify("01");
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("2 of 2 exercises are proven"));
}

TEST_F(Verify, RemembersWhatHasNotChanged) {
  EXPECT_THAT(verify("01").output, HasSubstr("(known)"));
}

TEST_F(Verify, FindsACaseThatObservesNothing) {
  expect_found("tests/01_sample/hidden/01_square_cases.cpp", "  observe(\"square\", square(x));",
               "  square(x);", "1.1", "observes nothing");
}

TEST_F(Verify, FindsAJudgeThatAlwaysAgrees) {
  expect_found("tests/01_sample/hidden/01_square_cases.cpp", "PROOF(square, closed_form)",
               "JUDGE(square, positive) { return pass(); }\n\nPROOF(square, closed_form)", "1.1",
               "always agrees");
}

TEST_F(Verify, FindsAStubThatIsItsSolution) {
  expect_found("modules/01_sample/exercises/01_square.cpp", "",
               read_file(root() / "solutions/01_sample/01_square.cpp"), "1.1",
               "the stub is the solution");
}

TEST_F(Verify, FindsAnUndeclaredPrerequisite) {
  expect_found("modules/01_sample/module.toml", "prerequisites = [\"1.1\"]\n", "", "1.2",
               "1.1 is linked, but module.toml does not declare it");
}

TEST_F(Verify, FindsAMutantThatIsTheSolution) {
  expect_found("tests/01_sample/mutants/01_square.toml", "with = \"return x + x;\"",
               "with = \"return x * x;\"", "1.1", "mutant doubled is the solution");
}

TEST_F(Verify, FindsAHintThatIsNeverShown) {
  expect_found("modules/01_sample/module.toml", "\"x * x\"]", "\"x * x\", \"x² is x · x\"]", "1.1",
               "only three are ever shown");
}

TEST_F(Verify, FindsAMutantThatLives) {
  expect_found("tests/01_sample/mutants/01_square.toml", "with = \"return x + x;\"",
               "with = \"return 1.0 * x * x;\"", "1.1", "mutant doubled lives");
}

TEST_F(Verify, FindsAWrongReference) {
  expect_found("tests/01_sample/hidden/02_fourth_cases.cpp", "81, 0", "80, 0", "1.2",
               "the reference fails a proof");
}

TEST_F(Verify, FindsADeclaredPrerequisiteThatNothingLinks) {
  expect_found("modules/01_sample/module.toml", "minutes = 5\n",
               "minutes = 5\nprerequisites = [\"1.2\"]\n", "1.1",
               "declares 1.2 as a prerequisite, but nothing links it");
}

TEST_F(Verify, AcceptsAnExerciseThatHasJustBeenStartedAsToDo) {
  for (const char* file : {"modules/01_sample/module.toml", "modules/01_sample/chapter.md"}) {
    write_atomically(root() / (std::string(file) + ".kept"), read_file(root() / file));
  }
  EXPECT_EQ(
      gradbook_program({"--root", root().string(), "author", "new", "01", "cube"}).exit_status, 0);
  const Completion c = verify("1.3");
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output, HasSubstr("1 to do"));
  for (const char* file : {"modules/01_sample/module.toml", "modules/01_sample/chapter.md"}) {
    fs::rename(root() / (std::string(file) + ".kept"), root() / file);
  }
}

TEST_F(Verify, FindsAChapterWithoutTheExercise) {
  expect_found("modules/01_sample/chapter.md", "### 1.2 fourth\n", "", "1.2",
               "has no heading \"### 1.2 fourth\"");
}

}  // namespace
}  // namespace gradbook
