#include "instructor/report/csv.hpp"

#include <algorithm>
#include <array>

#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

// Also behind spaces, and as the wide signs that some spreadsheets read alike
bool starts_a_formula(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kStarts = {"=",  "+",  "-",  "@",
                                                              "＝", "＋", "－", "＠"};
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(" '\"")));
  return std::ranges::any_of(kStarts, [&](std::string_view s) { return text.starts_with(s); });
}

bool starts_with_space(std::string_view text) {
  return !text.empty() && (text[0] == '\t' || text[0] == '\r' || text[0] == '\n');
}

}  // namespace

std::string csv_text(std::string_view text) {
  std::string cell = one_line(text);
  if (starts_with_space(text) || starts_a_formula(cell)) cell.insert(0, "'");
  if (cell.find_first_of(",;\"'|") == std::string::npos && !cell.starts_with(' ') &&
      !cell.ends_with(' '))
    return cell;
  std::string quoted = "\"";
  for (char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_line(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i == 0 ? "" : ",") + cells[i];
  return line + "\r\n";
}

}  // namespace gradbook
