/// @file
/// Feedback as plain text: to send, to print, and for Gradescope.
#pragma once

#include <string>

#include "instructor/report/feedback.hpp"

namespace gradbook {

/// Points in all and by module, lateness, and what was odd about the submission.
std::string heading_text(const Feedback& feedback);

/// State, points and what may be seen of one exercise.
std::string exercise_text(const SeenExercise& exercise);

/// When and how it was graded: the seed, and the level of the sandbox that was in force.
std::string grading_text(const ClassGrades& grades);

/// All of it, with how it was graded.
std::string feedback_text(const ClassGrades& grades, const Feedback& feedback);

}  // namespace gradbook
