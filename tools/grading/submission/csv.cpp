#include "grading/submission/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "grading/submission/names.hpp"

namespace gradbook {
namespace {

char divider(std::string_view text) {
  const std::string_view head = text.substr(0, text.find('\n'));
  char best = ',';
  for (const char c : {';', '\t'}) {
    if (std::ranges::count(head, c) > std::ranges::count(head, best)) best = c;
  }
  return best;
}

// One field from the front of `text`, with the divider or line end after it still there
std::string take_field(std::string_view& text, char between, int& line) {
  std::string field;
  if (!text.starts_with('"')) {
    const std::size_t end =
        std::min(text.find_first_of(std::string("\r\n") + between), text.size());
    field = text.substr(0, end);
    text.remove_prefix(end);
    return field;
  }
  text.remove_prefix(1);
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '"' && !text.starts_with('"')) {
      // Anything between the closing quote and the divider belongs to the field too
      const std::size_t end =
          std::min(text.find_first_of(std::string("\r\n") + between), text.size());
      field += text.substr(0, end);
      text.remove_prefix(end);
      return field;
    }
    if (c == '"') text.remove_prefix(1);
    if (c == '\n') ++line;
    field += c;
  }
  throw std::invalid_argument("no closing quote");
}

}  // namespace

std::vector<CsvRow> parse_csv(std::string_view text, const fs::path& path) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const auto fail = [&](int line, std::string_view what) {
    return UserError(fmt::format("{}:{}: {}", path.string(), line, what));
  };
  int line = 1;
  for (std::size_t begin = 0; begin < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (!is_utf8(text.substr(begin, end - begin)))
      throw fail(line, "this is not UTF-8: save the table as \"CSV UTF-8\" and try again");
    begin = end + 1;
  }

  std::vector<CsvRow> rows;
  const char between = divider(text);
  line = 1;
  while (!text.empty()) {
    CsvRow row{line, {}};
    try {
      row.fields.push_back(take_field(text, between, line));
      while (text.starts_with(between)) {
        text.remove_prefix(1);
        row.fields.push_back(take_field(text, between, line));
      }
    } catch (const std::invalid_argument&) {
      throw fail(row.line, "a quote that begins in this row is never closed");
    }
    if (text.starts_with('\r')) text.remove_prefix(1);
    if (text.starts_with('\n')) text.remove_prefix(1);
    ++line;
    const bool blank = std::ranges::all_of(row.fields, [](const std::string& field) {
      return field.find_first_not_of(" \t") == std::string::npos;
    });
    if (!blank) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gradbook
