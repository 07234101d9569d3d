#include "grading/submission/names.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace gradbook {
namespace {

struct Character {
  utf8proc_int32_t code = -1;  // -1: no UTF-8
  std::size_t bytes = 1;
};

Character first_of(std::string_view text) {
  Character c;
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  const auto n = utf8proc_iterate(bytes, static_cast<utf8proc_ssize_t>(text.size()), &c.code);
  if (n <= 0) return {};
  c.bytes = static_cast<std::size_t>(n);
  return c;
}

// Joiners are letters of some scripts; everything else that has no shape of its own can mislead
bool is_plain(utf8proc_int32_t code) {
  if (code < 0) return false;
  if (code == 0x200C || code == 0x200D) return true;
  switch (utf8proc_category(code)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CO:
      return false;
    default:
      return true;
  }
}

bool is_word(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const Character c = first_of(text);
    if (c.code <= 0) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

bool is_plain(std::string_view text) {
  while (!text.empty()) {
    const Character c = first_of(text);
    if (!is_plain(c.code)) return false;
    text.remove_prefix(c.bytes);
  }
  return true;
}

std::string spelled_out(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Character c = first_of(text);
    if (is_plain(c.code)) {
      result += text.substr(0, c.bytes);
    } else if (c.code < 0x80) {
      result += fmt::format("\\x{:02X}", static_cast<unsigned char>(text[0]));
    } else {
      result += fmt::format("\\u{:04X}", static_cast<unsigned>(c.code));
    }
    text.remove_prefix(c.bytes);
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  constexpr std::size_t kMost = 160;
  std::string result = spelled_out(text.substr(0, 4 * kMost));
  if (result.size() > kMost) {
    // Cut between two characters
    std::size_t end = kMost;
    while (end > 0 && (static_cast<unsigned char>(result[end]) & 0xC0) == 0x80) --end;
    result = result.substr(0, end) + "…";
  }
  return '"' + result + '"';
}

std::vector<std::string> name_words(std::string_view name) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto options =
      static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                     UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  const std::string plain = spelled_out(name);
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(plain.data()),
                                   static_cast<utf8proc_ssize_t>(plain.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) return {};

  std::vector<std::string> words;
  bool inside = false;
  std::string_view rest(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length));
  while (!rest.empty()) {
    const Character c = first_of(rest);
    const bool word = is_word(c.code);
    if (word && !inside) words.emplace_back();
    if (word) words.back() += rest.substr(0, c.bytes);
    inside = word;
    rest.remove_prefix(c.bytes);
  }
  return words;
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace gradbook
