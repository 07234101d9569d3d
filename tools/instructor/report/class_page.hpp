/// @file
/// The page that tells an instructor what to teach next.
#pragma once

#include <string>
#include <vector>

#include "instructor/report/report.hpp"

namespace gradbook {

/// One HTML file that needs no other: at most 2 MB for 300 students and 50 exercises. Where details
/// of students would make it larger, they stay in the feedback files and the page says so.
/// @param feedback  names of the feedback files (without ending), one a student
std::string class_page(const ClassGrades& grades, const ReportOptions& options,
                       const std::vector<std::string>& feedback);

}  // namespace gradbook
