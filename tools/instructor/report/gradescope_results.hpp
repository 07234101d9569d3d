/// @file
/// The results.json that Gradescope reads of one submission.
#pragma once

#include <string>

#include "instructor/report/feedback.hpp"

namespace gradbook {

/// One test an exercise; below Release::state the student sees the total alone.
std::string gradescope_results(const ClassGrades& grades, const StudentGrade& student,
                               const ReportOptions& options);

}  // namespace gradbook
