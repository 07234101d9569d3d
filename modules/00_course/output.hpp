/// @file
/// Files that modules' own programs leave: numbers for figures, graphs.
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace gradbook {

/// A text file that says so when it cannot be written.
class Output {
 public:
  /// Begins the file anew.
  /// @param path  where it is to stand; its folder is there
  explicit Output(const std::filesystem::path& path) : path_(path), file_(path) {}

  /// Appends what fmt::format makes of these.
  /// @param format     as fmt has it
  /// @param arguments  what is put into it
  template <class... Arguments>
  void print(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    file_ << fmt::format(format, std::forward<Arguments>(arguments)...);
  }

  /// To be called when all is in it. @throws std::runtime_error  where anything could not be
  /// written, with the path
  void close() {
    file_.close();
    if (!file_) throw std::runtime_error(fmt::format("{} cannot be written", path_.string()));
  }

 private:
  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace gradbook
