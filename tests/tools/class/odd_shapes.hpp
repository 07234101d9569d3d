/// @file
/// Submissions that are an attack, or broken, by their shape.
#pragma once

#include "tools/class/pack.hpp"

namespace gradbook {

/// Whether there is an odd shape of that name.
bool is_odd_shape(const std::string& shape);

/// Writes a submission of these files in an odd shape.
/// @param at     where it goes, without an ending: folder/student
/// @param book   the root of the book, which links and paths point at
void make_odd_shape(const std::string& shape, const fs::path& at, const FilesByPath& files,
                    const fs::path& book);

}  // namespace gradbook
