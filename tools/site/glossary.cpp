#include "site/glossary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "book/toml_reader.hpp"
#include "site/prose.hpp"

namespace gradbook {
namespace {

constexpr const char* kFile = "docs/site/glossary.toml";

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool is_letter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
}

// Where `form` stands in `prose` as words of its own, whatever the case of its first letter
std::size_t find_word(const std::string& prose, const std::string& form) {
  for (std::size_t at = 0; at + form.size() <= prose.size(); ++at) {
    if (lower(prose[at]) != lower(form[0]) || prose.compare(at + 1, form.size() - 1, form, 1) != 0)
      continue;
    const bool begins = at == 0 || !is_letter(prose[at - 1]);
    const std::size_t end = at + form.size();
    if (begins && (end == prose.size() || !is_letter(prose[end]))) return at;
  }
  return std::string::npos;
}

}  // namespace

std::string Term::anchor() const {
  std::string text = "term_" + name;
  std::ranges::replace_if(
      text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return text;
}

Glossary::Glossary(const fs::path& root) {
  const toml::table table = parse_toml(root / kFile);
  TomlReader toml(table, root / kFile);
  for (TomlReader& entry : toml.tables("term")) {
    Term term{entry.text("name"), {}, entry.text("says"), {}};
    term.forms = entry.texts_or_none("forms");
    term.forms.push_back(term.name);
    const std::string where = entry.where("name");
    term.from = {"", kFile, std::stoi(where.substr(where.rfind(':') + 1))};
    entry.refuse_others();
    // The longest first: "reverse mode" before "mode"
    std::ranges::sort(term.forms, [](const auto& a, const auto& b) { return a.size() > b.size(); });
    terms_.push_back(std::move(term));
  }
  toml.refuse_others();
  std::ranges::sort(terms_, {}, [](const Term& term) {
    std::string name = term.name;
    std::ranges::transform(name, name.begin(), lower);
    return name;
  });
}

Page Glossary::page() const {
  Page page{"glossary.md", {}};
  const SourceLine top{"", kFile, 1};
  page.add(
      "# Glossary {#glossary}\n\nWords as this book uses them. In a chapter, each is linked where "
      "it first appears.\n",
      top);
  for (const Term& term : terms_)
    page.add(fmt::format("\n## {} {{#{}}}\n\n{}\n", term.name, term.anchor(), term.says),
             term.from);
  return page;
}

void TermLinker::link(std::string& text, std::string& prose) {
  struct Hit {
    std::size_t at, size;
    const Term* term;
  };
  std::vector<Hit> hits;
  for (const Term& term : glossary_.terms()) {
    if (linked_.contains(term.name)) continue;
    for (const std::string& form : term.forms) {
      const std::size_t at = find_word(prose, form);
      if (at == std::string::npos) continue;
      hits.push_back({at, form.size(), &term});
      break;
    }
  }
  // Where two overlap, the longer one is meant
  std::ranges::sort(hits, [](const Hit& a, const Hit& b) {
    return a.at != b.at ? a.at < b.at : a.size > b.size;
  });
  std::size_t end = 0, grown = 0;
  for (const Hit& hit : hits) {
    if (hit.at < end) continue;
    const std::size_t at = hit.at + grown;
    const std::string link =
        fmt::format("[{}](@ref {})", text.substr(at, hit.size), hit.term->anchor());
    replace_part(text, prose, at, hit.size, link);
    grown += link.size() - hit.size;
    end = hit.at + hit.size;
    linked_.insert(hit.term->name);
  }
}

}  // namespace gradbook
