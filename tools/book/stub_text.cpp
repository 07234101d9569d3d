#include "book/stub_text.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

namespace gradbook {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::string_view kBegin = "// SOLUTION BEGIN", kEnd = "// SOLUTION END",
                           kStub = "// STUB";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return text.substr(begin, text.find_last_not_of(" \r") - begin + 1);
}

// "// TODO(2.2): the remark", broken into lines that fit
std::string todo(const std::string& indent, const std::string& id, std::string_view remark) {
  std::string line = fmt::format("{}// TODO({}):", indent, id), text;
  std::istringstream words{std::string(remark)};
  for (std::string word; words >> word;) {
    if (line.size() + 1 + word.size() > kColumns) {
      text += line + "\n";
      line = indent + "//  ";
    }
    line += " " + word;
  }
  return text + line + "\n";
}

}  // namespace

std::string stub_from_solution(const std::string& solution, const std::string& id,
                               const std::string& file) {
  struct Region {
    int line;  // where it begins
    std::string indent;
    std::vector<std::string> instead;
  };
  std::string stub;
  std::vector<Region> open;  // none or one: regions do not nest
  bool editing = false;      // between marks that stay: a program to be mended
  int number = 0, regions = 0;
  std::istringstream lines(solution);
  for (std::string line; std::getline(lines, line);) {
    ++number;
    const std::string_view text = trimmed(line);
    const std::string indent = line.substr(0, line.find_first_not_of(' '));
    if (text.starts_with(kBegin)) {
      if (!open.empty())
        throw UserError(fmt::format("{}:{}: a solution begins inside of the one of line {}", file,
                                    number, open[0].line));
      open.push_back({number, indent, {}});
      ++regions;
      if (!editing) stub += todo(indent, id, trimmed(text.substr(kBegin.size())));
    } else if (text == kEnd) {
      if (open.empty())
        throw UserError(fmt::format("{}:{}: a solution ends that did not begin", file, number));
      const Region& region = open.front();
      for (const std::string& instead : region.instead) stub += instead + "\n";
      if (region.instead.empty() && !region.indent.empty() && !editing)
        stub += fmt::format("{}not_started(\"{}\");\n", region.indent, id);
      open.clear();
    } else if (open.empty()) {
      if (text.starts_with("// EDIT ")) editing = text.starts_with("// EDIT BEGIN");
      stub += line + "\n";
    } else if (text == kStub || text.starts_with("// STUB ")) {
      const std::string_view code = text.substr(kStub.size());
      open.front().instead.push_back(
          code.empty() ? "" : open.front().indent + std::string(code.substr(1)));
    }
  }
  if (!open.empty())
    throw UserError(fmt::format("{}:{}: a solution begins and does not end", file, open[0].line));
  if (regions == 0)
    throw UserError(
        fmt::format("{}: it has no SOLUTION BEGIN: what is the student to write?", file));
  return stub;
}

std::string stub_text(const Book& book, const Exercise& e) {
  if (const fs::path solution = book.solution(e); fs::exists(solution))
    return stub_from_solution(read_file(solution), e.id, solution.string());
  if (const fs::path kept = book.kept_stub(e); fs::exists(kept)) return read_file(kept);
  throw UserError(fmt::format(
      "the stub of {} is not here: `git log -- {}` shows its versions, the first is the stub", e.id,
      Book::stub_path(e).string()));
}

}  // namespace gradbook
