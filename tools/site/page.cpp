#include "site/page.hpp"

#include <fmt/format.h>

#include <sstream>

namespace gradbook {

std::vector<SourceLine> read_lines(const fs::path& root, const fs::path& file) {
  std::istringstream stream(read_file(root / file));
  std::vector<SourceLine> lines;
  for (std::string text; std::getline(stream, text);)
    lines.push_back({text, file.string(), static_cast<int>(lines.size()) + 1});
  return lines;
}

void Page::add(std::string_view text, const SourceLine& from) {
  std::istringstream stream{std::string(text)};
  for (std::string line; std::getline(stream, line);)
    lines.push_back({line, from.file, from.number});
}

void Page::add_html(std::string_view html, const SourceLine& from) {
  add(fmt::format("\n\\htmlonly[block]\n{}\n\\endhtmlonly\n\n", html), from);
}

std::string Page::text() const {
  std::string all;
  for (const SourceLine& line : lines) all += line.text + "\n";
  return all;
}

UserError error_at(const SourceLine& line, std::string_view what) {
  return UserError(fmt::format("{}:{}: {}", line.file, line.number, what));
}

std::string html_inline(std::string_view text) {
  std::string html;
  bool code = false;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      case '`':
        html += code ? "</code>" : "<code>";
        code = !code;
        break;
      default:
        html += c;
    }
  }
  return html + (code ? "</code>" : "");
}

}  // namespace gradbook
