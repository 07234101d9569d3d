/// @file
/// Whole files in and out: nothing is half written, and every failure says which file and why.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace gradbook {

namespace fs = std::filesystem;

/// What a person can set right: it is printed as it stands, and the program ends with exit code 2.
class UserError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The bytes of the file. @throws UserError naming the file and what is wrong with it
std::string read_file(const fs::path& path);

/// Replaces the file by `text`, or leaves it as it was: a reader sees the old bytes or the new,
/// never a part, even when the disk fills up or the machine stops. @throws UserError
void write_atomically(const fs::path& path, std::string_view text);

/// A name in the same folder that nobody else uses: what is written there can be renamed into
/// place.
fs::path unique_beside(const fs::path& path);

/// The SHA-256 of the bytes, in hexadecimal.
std::string digest(std::string_view bytes);

}  // namespace gradbook
