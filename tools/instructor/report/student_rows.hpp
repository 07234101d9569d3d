/// @file
/// The parts of the class page that have a row a student: heat map and feedback.
#pragma once

#include <mstch/mstch.hpp>
#include <string>
#include <vector>

#include "instructor/report/feedback.hpp"
#include "instructor/report/statistics.hpp"

namespace gradbook {

/// Rows of the heat map, the best total first.
mstch::array heat_map_rows(const ClassGrades& grades, const ReportOptions& options);

/// What each student may see, in brief, in the order of the class.
/// @param feedback  names of the feedback files (without ending)
/// @param brief  leaves out all but the way to those files
mstch::array student_sections(const ClassGrades& grades, const ClassStatistics& statistics,
                              const ReportOptions& options,
                              const std::vector<std::string>& feedback, bool brief);

}  // namespace gradbook
