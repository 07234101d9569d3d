/// @file
/// Build trees of the book besides the one that checks use.
#pragma once

#include <string>

#include "system/file.hpp"

namespace gradbook {

/// Configures root/build/PRESET, where it is not or something has changed since: the presets, or
/// which files the book has. The tree holds the book alone, not the program.
/// @returns the build tree. @throws UserError
fs::path configured(const fs::path& root, const std::string& preset);

}  // namespace gradbook
