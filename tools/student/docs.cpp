#include "student/docs.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>

#include "student/paragraph.hpp"

namespace gradbook {
namespace {

// What only the page needs: anchors and the signs around formulas
std::string plain(const std::string& line) {
  static const std::regex marks(R"(\s*\{#[^}]*\}|\\f\$|\\f\[|\\f\])");
  return std::regex_replace(line, marks, "");
}

}  // namespace

std::string docs(const Book& book, const Exercise& e, std::size_t columns) {
  const fs::path shown = fs::path("modules") / e.module / "chapter.md";
  const std::string heading = fmt::format("### {} {}", e.id, e.name);
  std::istringstream lines(read_file(book.root() / shown));
  std::string text, paragraph;
  int number = 0;
  bool inside = false, code = false;
  const auto end_paragraph = [&] {
    // A new item of a list stands further out than its other lines
    const bool item = paragraph.starts_with("- ");
    bool first = true;
    for (const std::string& line : wrapped(paragraph, columns - (item ? 2 : 0))) {
      text += (item && !first ? "  " : "") + line + "\n";
      first = false;
    }
    paragraph.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!inside) {
      inside = line.starts_with(heading);
      if (inside) text = fmt::format("{}:{}\n\n{} {}\n", shown.string(), number, e.id, e.title);
      continue;
    }
    if (!code && (line.starts_with("## ") || line.starts_with("### "))) break;
    if (line.starts_with("```")) {
      end_paragraph();
      code = !code;
    } else if (code) {
      text += "    " + line + "\n";
    } else if (line.empty()) {
      end_paragraph();
      if (!text.ends_with("\n\n")) text += "\n";
    } else if (line.starts_with("|") || line.starts_with("    ")) {
      end_paragraph();
      text += plain(line) + "\n";
    } else {
      if (line.starts_with("- ")) end_paragraph();
      paragraph += (paragraph.empty() ? "" : " ") + plain(line);
    }
  }
  if (!inside) throw UserError(fmt::format("{} has no heading \"{}\"", shown.string(), heading));
  end_paragraph();
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace gradbook
