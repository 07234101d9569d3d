/// @file
/// From what was found out about files to the grades of a class.
#pragma once

#include <map>
#include <string>

#include "grading/score/grades.hpp"
#include "instructor/integrated.hpp"

namespace gradbook {

/// Sentences that say which known mistake a file makes, by the key of its result.
using KnownMistakes = std::map<std::string, std::string>;

/// Which known mistakes were made. Exercises that were never proven are proven for it first.
KnownMistakes known_mistakes(const ClassWork& work);

/// Everything that reports are written from.
ClassGrades grades_of(const ClassWork& work, const Integration& integration,
                      const KnownMistakes& mistakes);

}  // namespace gradbook
