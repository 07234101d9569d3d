#include "site/contract.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace gradbook {
namespace {

// The number in `// ---- exercise 2.2: …` or `// Exercise 2.2`; "" in a line that ends a part
// without a new one
bool is_mark(const std::string& line, std::string& id) {
  static const std::regex kMark(R"(\s*// (-{4}.*|(---- )?[Ee]xercise \d+\.\d+.*|Given\b.*))");
  static const std::regex kNumber(R"(\s*// (---- )?[Ee]xercise (\d+\.\d+).*)");
  std::smatch match;
  id.clear();
  if (std::regex_match(line, match, kNumber)) id = match[2];
  return !id.empty() || std::regex_match(line, kMark) || line.starts_with("}  // namespace");
}

bool is_blank(const SourceLine& line) {
  return line.text.find_first_not_of(' ') == std::string::npos;
}

// Whether `next` goes on with the sentence of `line`: in a comment, and no new point, tag or code.
// What belongs to a tag such as @see may stand far to the right
bool goes_on(const std::string& line, const std::string& next) {
  static const std::regex kProse(R"(( *///) {1,4}[^ ].*)"), kTag(R"( */// {1,4}@.*)"),
      kFar(R"(( *///) +[^ ].*)"), kNew(R"( */// +([-*] |@|\|.*\|$|\d+\. ).*)");
  std::smatch before, after;
  return std::regex_match(line, before, kProse) &&
         std::regex_match(next, after, std::regex_match(line, kTag) ? kFar : kProse) &&
         before[1] == after[1] && !std::regex_match(next, kNew);
}

// A page is narrower than a source: its browser breaks the lines of comments
std::vector<SourceLine> with_whole_sentences(const std::vector<SourceLine>& lines) {
  std::vector<SourceLine> joined;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!joined.empty() && goes_on(joined.back().text, lines[i].text)) {
      const std::string& text = lines[i].text;
      joined.back().text += " " + text.substr(text.find_first_not_of(" /"));
    } else {
      joined.push_back(lines[i]);
    }
  }
  return joined;
}

}  // namespace

std::vector<Contract> contracts(const Book& book, const Exercise& exercise) {
  std::vector<Contract> found;
  for (const fs::path& header : headers(book)) {
    if (header.parent_path().filename() != exercise.module) continue;
    Contract contract{header, {}};
    bool inside = false;
    for (const SourceLine& line : read_lines(book.root(), header)) {
      std::string id;
      if (is_mark(line.text, id)) {
        inside = id == exercise.id;
      } else if (inside &&
                 !(is_blank(line) && (contract.lines.empty() || is_blank(contract.lines.back())))) {
        contract.lines.push_back(line);
      }
    }
    while (!contract.lines.empty() && is_blank(contract.lines.back())) contract.lines.pop_back();
    contract.lines = with_whole_sentences(contract.lines);
    if (!contract.lines.empty()) found.push_back(std::move(contract));
  }
  if (found.empty()) {
    throw UserError(fmt::format(
        "modules/{}: no header says \"// ---- exercise {} ----\" above what is to be written",
        exercise.module, exercise.id));
  }
  return found;
}

std::vector<fs::path> headers(const Book& book) {
  std::vector<fs::path> found;
  for (const auto& folder : fs::directory_iterator(book.root() / "modules")) {
    if (!folder.is_directory()) continue;
    for (const auto& file : fs::directory_iterator(folder)) {
      if (file.path().extension() == ".hpp")
        found.push_back(fs::relative(file.path(), book.root()));
    }
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace gradbook
