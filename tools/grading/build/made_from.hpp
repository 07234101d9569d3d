/// @file
/// Whether a file was made from exactly what it would be made from now, by a note that stands
/// beside it.
#pragma once

#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// Name, size and time of a file: what changes when it is made anew.
std::string stamp(const fs::path& path);

/// The stamps of several files, a line each.
std::string stamps(const std::vector<fs::path>& paths);

/// Whether `output` is there, and was made from what `key` says.
bool made_from(const fs::path& output, const std::string& key);

/// To be called before it is made anew: whoever is ended half-way must leave no note that fits
/// something else.
void forget_made_from(const fs::path& output);

/// To be called once it is made.
void note_made_from(const fs::path& output, const std::string& key);

}  // namespace gradbook
