/// @file
/// The files through which the kernel is told about cgroups, and tells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "grading/sandbox/cgroup.hpp"

namespace gradbook {

/// Whether `word` is one of those in a list such as "cpu,memory".
bool contains(const std::string& list, const std::string& word, char separator);

/// What the file says; empty where it cannot be read.
std::string text_of(const fs::path& file);

/// Writes to the file. @returns whether the kernel took it
bool put(const fs::path& file, const std::string& text);

/// The number behind `name` in a file of lines "name number"; 0 where there is none.
long count_of(const fs::path& file, const std::string& name);

std::vector<fs::path> subgroups(const fs::path& group);

/// Lets groups below `folder` be bounded too, which v1 always does. @returns whether they are
bool hand_down(const Hierarchy& h, const fs::path& folder);

}  // namespace gradbook
