/// @file
/// The grades of a class as tables: for people, for the learning platform, and who is who.
#pragma once

#include <string>
#include <vector>

#include "grading/score/grades.hpp"

namespace gradbook {

/// One row a student and exercise, with all that was computed: student, name, email, section,
/// exercise, state, share, factor, points, max_points, override, reason, days_late.
std::string grades_csv(const ClassGrades& grades);

/// A gradebook that Canvas imports: one column a module. A cell stays blank where nothing of the
/// module was submitted, and where an exercise of it could not be graded and was not overridden.
std::string canvas_csv(const ClassGrades& grades);

/// Who is behind each pseudonym, and which files are theirs.
/// @param feedback, gradescope  the names of those files (without ending), one a student
std::string names_csv(const ClassGrades& grades, const std::vector<std::string>& feedback,
                      const std::vector<std::string>& gradescope);

}  // namespace gradbook
