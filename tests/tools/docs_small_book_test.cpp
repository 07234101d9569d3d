// The site of another book, from its first figure on: nothing in the program knows which modules
// there are.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tools/sample_book.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class DocsSmallBook : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    book_ = new SampleBook;
    const fs::path ours = root_folder() / "docs/site", its = book_->root() / "docs/site";
    for (const auto& entry : fs::directory_iterator(ours)) {
      if (!fs::exists(its / entry.path().filename()))
        fs::copy(entry.path(), its / entry.path().filename());
    }
    fs::create_directories(book_->root() / "docs/interactive");
  }
  static void TearDownTestSuite() { delete book_; }
  void SetUp() override { ASSERT_TRUE(book_->configured().ok()) << book_->configured().output; }

  static Completion docs() {
    return run({.arguments = {(build_folder() / "gradbook").string(), "--root",
                              book_->root().string(), "docs"},
                .wall = std::chrono::minutes(3)});
  }
  static std::string page(const std::string& name, const std::string& edition = "student") {
    return read_file(book_->root() / "build/student/docs" / edition / name);
  }

  inline static SampleBook* book_ = nullptr;
};

TEST_F(DocsSmallBook, HasItsChapterMapIndexReferenceAndFigure) {
  const Completion built = docs();
  ASSERT_EQ(built.exit_status, 0) << built.output;
  EXPECT_THAT(page("index.html"),
              AllOf(HasSubstr("<a href=\"chapter_01.html\">1 A book of two exercises</a>"),
                    HasSubstr("2 More to come"), Not(HasSubstr("chapter_02"))));
  EXPECT_THAT(page("exercises.html"), HasSubstr("href=\"chapter_01.html#exercise_1_2\""));
  EXPECT_THAT(page("chapter_01.html"),
              AllOf(HasSubstr("id=\"figure_squares\""), HasSubstr("class=\"katex\""),
                    HasSubstr("href=\"chapter_01.html#cite_01_Leibniz"),
                    HasSubstr("glossary.html#term_gradient"), HasSubstr("Hint 3"),
                    Not(HasSubstr("Solved so"))));
  EXPECT_THAT(page("group__api__01__sample__sample.html"),
              AllOf(HasSubstr("fourth"), HasSubstr("chapter_01.html#chapter_01_powers")));
  EXPECT_THAT(page("chapter_01.html", "instructor"),
              AllOf(HasSubstr("Solved so because it is short"), HasSubstr("The solution")));
}

TEST_F(DocsSmallBook, ANamespaceWithinNeedsAComment) {
  const fs::path header = book_->root() / "modules/01_sample/sample.hpp";
  const std::string before = read_file(header);
  const std::string inside =
      "namespace cubes {\n\n/// x³.\ndouble cube(double x);\n\n}  // namespace cubes\n\n";
  write_atomically(header,
                   replaced(before, "// ---- exercise 1.1", inside + "// ---- exercise 1.1"));
  const Completion refused = docs();
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_THAT(refused.output,
              HasSubstr("modules/01_sample/sample.hpp:9: a namespace needs a comment above it"));

  write_atomically(header, replaced(before, "// ---- exercise 1.1",
                                    "/// Cubes.\n" + inside + "// ---- exercise 1.1"));
  const Completion built = docs();
  EXPECT_EQ(built.exit_status, 0) << built.output;
  EXPECT_THAT(page("group__api__01__sample__sample.html"), HasSubstr("cube</b>"));
  write_atomically(header, before);
}

TEST_F(DocsSmallBook, AFigureWhoseProgramFailsStopsItAtItsLine) {
  ASSERT_EQ(docs().exit_status, 0);
  const std::string before = page("chapter_01.html");
  const fs::path program = book_->root() / "docs/figures/squares.cpp";
  const std::string text = read_file(program);
  for (const auto& [instead, says] :
       {std::pair("return 3;", "docs/figures/squares.cpp gave up with exit status 3"),
        {"__builtin_trap();", "docs/figures/squares.cpp died of signal 4"},
        {"int i = nowhere;", "docs/figures/squares.cpp does not build"}}) {
    write_atomically(program,
                     replaced(text, "std::ofstream", std::string(instead) + " std::ofstream"));
    const Completion c = docs();
    EXPECT_EQ(c.exit_status, 2) << instead;
    EXPECT_THAT(c.output, AllOf(HasSubstr("docs/figures/figures.toml:2: figure squares: "),
                                HasSubstr(says), Not(HasSubstr("fault of gradbook's"))));
    EXPECT_EQ(page("chapter_01.html"), before) << "the site that was there stays";
  }
  write_atomically(program, text);
  EXPECT_EQ(docs().exit_status, 0);
}

}  // namespace
}  // namespace gradbook
