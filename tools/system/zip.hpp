/// @file
/// A zip archive, written so that equal files give equal bytes.
#pragma once

#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

struct ZipEntry {
  std::string path;  // inside of the archive
  std::string bytes;
  bool executable = false;
};

/// Writes the entries in their order, without times and owners. @throws UserError
void write_zip(const fs::path& archive, const std::vector<ZipEntry>& entries);

}  // namespace gradbook
