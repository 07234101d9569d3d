/// @file
/// The integrated run of a class: whether what each student wrote works with what else the student
/// wrote.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "instructor/class_work.hpp"

namespace gradbook {

/// What passes alone, but not with the student's own other files: by student and exercise, in one
/// sentence that names the file that breaks it.
using Integration = std::map<std::pair<std::string, std::string>, std::string>;

/// Runs everything that passes alone once more, with each student's own files in one program; equal
/// sets of files once. Only for what fails there is the file that breaks it looked for. All
/// exercises have been graded alone before.
Integration grade_together(ClassWork& work);

}  // namespace gradbook
