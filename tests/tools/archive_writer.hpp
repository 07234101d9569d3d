/// @file
/// Archives made for tests: right ones, and such as an attacker makes.
#pragma once

#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

struct ArchiveItem {
  enum class Kind { file, folder, link, hard_link, fifo, device };

  std::string path;
  std::string text = {};  // of a file; of a link, where it leads
  Kind kind = Kind::file;
};

/// The bytes of an archive with these items. @param format  "zip", "tar", "tar.gz", "tar.bz2",
/// "tar.xz" or "tar.zst"
/// @param password  encrypts a zip; "" does not
std::string archive_bytes(const std::string& format, const std::vector<ArchiveItem>& items,
                          const std::string& password = "");

/// A zip of so many empty files, in about 100 bytes each.
std::string zip_of_many(std::size_t count);

}  // namespace gradbook
