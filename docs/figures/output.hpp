/// @file
/// Where a figure's program leaves its files, and how it ends.
#pragma once

#include <fmt/core.h>

#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace gradbook {

/// Writes a whole file. @throws std::runtime_error where it cannot
inline void write_output(const std::filesystem::path& path, std::string_view text) {
  std::ofstream file(path);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
}

/// The main function of a figure's program. @param draw  gets the folder to write to
inline int draw_into(int argc, char** argv,
                     const std::function<void(const std::filesystem::path&)>& draw) {
  try {
    draw(argc > 1 ? argv[1] : ".");
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}

}  // namespace gradbook
