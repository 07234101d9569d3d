/// @file
/// A TOML file read strictly: a wrong type, a missing key and a key that nobody asked for are
/// errors with a line.
#pragma once

#include <toml++/toml.h>

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// Parses the file. @throws UserError with file, line and column
toml::table parse_toml(const fs::path& path);

/// One table of a file; remembers which keys were asked for.
class TomlReader {
 public:
  TomlReader(const toml::table& table, fs::path path) : table_(table), path_(std::move(path)) {}

  std::string text(const char* key);
  std::string text_or(const char* key, std::string otherwise);
  double number(const char* key);
  double number_or(const char* key, double otherwise);
  bool flag_or(const char* key, bool otherwise);
  int whole_number(const char* key, int least, int most);
  int whole_number_or(const char* key, int least, int most, int otherwise);
  std::vector<double> numbers(const char* key);
  std::vector<std::string> texts_or_none(const char* key);
  std::vector<TomlReader> tables(const char* key);
  std::optional<TomlReader> table_or_none(const char* key);

  /// A date and time. One without an offset of its own is `ahead` minutes ahead of UTC.
  std::chrono::sys_seconds time(const char* key, std::chrono::minutes ahead);

  bool has(const char* key) const { return table_.contains(key); }

  /// @throws UserError for the first key that was never asked for
  void refuse_others() const;

  /// "course.toml:12": the line of `key`, or of the table where it has no such key.
  std::string where(const char* key) const;

  /// An error at the line of `key`, or of the table where it has no such key.
  UserError error(const char* key, std::string_view what) const;

 private:
  template <class T>
  T value(const char* key, const char* type);

  const toml::table& table_;
  fs::path path_;
  std::set<std::string> asked_;
};

}  // namespace gradbook
