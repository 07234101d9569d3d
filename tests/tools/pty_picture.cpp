#include "tools/pty_picture.hpp"

#include <fmt/format.h>

namespace gradbook {
namespace {

constexpr double kWidth = 8.4, kHeight = 18, kMargin = 10;
constexpr const char* kBackground = "#1b1f24";

const char* ink_of(const Cell& cell) {
  if (cell.inverse) return kBackground;
  if (cell.colour == 31) return "#ff7b72";
  if (cell.colour == 32) return "#56d364";
  return cell.dim ? "#8b949e" : "#e6edf3";
}

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  }
  return result;
}

}  // namespace

std::string text_of(const Cells& cells) {
  std::string text;
  for (const auto& row : cells) {
    std::string line;
    for (const Cell& cell : row) line += cell.text;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string svg_of(const Cells& cells) {
  const double columns = cells.empty() ? 0 : static_cast<double>(cells.front().size());
  const double width = columns * kWidth + 2 * kMargin;
  const double height = static_cast<double>(cells.size()) * kHeight + 2 * kMargin;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" font-size=\"14\" "
      "font-family=\"DejaVu Sans Mono, monospace\">\n"
      "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{}\"/>\n",
      width, height, kBackground);
  for (std::size_t r = 0; r < cells.size(); ++r) {
    const auto& row = cells[r];
    const double y = kMargin + static_cast<double>(r) * kHeight;
    for (std::size_t c = 0; c < row.size();) {
      // Characters that look alike go together
      std::size_t end = c;
      std::string text;
      for (; end < row.size() && row[end].looks_like(row[c]); ++end) text += row[end].text;
      const double x = kMargin + static_cast<double>(c) * kWidth;
      const double wide = static_cast<double>(end - c) * kWidth;
      if (row[c].inverse)
        svg +=
            fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"#e6edf3\"/>\n",
                        x, y, wide, kHeight);
      if (text.find_first_not_of(' ') != std::string::npos)
        svg += fmt::format(
            "<text x=\"{}\" y=\"{}\" textLength=\"{}\" xml:space=\"preserve\" fill=\"{}\"{}{}>{}"
            "</text>\n",
            x, y + 0.75 * kHeight, wide, ink_of(row[c]), row[c].bold ? " font-weight=\"bold\"" : "",
            row[c].linked ? " text-decoration=\"underline\"" : "", escaped(text));
      c = end;
    }
  }
  return svg + "</svg>\n";
}

}  // namespace gradbook
