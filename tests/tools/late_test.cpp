// What lateness costs: the worked example with all boundary times, and where grace days go.
#include "grading/score/late.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

// The worked example: 75, 50, 25% on days 1 to 3, none after, six grace days
const LatePolicy kPolicy = {.on = true, .factors = {0.75, 0.5, 0.25}, .grace_days = 6};
const LatePolicy kNoGrace = {.on = true, .factors = {0.75, 0.5, 0.25}};

std::chrono::sys_seconds at(const std::string& text) { return time_of(text).value(); }

TEST(Lateness, CountsADayThatHasBegun) {
  const auto due = at("2026-03-01 23:59:00");
  const struct {
    std::string submitted;
    int days;
    double factor;
  } rows[] = {
      {"2025-12-31 00:00:00", 0, 1},    {"2026-03-01 23:58:59", 0, 1},
      {"2026-03-01 23:59:00", 0, 1},    {"2026-03-01 23:59:01", 1, 0.75},
      {"2026-03-02 23:59:00", 1, 0.75}, {"2026-03-02 23:59:01", 2, 0.5},
      {"2026-03-03 23:59:00", 2, 0.5},  {"2026-03-03 23:59:01", 3, 0.25},
      {"2026-03-04 23:59:00", 3, 0.25}, {"2026-03-04 23:59:01", 4, 0},
      {"2026-03-05 23:59:00", 4, 0},    {"2027-03-01 23:59:00", 365, 0},
  };
  for (const auto& [submitted, days, factor] : rows) {
    EXPECT_EQ(days_late(at(submitted), due), days) << submitted;
    EXPECT_EQ(late_factor(kNoGrace, days), factor) << submitted;
  }
}

TEST(Lateness, CostsNothingWithoutAPolicy) {
  EXPECT_EQ(late_factor({}, 100), 1);
  EXPECT_THAT(grace_days({}, {1, 2}), ElementsAre(0, 0));
}

TEST(Lateness, CostsAllWhereThePolicyHasNoSteps) {
  EXPECT_EQ(late_factor({.on = true, .factors = {}}, 0), 1);
  EXPECT_EQ(late_factor({.on = true, .factors = {}}, 1), 0);
}

TEST(GraceDays, AreUsedInOrderOfTheDueTimesAsFarAsTheyHelp) {
  const struct {
    std::vector<int> late, used;
  } rows[] = {
      {{}, {}},
      {{0, 0}, {0, 0}},
      {{1}, {1}},
      {{6}, {6}},
      {{7}, {6}},   // one day is left: 75%
      {{9}, {6}},   // three are left: 25%
      {{10}, {0}},  // four are left: nothing, so none is spent
      {{2, 2, 2}, {2, 2, 2}},
      {{2, 2, 2, 1}, {2, 2, 2, 0}},
      {{4, 4}, {4, 2}},        // the second comes down to two days: 50%
      {{3, 7, 1}, {3, 0, 1}},  // three days off seven do not help, one off one does
      {{10, 5}, {0, 5}},
  };
  for (const auto& [late, used] : rows)
    EXPECT_EQ(grace_days(kPolicy, late), used) << testing::PrintToString(late);
}

TEST(GraceDays, AreNotSpentWhereAStepBringsNothing) {
  // Days 1 and 2 leave the same
  const LatePolicy policy = {.on = true, .factors = {0.5, 0.5, 0.25}, .grace_days = 1};
  EXPECT_THAT(grace_days(policy, {2, 3}), ElementsAre(0, 1));
}

}  // namespace
}  // namespace gradbook
