#include "book/toml_reader.hpp"

#include <fmt/format.h>

namespace gradbook {

toml::table parse_toml(const fs::path& path) {
  try {
    return toml::parse(read_file(path), path.string());
  } catch (const toml::parse_error& error) {
    const auto begin = error.source().begin;
    throw UserError(
        fmt::format("{}:{}:{}: {}", path.string(), begin.line, begin.column, error.description()));
  }
}

std::string TomlReader::where(const char* key) const {
  const toml::node* node = table_.get(key);
  const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
  return fmt::format("{}:{}", path_.string(), line);
}

UserError TomlReader::error(const char* key, std::string_view what) const {
  return UserError(fmt::format("{}: {}", where(key), what));
}

template <class T>
T TomlReader::value(const char* key, const char* type) {
  asked_.insert(key);
  const auto result = table_[key].value<T>();
  if (!table_.contains(key))
    throw error(key, fmt::format("\"{}\" is missing: it must be {}", key, type));
  if (!result) throw error(key, fmt::format("\"{}\" must be {}", key, type));
  return *result;
}

std::string TomlReader::text(const char* key) { return value<std::string>(key, "a text"); }

std::string TomlReader::text_or(const char* key, std::string otherwise) {
  return table_.contains(key) ? text(key) : otherwise;
}

double TomlReader::number(const char* key) { return value<double>(key, "a number"); }

double TomlReader::number_or(const char* key, double otherwise) {
  return table_.contains(key) ? number(key) : otherwise;
}

int TomlReader::whole_number(const char* key, int least, int most) {
  const auto number = value<std::int64_t>(key, "a whole number");
  if (number < least || number > most)
    throw error(key, fmt::format("\"{}\" is {}: it must be {} to {}", key, number, least, most));
  return static_cast<int>(number);
}

int TomlReader::whole_number_or(const char* key, int least, int most, int otherwise) {
  return table_.contains(key) ? whole_number(key, least, most) : otherwise;
}

std::vector<double> TomlReader::numbers(const char* key) {
  asked_.insert(key);
  std::vector<double> result;
  const toml::node* node = table_.get(key);
  const toml::array* array = node != nullptr ? node->as_array() : nullptr;
  if (array == nullptr) throw error(key, fmt::format("\"{}\" must be a list of numbers", key));
  for (const toml::node& element : *array) {
    const auto number = element.value<double>();
    if (!number) throw error(key, fmt::format("\"{}\" must be a list of numbers", key));
    result.push_back(*number);
  }
  return result;
}

std::optional<TomlReader> TomlReader::table_or_none(const char* key) {
  asked_.insert(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) throw error(key, fmt::format("\"{}\" must be written as [{}]", key, key));
  return TomlReader(*node->as_table(), path_);
}

std::chrono::sys_seconds TomlReader::time(const char* key, std::chrono::minutes ahead) {
  const auto at = value<toml::date_time>(key, "a date and time such as 2026-03-01T23:59:00");
  if (at.offset) ahead = std::chrono::minutes{at.offset->minutes};
  const std::chrono::year_month_day date{std::chrono::year{at.date.year},
                                         std::chrono::month{at.date.month},
                                         std::chrono::day{at.date.day}};
  return std::chrono::sys_days{date} + std::chrono::hours{at.time.hour} +
         std::chrono::minutes{at.time.minute} + std::chrono::seconds{at.time.second} - ahead;
}

bool TomlReader::flag_or(const char* key, bool otherwise) {
  return table_.contains(key) ? value<bool>(key, "true or false") : otherwise;
}

std::vector<std::string> TomlReader::texts_or_none(const char* key) {
  asked_.insert(key);
  std::vector<std::string> result;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return result;
  if (!node->is_array()) throw error(key, fmt::format("\"{}\" must be a list of texts", key));
  for (const toml::node& element : *node->as_array()) {
    const auto text = element.value<std::string>();
    if (!text) throw error(key, fmt::format("\"{}\" must be a list of texts", key));
    result.push_back(*text);
  }
  return result;
}

std::vector<TomlReader> TomlReader::tables(const char* key) {
  asked_.insert(key);
  std::vector<TomlReader> result;
  const toml::node* node = table_.get(key);
  if (node == nullptr) return result;
  if (!node->is_array_of_tables())
    throw error(key, fmt::format("\"{}\" must be written as [[{}]]", key, key));
  for (const toml::node& element : *node->as_array())
    result.emplace_back(*element.as_table(), path_);
  return result;
}

void TomlReader::refuse_others() const {
  for (const auto& [key, node] : table_) {
    if (asked_.count(std::string(key.str())) == 0) {
      throw UserError(fmt::format("{}:{}: nothing reads the key \"{}\": is it misspelt?",
                                  path_.string(), node.source().begin.line, key.str()));
    }
  }
}

}  // namespace gradbook
