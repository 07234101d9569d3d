// Colours and links, for terminals that show them.
#include <fmt/format.h>

#include "student/watch/screen.hpp"

namespace gradbook {

std::vector<std::string> paint(const std::vector<ScreenLine>& lines, bool colour) {
  std::vector<std::string> painted;
  for (const ScreenLine& line : lines) {
    const char* style = line.style == Style::strong   ? "\x1b[1m"
                        : line.style == Style::good   ? "\x1b[32m"
                        : line.style == Style::bad    ? "\x1b[31m"
                        : line.style == Style::quiet  ? "\x1b[2m"
                        : line.style == Style::chosen ? "\x1b[7m"
                                                      : "";
    if (!colour) {
      painted.push_back(line.text);
    } else if (line.link.empty()) {
      painted.push_back(style + line.text);
    } else {
      painted.push_back(
          fmt::format("{}\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\", style, line.link, line.text));
    }
  }
  return painted;
}

}  // namespace gradbook
