#include "site/api_pages.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

#include "site/chapters.hpp"
#include "site/contract.hpp"
#include "site/exercise_notes.hpp"

namespace gradbook {
namespace {

// "api_02_scalar_scalar"
std::string group_of(const fs::path& header) {
  return fmt::format("api_{}_{}", header.parent_path().filename().string(), header.stem().string());
}

// Headings of all chapters: "02/An order to visit in" to the anchor
std::map<std::string, std::string> anchors(const Book& book) {
  std::map<std::string, std::string> found;
  static const std::regex kHeading(R"(##+ (.*?)( \{#(\w+)\})?)");
  for (const Module* module : chapters(book)) {
    const std::string chapter = module->directory.substr(0, 2);
    for (const SourceLine& line :
         read_lines(book.root(), fs::path("modules") / module->directory / "chapter.md")) {
      std::smatch match;
      if (std::regex_match(line.text, match, kHeading))
        found[chapter + "/" + match[1].str()] = match[3];
    }
    for (const Exercise& e : module->exercises)
      found[fmt::format("{}/{} {}", chapter, e.id, e.name)] = exercise_anchor(e);
  }
  return found;
}

// What the file is for: the sentence below @file
std::string purpose(const std::vector<SourceLine>& lines) {
  std::string text;
  for (const SourceLine& line : lines) {
    if (line.text == "/// @file") continue;
    if (!line.text.starts_with("/// ")) break;
    text += (text.empty() ? "" : " ") + line.text.substr(4);
  }
  return text;
}

// Doxygen's groups end where a namespace does, so each one opens and closes the header's group
bool group_by_namespace(Page& page, std::size_t i, const std::string& group) {
  static const std::regex kOpens(R"(namespace [\w:]+ \{)"), kCloses(R"(\}  // namespace [\w:]+)");
  SourceLine& line = page.lines[i];
  if (std::regex_match(line.text, kCloses)) {
    line.text = "/** @} */ }";
    return true;
  }
  if (!std::regex_match(line.text, kOpens)) return false;
  const bool described = i > 0 && page.lines[i - 1].text.starts_with("///");
  if (line.text != "namespace gradbook {" && !described)
    throw error_at(line, "a namespace needs a comment above it, or its functions have no page");
  line.text += fmt::format(" /** @addtogroup {} */ /** @{{ */", group);
  return true;
}

}  // namespace

std::vector<Page> api_pages(const Book& book, const References& references,
                            std::vector<Formula>& formulas) {
  const auto sections = anchors(book);
  const SourceLine from{"", "modules", 1};
  std::vector<Page> pages;
  Page overview{"api.dox", {}};
  overview.add(
      "/** @namespace gradbook\n * The one namespace of the book: everything that is given, and "
      "everything "
      "that you write. */\n",
      from);
  std::string module_group;
  for (const fs::path& header : headers(book)) {
    const std::string folder = header.parent_path().filename().string(), group = "api_" + folder;
    if (group != module_group) {
      module_group = group;
      const auto& modules = book.modules();
      const auto module = std::ranges::find(modules, folder, &Module::directory);
      overview.add(fmt::format("/** @defgroup {} {}\n */\n", group,
                               module == modules.end()
                                   ? "What all modules share"
                                   : fmt::format("Module {}: {}", module->number, module->title)),
                   from);
    }
    Page page{header.lexically_relative("modules").string(), read_lines(book.root(), header)};
    overview.add(
        fmt::format(
            "/** @defgroup {} {}\n * @ingroup {}\n * @brief {}\n *\n * `#include \"{}\"`\n */\n",
            group_of(header), header.filename().string(), group, purpose(page.lines), page.name),
        page.lines.front());
    Prose prose;
    for (std::size_t i = 0; i < page.lines.size(); ++i) {
      SourceLine& line = page.lines[i];
      prose.of({line.text.starts_with("///") ? line.text.substr(3) : "", line.file, line.number});
      if (group_by_namespace(page, i, group_of(header))) continue;
      if (line.text.find("///") != std::string::npos) {
        line.text = references.link_in_header(line.text);
        std::string seen = line.text;
        link_exercises(book, line.text, seen);
        static const std::regex kSection(R"re(chapter (\d\d), "([^"]+)")re");
        std::smatch match;
        if (std::regex_search(line.text, match, kSection) &&
            has_chapter(book, std::stoi(match[1]))) {
          const auto anchor = sections.find(match[1].str() + "/" + match[2].str());
          if (anchor == sections.end() || anchor->second.empty())
            throw error_at(line, fmt::format("chapter {} has no heading \"{}\" with an anchor",
                                             match[1].str(), match[2].str()));
          line.text =
              fmt::format("{}\\ref {} \"chapter {}, {}\"{}", match.prefix().str(), anchor->second,
                          match[1].str(), match[2].str(), match.suffix().str());
        }
      }
    }
    prose.end();
    formulas.insert(formulas.end(), prose.formulas().begin(), prose.formulas().end());
    pages.push_back(std::move(page));
  }
  pages.push_back(std::move(overview));
  return pages;
}

}  // namespace gradbook
