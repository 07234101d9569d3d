#include "student/watch/text_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace gradbook {
namespace {

struct Character {
  std::string_view bytes;
  std::uint32_t code = 0;
  std::size_t width = 1;
};

std::size_t width_of(std::uint32_t code) {
  struct Range {
    std::uint32_t first, last;
  };
  static constexpr std::array<Range, 8> kWide = {{{0x1100, 0x115f},
                                                  {0x2e80, 0xa4cf},
                                                  {0xac00, 0xd7a3},
                                                  {0xf900, 0xfaff},
                                                  {0xfe30, 0xfe6f},
                                                  {0xff00, 0xff60},
                                                  {0x1f300, 0x1faff},
                                                  {0x20000, 0x3fffd}}};
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0x200b && code <= 0x200f) ||
      (code >= 0xfe00 && code <= 0xfe0f))
    return 0;
  return std::ranges::any_of(kWide,
                             [&](const Range& r) { return code >= r.first && code <= r.last; })
             ? 2
             : 1;
}

// The first character; a byte that is no UTF-8 counts as one of its own
Character first_of(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t length = byte(0) < 0xc0 ? 1 : byte(0) < 0xe0 ? 2 : byte(0) < 0xf0 ? 3 : 4;
  std::uint32_t code = length == 1 ? byte(0) : byte(0) & (0xffu >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if (i >= text.size() || (byte(i) & 0xc0) != 0x80) return {text.substr(0, 1), 0xfffd, 1};
    code = code << 6 | (byte(i) & 0x3fu);
  }
  return {text.substr(0, length), code, width_of(code)};
}

std::vector<Character> characters(std::string_view text) {
  std::vector<Character> all;
  while (!text.empty()) {
    all.push_back(first_of(text));
    text.remove_prefix(all.back().bytes.size());
  }
  return all;
}

}  // namespace

std::size_t columns(std::string_view text) {
  std::size_t sum = 0;
  for (const Character& c : characters(text)) sum += c.width;
  return sum;
}

std::string printable(std::string_view text) {
  std::string result;
  for (const Character& c : characters(text)) {
    if (c.code == '\t') {
      result += "  ";
    } else if (c.code == 0xfffd) {
      result += "\ufffd";
    } else if (c.code >= 0x20 && (c.code < 0x7f || c.code > 0x9f)) {
      result += c.bytes;
    }
  }
  return result;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  const std::size_t spaces = std::min(text.find_first_not_of(' '), text.size());
  const std::string indent(spaces + 4 > width ? 0 : spaces, ' ');
  std::vector<std::string> lines;
  std::string line;
  std::size_t taken = 0;
  for (const Character& c : characters(text)) {
    if (taken + c.width > width && taken > 0) {
      // Break at the last space of this line, unless that is in its indentation
      const std::size_t space = c.code == ' ' ? line.size() : line.find_last_of(' ');
      const std::size_t start = line.find_first_not_of(' ');
      const bool at_space = space != std::string::npos && start < space;
      std::string rest = at_space && space < line.size() ? line.substr(space + 1) : "";
      if (at_space) line.erase(space);
      lines.push_back(line);
      line = indent + rest;
      taken = columns(line);
      if (c.code == ' ') continue;
    }
    line += c.bytes;
    taken += c.width;
  }
  lines.push_back(line);
  return lines;
}

std::string keep_start(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  std::string result;
  std::size_t taken = 0;
  for (const Character& c : characters(text)) {
    if (taken + c.width + 1 > width) break;
    taken += c.width;
    result += c.bytes;
  }
  return result + "…";
}

std::string keep_end(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  const auto all = characters(text);
  std::string result;
  std::size_t taken = 0;
  for (auto c = all.rbegin(); c != all.rend() && taken + c->width + 1 <= width; ++c) {
    taken += c->width;
    result.insert(0, c->bytes);
  }
  return "…" + result;
}

std::string fit(std::string_view text, std::size_t width) {
  std::string result = keep_start(text, width);
  const std::size_t taken = columns(result);
  if (taken < width) result.append(width - taken, ' ');
  return result;
}

}  // namespace gradbook
