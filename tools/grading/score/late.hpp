/// @file
/// What lateness costs: days, factors, and where grace days help.
#pragma once

#include <chrono>
#include <vector>

#include "grading/score/course.hpp"

namespace gradbook {

/// Whole days after `due`, where a day that has begun counts: on time is 0, one second late is 1.
int days_late(std::chrono::sys_seconds submitted, std::chrono::sys_seconds due);

/// What is left of the points of work that is so many days late, 0 to 1.
double late_factor(const LatePolicy& policy, int days);

/// The grace days that each of several modules gets. In the order given, which is that of the due
/// times, each gets the fewest whole days that leave it the most, out of those that are left; none
/// where they change nothing.
/// @param days  how late each module is; 0 where it is on time or worth nothing
std::vector<int> grace_days(const LatePolicy& policy, const std::vector<int>& days);

}  // namespace gradbook
