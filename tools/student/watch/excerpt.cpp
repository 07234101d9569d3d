#include "student/watch/excerpt.hpp"

#include <algorithm>

#include "student/watch/text_width.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kBehindCaret = 15;  // columns that are to be seen of what it points at

// Where the bar of "   12 | code" stands; npos in prose
std::size_t bar_of(const std::string& line) {
  const std::size_t number = line.find_first_not_of(' ');
  if (number == std::string::npos) return number;
  const std::size_t bar = line.find_first_not_of(" 0123456789", number);
  const bool alone = bar != std::string::npos && line[bar] == '|' &&
                     (bar + 1 == line.size() || line[bar + 1] == ' ');
  return alone && number > 0 ? bar : std::string::npos;
}

std::string without_first(std::string text, std::size_t characters) {
  for (; characters > 0 && !text.empty(); --characters) {
    std::size_t end = 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) ++end;
    text.erase(0, end);
  }
  return text;
}

}  // namespace

std::vector<std::string> fit_message(const std::vector<std::string>& lines, std::size_t width) {
  std::vector<std::string> fitted;
  for (std::size_t i = 0; i < lines.size();) {
    const std::size_t bar = bar_of(lines[i]);
    if (bar == std::string::npos || bar + 4 > width) {
      for (std::string& line : wrap(lines[i++], width)) fitted.push_back(std::move(line));
      continue;
    }
    // A line of source with what points into it: all move by the same number of columns
    std::size_t end = i + 1;
    while (end < lines.size() && bar_of(lines[end]) == bar) ++end;
    const std::size_t caret = end > i + 1 ? lines[i + 1].find('^') : std::string::npos;
    const bool seen = caret == std::string::npos || caret + kBehindCaret < width;
    const std::size_t away =
        seen ? 0 : std::min(caret + kBehindCaret - width, caret > bar + 3 ? caret - bar - 3 : 0);
    for (; i < end; ++i) {
      const std::string front = lines[i].substr(0, bar + 1);
      std::string code = lines[i].substr(bar + 1);
      if (away > 0 && code.size() > 1)
        code = (code.find_first_not_of(' ') < away ? " …" : "  ") + without_first(code, away + 2);
      fitted.push_back(keep_start(front + code, width));
    }
  }
  return fitted;
}

}  // namespace gradbook
