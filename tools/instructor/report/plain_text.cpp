#include "instructor/report/plain_text.hpp"

#include <fmt/format.h>

#include <cmath>

namespace gradbook {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Takes one character off the front of `text`; what is no UTF-8 is taken byte by byte
char32_t next_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  const std::size_t length = first < 0x80                    ? 1
                             : first >= 0xC2 && first < 0xE0 ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  char32_t code = length == 1 ? first : first & (0x7Fu >> length);
  bool valid = length > 0 && text.size() >= length;
  for (std::size_t i = 1; valid && i < length; ++i) {
    valid = (byte(i) & 0xC0u) == 0x80u;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool longer_than_needed = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool surrogate = code >= 0xD800 && code < 0xE000;
  if (!valid || longer_than_needed || surrogate || code > 0x10FFFF) {
    text.remove_prefix(1);
    return kReplacement;
  }
  text.remove_prefix(length);
  return code;
}

void append(std::string& text, char32_t code) {
  const auto put = [&](char32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6), put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12), put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18), put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F)), put(0x80 | (code & 0x3F));
  }
}

bool left_out(char32_t code) {
  const auto within = [&](char32_t first, char32_t last) { return first <= code && code <= last; };
  return code < 0x20 || within(0x7F, 0x9F) ||                                  // control characters
         code == 0x61C || within(0x200E, 0x200F) || within(0x202A, 0x202E) ||  // direction
         within(0x2066, 0x206F) || code == 0xFEFF || within(0xFFF9, 0xFFFB) ||
         within(0xFDD0, 0xFDEF) || (code & 0xFFFE) == 0xFFFE ||  // no characters
         within(0xE0000, 0xE007F);                               // invisible tags
}

std::string cleaned(std::string_view text, bool keep_lines) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    if (text.starts_with("\r\n")) text.remove_prefix(1);
    const char32_t code = next_character(text);
    const bool line_end = code == '\n' || code == '\r' || code == 0x2028 || code == 0x2029;
    if (line_end)
      result += keep_lines ? '\n' : ' ';
    else if (code == '\t')
      result += keep_lines ? "    " : " ";
    else if (!left_out(code))
      append(result, code);
  }
  return result;
}

}  // namespace

std::string one_line(std::string_view text) { return cleaned(text, false); }
std::string many_lines(std::string_view text) { return cleaned(text, true); }

std::string cut(std::string_view text, std::size_t characters) {
  std::size_t end = 0, count = 0;
  while (end < text.size() && count < characters) {
    ++end, ++count;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  }
  return std::string(text.substr(0, end)) + (end < text.size() ? "…" : "");
}

std::string number(double value, int decimals) {
  if (!std::isfinite(value)) return "";
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string percent(double share) { return number(100 * share, 0) + " %"; }

}  // namespace gradbook
