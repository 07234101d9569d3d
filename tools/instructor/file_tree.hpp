/// @file
/// Files that are about to be written together: paths and bytes, in one order whatever the disk's.
#pragma once

#include <map>
#include <string>

#include "system/file.hpp"

namespace gradbook {

struct TreeFile {
  std::string bytes;
  bool executable = false;
};

/// By path, relative to where the tree will stand.
using FileTree = std::map<std::string, TreeFile>;

/// Takes the regular files of `folder` (a path below `root`) whose names have one of these endings,
/// and no others: what an editor or a build left there stays behind.
void take_files(FileTree& tree, const fs::path& root, const fs::path& folder,
                std::initializer_list<std::string_view> endings, bool recursive = false);

/// Takes one file that must be there. @throws UserError
void take_file(FileTree& tree, const fs::path& root, const fs::path& file);

/// A folder that appears whole or not at all: removed unless it is moved into place.
class NewFolder {
 public:
  /// @throws UserError where `out` exists and is not empty, or nothing can be written beside it
  explicit NewFolder(fs::path out);
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  const fs::path& path() const { return path_; }
  void write(const FileTree& tree) const;  ///< @throws UserError
  void move_into_place();                  ///< @throws UserError

 private:
  fs::path out_, path_;
};

}  // namespace gradbook
