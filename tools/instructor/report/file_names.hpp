/// @file
/// Names of files made from the names of students.
#pragma once

#include <string>
#include <vector>

namespace gradbook {

/// One file name (without ending) for each of `students`, in their order: letters, digits, '-', '_'
/// and '.' of the student's, at most 60, never hidden, and no two alike even where capital and
/// small letters are the same; those that would clash end in part of a digest.
std::vector<std::string> file_names(const std::vector<std::string>& students);

}  // namespace gradbook
