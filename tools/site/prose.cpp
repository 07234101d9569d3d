#include "site/prose.hpp"

#include <regex>

namespace gradbook {
namespace {

void hide(std::string& text, const std::regex& what) {
  for (std::sregex_iterator it(text.begin(), text.end(), what), end; it != end; ++it)
    std::fill_n(text.begin() + it->position(), it->length(), kNoProse);
}

}  // namespace

std::string Prose::of(const SourceLine& line) {
  const std::string& text = line.text;
  std::string prose = text;
  if (text.empty()) end();  // no formula goes on after a paragraph
  if (inside_ != Inside::formula && (text.starts_with("```") || text.starts_with("~~~"))) {
    inside_ = inside_ == Inside::fence ? Inside::text : Inside::fence;
    return std::string(text.size(), kNoProse);
  }
  if (inside_ == Inside::fence) return std::string(text.size(), kNoProse);
  if (inside_ == Inside::code && text.empty())
    inside_ = Inside::text;  // no code goes on after a paragraph

  for (std::size_t i = 0; i < text.size(); ++i) {
    if (inside_ == Inside::formula) {
      const std::string_view end = open_.display ? "\\f]" : "\\f$";
      prose[i] = kNoProse;
      if (text.compare(i, 3, end) != 0) {
        open_.tex += text[i];
        continue;
      }
      prose[i + 1] = prose[i + 2] = kNoProse;
      i += 2;
      formulas_.push_back(open_);
      inside_ = Inside::text;
    } else if (text[i] == '`') {
      prose[i] = kNoProse;
      inside_ = inside_ == Inside::code ? Inside::text : Inside::code;
    } else if (inside_ == Inside::code) {
      prose[i] = kNoProse;
    } else if (text.compare(i, 3, "\\f$") == 0 || text.compare(i, 3, "\\f[") == 0) {
      open_ = {"", text[i + 2] == '[', line};
      inside_ = Inside::formula;
      prose[i] = prose[i + 1] = prose[i + 2] = kNoProse;
      i += 2;
    }
  }
  if (inside_ == Inside::formula) open_.tex += '\n';

  static const std::regex kBlock(R"(^\s*(#|\||    |[\\@][a-z]).*)");
  static const std::regex kLink(
      R"(\[[^\]]*\]\([^)]*\)|<[^>]*>|\{#[^}]*\}|[\\@]ref \w+( "[^"]*")?)");
  if (std::regex_match(prose, kBlock)) return std::string(text.size(), kNoProse);
  hide(prose, kLink);
  return prose;
}

void Prose::end() const {
  if (inside_ == Inside::formula)
    throw error_at(open_.from, "the formula that begins here does not end");
}

void replace_part(std::string& text, std::string& prose, std::size_t at, std::size_t size,
                  const std::string& by) {
  text.replace(at, size, by);
  prose.replace(at, size, std::string(by.size(), kNoProse));
}

}  // namespace gradbook
