#include "instructor/file_tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace gradbook {

void take_file(FileTree& tree, const fs::path& root, const fs::path& file) {
  tree[file.generic_string()] = {read_file(root / file), file == "gradbook"};
}

void take_files(FileTree& tree, const fs::path& root, const fs::path& folder,
                std::initializer_list<std::string_view> endings, bool recursive) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(root / folder, error)) {
    const std::string name = entry.path().filename().string();
    if (recursive && entry.is_directory() && !entry.is_symlink())
      take_files(tree, root, folder / name, endings, true);
    const bool wanted = std::ranges::any_of(
        endings, [&](std::string_view ending) { return name.ends_with(ending); });
    if (wanted && !name.starts_with(".") && entry.is_regular_file() && !entry.is_symlink())
      take_file(tree, root, folder / name);
  }
}

NewFolder::NewFolder(fs::path out) : out_(std::move(out)) {
  if (!out_.has_filename()) out_ = out_.parent_path();  // "DIR/"
  std::error_code error;
  if (fs::exists(out_, error) && !(fs::is_directory(out_, error) && fs::is_empty(out_, error))) {
    throw UserError(
        fmt::format("{} exists and is not empty: name a folder that is not there yet, or empty it",
                    out_.string()));
  }
  path_ = unique_beside(out_);
  fs::create_directories(path_, error);
  if (error) {
    throw UserError(fmt::format("{} cannot be written: {}: name a folder where you may write",
                                out_.string(), error.message()));
  }
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void NewFolder::write(const FileTree& tree) const {
  using fs::perms;
  constexpr perms kFile =
      perms::owner_read | perms::owner_write | perms::group_read | perms::others_read;
  constexpr perms kProgram = kFile | perms::owner_exec | perms::group_exec | perms::others_exec;
  for (const auto& [path, file] : tree) {
    write_atomically(path_ / path, file.bytes);
    fs::permissions(path_ / path, file.executable ? kProgram : kFile);
  }
}

void NewFolder::move_into_place() {
  std::error_code error;
  fs::rename(path_, out_, error);
  if (error)
    throw UserError(fmt::format("{} cannot be written: {}", out_.string(), error.message()));
}

}  // namespace gradbook
