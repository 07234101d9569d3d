/// @file
/// The grades as JUnit XML, which continuous integration shows.
#pragma once

#include <string>

#include "instructor/report/feedback.hpp"

namespace gradbook {

/// A suite a student, a test case an exercise: done passes, what was not submitted or not started
/// is skipped, infrastructure is an error, everything else a failure. No times: the same grades
/// give the same bytes.
std::string junit_xml(const ClassGrades& grades, const ReportOptions& options);

}  // namespace gradbook
