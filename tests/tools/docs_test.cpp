// What the chapter says about an exercise, in the terminal.
#include "student/docs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "student/paragraph.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Docs, GivesTheSectionWithPathAndLine) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"docs", "2.2"});
  EXPECT_EQ(c.exit_status, 0) << c.output;
  EXPECT_THAT(c.output,
              AllOf(HasSubstr("modules/02_scalar/chapter.md:"),
                    HasSubstr("2.2 An order to visit in"), HasSubstr("Recursion keeps two things"),
                    Not(HasSubstr("{#")), Not(HasSubstr("The rules"))));
}

TEST(Docs, SaysWhatAFigureShows) {
  const Book book(root_folder());
  const std::string text = docs(book, *book.find("2.4"), 60);
  EXPECT_THAT(text, AllOf(HasSubstr("    [figure activations] The three activations, solid"),
                          Not(HasSubstr("\\figure"))));
}

TEST(Docs, ShowsWhatABenchmarkMeasured) {
  const Book book(root_folder());
  EXPECT_THAT(docs(book, *book.find("3.11"), 60),
              AllOf(HasSubstr("GFLOP/s"), HasSubstr("OpenBLAS"), Not(HasSubstr("\\table"))));
}

TEST(Docs, EveryExerciseHasItsSectionInTextThatATerminalCanShow) {
  const Book book(root_folder());
  for (const Exercise* e : book.select("")) {
    const std::string text = docs(book, *e, 60);
    EXPECT_GT(text.size(), 200u) << e->id;
    EXPECT_THAT(text, AllOf(Not(HasSubstr("\\f")), Not(HasSubstr("\\frac")))) << e->id;
    for (const char* word : {"mathsf", "odot", "textstyle", "{aligned}", "tfrac"})
      EXPECT_THAT(text, Not(HasSubstr(word))) << e->id;
  }
}

TEST(Docs, FormulasAreInLettersAsFarAsLettersGo) {
  const Book book(root_folder());
  EXPECT_THAT(docs(book, *book.find("5.13"), 60),
              AllOf(HasSubstr("â = (a - μ)/(s), μ = 1/D Σ_d a_d"),
                    HasSubstr("g_a = (1)/(s) ( g - mean(g) - â mean(g ⊙ â) )")));
}

TEST(Docs, ParagraphsAreWrapped) {
  const Book book(root_folder());
  std::istringstream lines(docs(book, *book.find("2.2"), 60));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(width_of(line), 60u) << line;
}

}  // namespace
}  // namespace gradbook
