// Hints come in stages, and it is noted how many were taken.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "student/progress.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TEST(Hint, OneMoreEachTimeThenAllThree) {
  const Workbook workbook;
  EXPECT_THAT(workbook.gradbook({"hint", "2.2"}).output,
              AllOf(HasSubstr("hint 1 of 3, a nudge"), HasSubstr("before the node may be listed"),
                    Not(HasSubstr("hint 2 of"))));
  EXPECT_THAT(workbook.gradbook({"hint", "2.2"}).output,
              AllOf(HasSubstr("hint 2 of 3, the idea"), Not(HasSubstr("hint 1 of"))));
  EXPECT_THAT(workbook.gradbook({"hint", "2.2"}).output,
              HasSubstr("hint 3 of 3, almost the answer"));
  EXPECT_THAT(
      workbook.gradbook({"hint", "2.2"}).output,
      AllOf(HasSubstr("hint 1 of 3"), HasSubstr("hint 3 of 3"), HasSubstr("all there are")));
  EXPECT_EQ(Progress(workbook.book(), workbook.path()).of("2.2").hints, 3);
}

TEST(Hint, WithoutANumberForTheCurrentExercise) {
  const Workbook workbook;
  EXPECT_THAT(workbook.gradbook({"hint"}).output, HasSubstr("1.1 operators\nhint 1 of 3"));
}

TEST(Hint, OfAModuleIsRefused) {
  const Workbook workbook;
  const Completion c = workbook.gradbook({"hint", "02"});
  EXPECT_EQ(c.exit_status, 2);
  EXPECT_THAT(c.output, HasSubstr("name one of its exercises, such as 2.1"));
}

}  // namespace
}  // namespace gradbook
