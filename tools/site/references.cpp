#include "site/references.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "site/chapters.hpp"

namespace gradbook {
namespace {

const std::regex& key_pattern() {
  static const std::regex kKey(R"(\[([A-Z][A-Za-z0-9]+)\](?!\())");
  return kKey;
}

std::string anchor(int chapter, const std::string& key) {
  return fmt::format("cite_{:02}_{}", chapter, key);
}

// Text without the signs of Markdown, to sort by
std::string plain(const Reference& reference) {
  std::string text = reference.text;
  std::erase(text, '*');
  return text;
}

// Each [Key] at a place that `prose` shows replaced by what `link` makes of it
template <class Link>
std::string replace_keys(const std::string& text, const std::string& prose, const Link& link) {
  std::string linked;
  std::size_t end = 0;
  for (std::sregex_iterator it(prose.begin(), prose.end(), key_pattern()), last; it != last; ++it) {
    const auto at = static_cast<std::size_t>(it->position());
    linked += text.substr(end, at - end) + link((*it)[1].str());
    end = at + static_cast<std::size_t>(it->length());
  }
  return linked + text.substr(end);
}

}  // namespace

bool begins_references(const std::string& line) { return line.starts_with("## References"); }

References::References(const Book& book) {
  for (const Module* module : chapters(book)) {
    bool inside = false, item = false;
    for (const SourceLine& line :
         read_lines(book.root(), fs::path("modules") / module->directory / "chapter.md")) {
      if (line.text.starts_with("## ")) inside = begins_references(line.text);
      if (!inside) continue;
      if (line.text.starts_with("- ")) {
        std::smatch match;
        static const std::regex kEntry(R"(- (\[([A-Za-z0-9]+)\] )?(.*))");
        std::regex_match(line.text, match, kEntry);
        all_.push_back({match[2], match[3], {module->number}, line});
        item = true;
      } else if (item && line.text.starts_with("  ")) {
        all_.back().text += " " + line.text.substr(2);
      } else {
        item = false;
      }
    }
  }
  // The same source in two chapters is one
  std::vector<Reference> merged;
  for (const Reference& reference : all_) {
    const auto same = std::ranges::find_if(
        merged, [&](const Reference& other) { return other.text == reference.text; });
    const auto rival = std::ranges::find_if(merged, [&](const Reference& other) {
      return !reference.key.empty() && other.key == reference.key && other.text != reference.text;
    });
    if (rival != merged.end()) {
      throw error_at(reference.from,
                     fmt::format("[{}] means another source in {}:{}", reference.key,
                                 rival->from.file, rival->from.number));
    }
    if (same == merged.end()) {
      merged.push_back(reference);
    } else {
      same->chapters.push_back(reference.chapters.front());
    }
  }
  std::ranges::sort(merged, {}, plain);
  all_ = std::move(merged);
}

std::string References::link(const SourceLine& line, const std::string& prose, int chapter) const {
  return replace_keys(line.text, prose, [&](const std::string& key) {
    const bool known = std::ranges::any_of(all_, [&](const Reference& reference) {
      return reference.key == key && std::ranges::count(reference.chapters, chapter) > 0;
    });
    if (!known)
      throw error_at(line, fmt::format("[{}] is not in this chapter's list of references", key));
    return fmt::format("\\ref {} \"[{}]\"", anchor(chapter, key), key);
  });
}

std::string References::with_anchor(const std::string& text, int chapter) const {
  std::smatch match;
  static const std::regex kEntry(R"(- \[([A-Za-z0-9]+)\] (.*))");
  if (!std::regex_match(text, match, kEntry)) return text;
  return fmt::format("- \\anchor {} [{}] {}", anchor(chapter, match[1]), match[1].str(),
                     match[2].str());
}

std::string References::link_in_header(const std::string& text) const {
  if (text.find("///") == std::string::npos) return text;
  return replace_keys(text, text, [&](const std::string& key) {
    const bool known = std::ranges::any_of(all_, [&](const Reference& r) { return r.key == key; });
    return known ? fmt::format("\\ref cite_{} \"[{}]\"", key, key) : fmt::format("[{}]", key);
  });
}

Page References::page() const {
  Page page{"references.md", {}};
  page.add(
      "# References {#references}\n\nAll sources of all chapters. Each says which chapters name "
      "it.\n\n",
      all_.empty() ? SourceLine{} : all_.front().from);
  for (const Reference& reference : all_) {
    std::string chapters;
    for (const int chapter : reference.chapters)
      chapters += fmt::format("{}\\ref chapter_{:02} \"{}\"", chapters.empty() ? "" : " and ",
                              chapter, chapter);
    const std::string key =
        reference.key.empty() ? ""
                              : fmt::format("\\anchor cite_{} [{}] ", reference.key, reference.key);
    page.add(fmt::format("- {}{} (chapter {})", key, reference.text, chapters), reference.from);
  }
  return page;
}

}  // namespace gradbook
