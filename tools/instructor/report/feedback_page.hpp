/// @file
/// Feedback as a page of its own, to send to a student.
#pragma once

#include <string>

#include "instructor/report/feedback.hpp"

namespace gradbook {

/// One small HTML file that needs no other and runs no script.
std::string feedback_page(const ClassGrades& grades, const Feedback& feedback);

}  // namespace gradbook
