// Known mistakes: who fails as a mutant of the book does is told what it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "author/mutants.hpp"
#include "tools/grade_run.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

TEST(Mistakes, OneThatIsKnownIsNamed) {
  const GradeRun run({"perfect"});
  const Exercise& e = *run.book().find("2.8");
  const auto mutants = read_mutants(run.book().mutants(e));
  const auto known = std::ranges::find(mutants, "half_the_gradient", &Mutant::name);
  ASSERT_NE(known, mutants.end());
  fs::path file;
  for (const auto& entry : fs::recursive_directory_iterator(run.submissions())) {
    if (entry.path().filename() == "08_loss.cpp") file = entry.path();
  }
  ASSERT_FALSE(file.empty());
  write_atomically(file, gradbook::apply(*known, read_file(file)));

  const Completion c = run.grade({"--exercise", "2.8"});
  ASSERT_EQ(c.exit_status, 0) << c.output;
  EXPECT_EQ(run.rows().at({"perfect", "2.8"}).at("state"), "wrong");
  EXPECT_THAT(run.reports().at("report.html"), HasSubstr(known->says));
}

}  // namespace
}  // namespace gradbook
