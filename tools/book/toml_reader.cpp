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

UserError TomlReader::error(const char* key, std::string_view what) const {
  const toml::node* node = table_.get(key);
  const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
  return UserError(fmt::format("{}:{}: {}", path_.string(), line, what));
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
