/// @file
/// The file names of Canvas's bulk download.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gradbook {

/// "doejane_LATE_1234_567890_02_x-1.cpp", taken apart.
struct CanvasFile {
  std::string student = {};     // "doejane": last and first name, run together
  bool late = false;            // that Canvas marks it so; it does not say by how much
  std::string user_id = {};     // "1234"
  std::int64_t attachment = 0;  // 567890: larger is newer
  std::string original = {};    // "02_x.cpp": as the student called it, without Canvas's "-1"
};

/// The parts of such a name; nothing where it is not one.
std::optional<CanvasFile> canvas_file(std::string_view file_name);

}  // namespace gradbook
