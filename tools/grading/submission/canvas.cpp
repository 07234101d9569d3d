#include "grading/submission/canvas.hpp"

#include <charconv>

namespace gradbook {
namespace {

constexpr std::string_view kDigits = "0123456789";

// "1234" from "1234_…", leaving what follows the line
std::string_view take_number(std::string_view& text) {
  const std::size_t end = text.find_first_not_of(kDigits);
  if (end == 0 || end == std::string_view::npos || text[end] != '_') return {};
  const std::string_view number = text.substr(0, end);
  text.remove_prefix(end + 1);
  return number;
}

// "02_x-1.cpp" as "02_x.cpp"
std::string without_attempt(std::string_view name) {
  const std::size_t dot = name.find('.');
  const std::string_view stem = name.substr(0, dot);
  const std::size_t last = stem.find_last_not_of(kDigits);
  if (last == std::string_view::npos || last == 0 || last + 1 == stem.size() || stem[last] != '-')
    return std::string(name);
  return std::string(stem.substr(0, last)) +
         std::string(dot == std::string_view::npos ? "" : name.substr(dot));
}

}  // namespace

std::optional<CanvasFile> canvas_file(std::string_view name) {
  const std::size_t line = name.find('_');
  if (line == 0 || line == std::string_view::npos) return std::nullopt;
  CanvasFile file{.student = std::string(name.substr(0, line))};
  name.remove_prefix(line + 1);
  if (name.starts_with("LATE_")) {
    file.late = true;
    name.remove_prefix(5);
  }
  file.user_id = take_number(name);
  const std::string_view attachment = take_number(name);
  if (file.user_id.empty() || attachment.empty() || name.empty()) return std::nullopt;
  const auto [end, error] =
      std::from_chars(attachment.data(), attachment.data() + attachment.size(), file.attachment);
  if (error != std::errc()) return std::nullopt;
  file.original = without_attempt(name);
  return file;
}

}  // namespace gradbook
