// The table of exercises: what it shows, and how it is filtered.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "student/list.hpp"
#include "student/paragraph.hpp"
#include "tools/program.hpp"
#include "tools/workbook.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class List : public testing::Test {
 protected:
  Progress progress() { return Progress(workbook_.book(), workbook_.path()); }
  std::string list(const ListOptions& options = {}, std::size_t columns = 100) {
    return gradbook::list(workbook_.book(), workbook_.path(), progress(), options, columns);
  }
  void note(const std::string& id, State state, double share) {
    progress().note({.exercise = workbook_.book().find(id), .state = state, .share = share});
  }
  Workbook workbook_;
};

TEST_F(List, ShowsStatesPointsEffortAndSums) {
  note("1.1", State::done, 1);
  note("1.2", State::wrong, 0.64);
  note("1.3", State::does_not_compile, 0);
  EXPECT_THAT(list(), AllOf(HasSubstr("  ✓ 1.1  done          2 p   30 min  One operation each"),
                            HasSubstr("> ◐ 1.2  partly 64 %   3 p   40 min  When a right"),
                            HasSubstr("  … 1.3  in progress"), HasSubstr("  · 1.4  not started"),
                            HasSubstr("+The gradient of a gradient"),
                            HasSubstr(fmt::format("1 of {} done, 2 of {} points",
                                                  exercises_in_the_book(), points_of_the_book()))));
}

TEST_F(List, AFileWithoutAStubIsInProgressBeforeItIsChecked) {
  workbook_.solve("2.2");
  EXPECT_THAT(list(), HasSubstr("… 2.2  in progress"));
}

TEST_F(List, FitsNarrowTerminals) {
  note("2.14", State::wrong, 0.999);
  for (std::size_t columns : {60u, 80u}) {
    std::istringstream lines(list({}, columns));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(width_of(line), columns) << line;
  }
  EXPECT_THAT(list({}, 60), HasSubstr("partly 99 %")) << "not 100 before it is done";
}

TEST_F(List, IsFilteredByTextStateAndModule) {
  note("1.1", State::done, 1);
  EXPECT_THAT(list({.text = "GRADIENT"}), AllOf(HasSubstr("2.12"), Not(HasSubstr(" 2.9 "))));
  EXPECT_THAT(list({.state = "done"}), AllOf(HasSubstr("1.1"), Not(HasSubstr("1.2"))));
  EXPECT_THAT(list({.state = "not-started"}), AllOf(HasSubstr("1.2"), Not(HasSubstr("1.1"))));
  EXPECT_THAT(list({.module = "2"}), AllOf(HasSubstr("0 of 14 done"), Not(HasSubstr("1.1"))));
  EXPECT_THAT(list({.text = "no such thing"}), HasSubstr("no exercise fits"));
}

TEST_F(List, RefusesAFilterThatIsNone) {
  EXPECT_THROW(list({.state = "finished"}), UserError);
  const Completion c = workbook_.gradbook({"list", "--module", "77"});
  EXPECT_EQ(c.exit_status, 2) << c.output;
  EXPECT_THAT(c.output, HasSubstr("there is no module \"77\""));
}

TEST_F(List, JsonHoldsTheSame) {
  note("1.1", State::done, 1);
  const auto json = nlohmann::json::parse(workbook_.gradbook({"list", "--json"}).output);
  EXPECT_EQ(json.size(), exercises_in_the_book());
  EXPECT_EQ(json.at(0).at("state"), "done");
  EXPECT_EQ(json.at(1).at("current"), true);
  EXPECT_EQ(json.at(1).at("minutes"), 40);
}

}  // namespace
}  // namespace gradbook
