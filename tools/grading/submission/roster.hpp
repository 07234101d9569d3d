/// @file
/// The roster of a class: who is in it, as the learning platform or the instructor wrote it down.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

struct RosterRow {
  std::string student;      // unique: the student id, else login, e-mail or name
  std::string name;         // "Doe, Jane" or "Jane Doe", as it stands there
  std::string email;        // "" where the roster has none; so the next two
  std::string platform_id;  // of the learning platform
  std::string section;
  std::vector<std::string> aliases;  // other ids of the student: login, SIS id, …
  std::optional<std::chrono::sys_seconds> submitted_at;  // from a column "submitted_at"
  int line = 0;                                          // where the row begins
};

struct Roster {
  std::vector<RosterRow> rows;  // as they stand in the file

  bool empty() const { return rows.empty(); }
};

/// Reads a CSV file (comma, semicolon or tab; quotes; BOM; CRLF) whose first row names the columns,
/// in any order and case: name, or first and last name; student id, SID, login, …; email; id or
/// Canvas ID; section. What Canvas and Gradescope export is understood. Other columns are ignored.
/// @throws UserError naming file and line: no usable column, a row that names nobody, and two rows
/// of one student, naming both
Roster read_roster(const fs::path& path);

}  // namespace gradbook
