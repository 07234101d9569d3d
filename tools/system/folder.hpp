/// @file
/// What stands in a folder.
#pragma once

#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// The files of a folder whose names end so (".dot"), in order; none where there is no folder.
std::vector<fs::path> files_with(const fs::path& folder, std::string_view extension);

}  // namespace gradbook
