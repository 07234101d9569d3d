/// @file
/// What all steps of a build have in common.
#pragma once

#include <string>
#include <vector>

#include "system/file.hpp"
#include "system/process.hpp"

namespace gradbook {

/// The words of `prefix`, then those of `arguments`.
std::vector<std::string> after(std::vector<std::string> prefix,
                               const std::vector<std::string>& arguments);

/// @throws UserError where a step failed for want of room in `build`, which says nothing about the
/// student's code. What a step prints may be the student's words, so the disk is asked, too.
void refuse_full_disk(const Completion& completion, const fs::path& build);

/// Where ninja puts the object of a source, named from the root, that belongs to a target.
fs::path object_of(const fs::path& build, const std::string& target, const fs::path& source);

}  // namespace gradbook
