/// @file
/// What stands in a folder or an archive, one thing at a time, without unpacking it to disk.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "system/file.hpp"

namespace gradbook {

/// One thing in a folder or an archive. Everything here was written by a stranger.
struct Found {
  enum class Kind { file, folder, link, hard_link, device };

  std::string path;  // below the folder or archive, parts divided by '/'
  Kind kind = Kind::file;
  std::uint64_t size = 0;     // as it says itself
  std::int64_t modified = 0;  // seconds since 1970, as it says itself

  /// The bytes; nothing where there are more than `most`, or they are not ours to read. To be
  /// called while it is visited, once.
  /// @throws ReadFault
  std::function<std::optional<std::string>(std::size_t most)> read;
};

/// Why a folder or an archive cannot be read, as the end of a sentence: "is encrypted".
class ReadFault : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Visit { go_on, skip, stop };  // skip: go on, but not into this folder
using Visitor = std::function<Visit(const Found&)>;

/// Visits what is below the folder. Links are not followed, devices and fifos not opened, and
/// folders that may not be entered are empty. @throws ReadFault where that is so of `folder` itself
void visit_folder(const fs::path& folder, const Visitor& visitor);

/// Visits the entries of a zip or tar (also gzip, bzip2, xz, zstd) in the order they stand there.
/// @throws ReadFault for one that is damaged or encrypted
void visit_archive(const fs::path& path, const Visitor& visitor);

/// The same for an archive in memory.
void visit_archive_bytes(std::string_view bytes, const Visitor& visitor);

/// Whether a file of this name is an archive that can be read, or one that looks like an archive
/// but cannot ("rar", "7z").
enum class ArchiveName { none, known, unknown };
ArchiveName archive_name(std::string_view file_name);

/// The name without its ending: "jdoe.tar.gz" as "jdoe".
std::string without_archive_ending(std::string_view file_name);

/// What stands at `path`, called `name`. Its `read` opens neither links nor devices.
Found found_file(const fs::path& path, std::string name);

}  // namespace gradbook
