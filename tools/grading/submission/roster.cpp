#include "grading/submission/roster.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>

#include "grading/submission/csv.hpp"
#include "grading/submission/names.hpp"
#include "grading/submission/time_text.hpp"

namespace gradbook {
namespace {

// Where each column stands; -1: nowhere
struct Columns {
  std::vector<int> ids;  // best first
  int name = -1, first = -1, last = -1, email = -1, platform_id = -1, section = -1, submitted = -1;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

// "SIS Login_ID" and "sis login id" are one heading
std::string heading(std::string_view text) {
  std::string result;
  for (const std::string& word : name_words(text)) result += (result.empty() ? "" : " ") + word;
  return result;
}

Columns columns_of(const CsvRow& head) {
  std::vector<std::string> names;
  for (const std::string& field : head.fields) names.push_back(heading(field));
  const auto any = [&](std::initializer_list<std::string_view> wanted) {
    for (const std::string_view name : wanted) {
      if (const auto found = std::ranges::find(names, name); found != names.end())
        return static_cast<int>(found - names.begin());
    }
    return -1;
  };
  Columns columns;
  columns.name = any({"name", "student name", "full name", "display name"});
  columns.first = any({"first name", "first", "given name", "firstname", "forename"});
  columns.last = any({"last name", "last", "surname", "family name", "lastname"});
  columns.email = any({"email", "e mail", "email address", "mail", "student email"});
  columns.platform_id = any({"id", "canvas id", "canvas user id", "user id", "platform id"});
  columns.section = any({"section", "sections", "section name", "group"});
  columns.submitted = any({"submitted at", "submitted", "submission time"});
  for (const std::string_view name :
       {"student id", "sid", "student number", "sis user id", "sis id", "sis login id", "login id",
        "login", "username", "user name", "netid", "net id"}) {
    if (const int column = any({name}); column >= 0) columns.ids.push_back(column);
  }
  // What Canvas exports calls the name "Student"
  if (const int student = any({"student"}); student >= 0) {
    if (columns.ids.empty() || columns.name >= 0) {
      columns.ids.insert(columns.ids.begin(), student);
    } else {
      columns.name = student;
    }
  }
  return columns;
}

RosterRow row_of(const CsvRow& fields, const Columns& columns, const fs::path& path) {
  const auto field = [&](int column) {
    const bool there = column >= 0 && column < static_cast<int>(fields.fields.size());
    return there ? spelled_out(trimmed(fields.fields[static_cast<std::size_t>(column)])) : "";
  };
  RosterRow row;
  row.line = fields.line;
  row.name = field(columns.name);
  if (row.name.empty()) row.name = trimmed(field(columns.first) + " " + field(columns.last));
  row.email = field(columns.email);
  row.platform_id = field(columns.platform_id);
  row.section = field(columns.section);
  for (const int column : columns.ids) {
    if (std::string id = field(column); !id.empty()) row.aliases.push_back(std::move(id));
  }
  row.student = !row.aliases.empty() ? row.aliases.front()
                : !row.email.empty() ? row.email
                                     : row.name;
  if (row.name.empty()) row.name = row.student;
  if (row.student.empty()) {
    throw UserError(fmt::format(
        "{}:{}: this row names nobody: give the student's id, e-mail or name, or delete it",
        path.string(), row.line));
  }
  if (const std::string when = field(columns.submitted); !when.empty()) {
    row.submitted_at = time_of(when);
    if (!row.submitted_at) {
      throw UserError(fmt::format("{}:{}: {} is no time: write it as 2026-03-01 23:59:00 +01:00",
                                  path.string(), row.line, in_quotes(when)));
    }
  }
  return row;
}

// The error that names every pair of rows that are one student
void refuse_duplicates(const Roster& roster, const fs::path& path) {
  std::string message;
  const auto check = [&](std::string_view what, auto&& value) {
    std::map<std::string, int> first;
    for (const RosterRow& row : roster.rows) {
      const std::string key = lower_ascii(value(row));
      if (key.empty()) continue;
      const auto [seen, is_new] = first.emplace(key, row.line);
      if (is_new) continue;
      message += fmt::format("{}:{}: {} {} is also in line {}: delete one of the two\n",
                             path.string(), row.line, what, in_quotes(value(row)), seen->second);
    }
  };
  check("the student", [](const RosterRow& row) -> const std::string& { return row.student; });
  if (message.empty()) {
    check("the e-mail", [](const RosterRow& row) -> const std::string& { return row.email; });
    check("the id", [](const RosterRow& row) -> const std::string& { return row.platform_id; });
  }
  if (message.empty()) return;
  message.pop_back();
  throw UserError(message);
}

}  // namespace

Roster read_roster(const fs::path& path) {
  const std::string text = read_file(path);
  const std::vector<CsvRow> rows = parse_csv(text, path);
  if (rows.empty()) throw UserError(fmt::format("{}: the roster is empty", path.string()));
  const Columns columns = columns_of(rows.front());
  if (columns.ids.empty() && columns.email < 0 && columns.name < 0 && columns.last < 0) {
    throw UserError(
        fmt::format("{}:{}: no column says who a student is: the first row must name one of "
                    "student, login, SIS user id, email, name, or first name and last name",
                    path.string(), rows.front().line));
  }
  Roster roster;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    // Canvas exports a second heading
    if (trimmed(rows[i].fields.front()) == "Points Possible") continue;
    roster.rows.push_back(row_of(rows[i], columns, path));
  }
  if (roster.rows.empty())
    throw UserError(fmt::format("{}: the roster names nobody below its heading", path.string()));
  refuse_duplicates(roster, path);
  return roster;
}

}  // namespace gradbook
