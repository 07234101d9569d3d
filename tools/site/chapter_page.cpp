#include "site/chapter_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "book/figures.hpp"
#include "site/chapters.hpp"
#include "site/exercise_notes.hpp"

namespace gradbook {
namespace {

// The exercise of a heading such as "### 2.2 topological_sort"; null for any other line
const Exercise* exercise_of(const Book& book, const SourceLine& line) {
  if (!line.text.starts_with("### ")) return nullptr;
  const std::string id = line.text.substr(4, line.text.find(' ', 4) - 4);
  const Exercise* e = book.find(id);
  if (e == nullptr || line.text != fmt::format("### {} {}", e->id, e->name))
    throw error_at(
        line,
        "a heading of this depth names an exercise of module.toml: \"### 2.2 topological_sort\"");
  return e;
}

std::string navigation(const Book& book, const Module& module, const char* where) {
  const auto modules = chapters(book);
  const auto here = std::ranges::find(modules, module.directory, &Module::directory);
  const auto link = [](const Module& to, const char* relation, const char* says) {
    return fmt::format("<a rel=\"{0}\" class=\"{0}\" href=\"chapter_{1:02}.html\">{2} {3} {4}</a>",
                       relation, to.number, says, to.number, html_inline(to.title));
  };
  std::string html = fmt::format("<nav class=\"chapters\" aria-label=\"Chapters, {}\">", where);
  if (here != modules.begin()) html += link(**(here - 1), "prev", "Previous:");
  html += "<a class=\"map\" href=\"index.html#course_map\">Map of the course</a>";
  if (here + 1 != modules.end()) html += link(**(here + 1), "next", "Next:");
  return html + "</nav>";
}

// The line that has Doxygen put a figure in
std::string include_figure(const SourceLine& line, const std::string& name,
                           const fs::path& figures) {
  if (!fs::exists(figures / (name + ".html")))
    throw error_at(line,
                   fmt::format("there is no figure \"{}\" in docs/figures/figures.toml", name));
  return fmt::format("\\htmlinclude[block] {}.html", name);
}

// What `gradbook bench` measured last, in place of the line that names its table
void include_table(Page& page, const Book& book, const fs::path& table, const SourceLine& line) {
  if (!fs::exists(book.root() / table))
    throw error_at(line,
                   fmt::format("there is no table {}: gradbook bench writes it", table.string()));
  for (SourceLine& row : read_lines(book.root(), table)) page.lines.push_back(std::move(row));
}

}  // namespace

Page page_with_figures(const Book& book, const fs::path& file, const fs::path& figures) {
  Page page{file.filename().string(), read_lines(book.root(), file)};
  for (SourceLine& line : page.lines) {
    const std::string name = figure_named_in(line.text);
    line.text = name.empty() ? without_absent_chapters(book, line.text)
                             : include_figure(line, name, figures);
  }
  return page;
}

Page chapter_page(const ChapterParts& parts, const Module& module, std::vector<Formula>& formulas) {
  const fs::path file = fs::path("modules") / module.directory / "chapter.md";
  const std::string title =
      fmt::format("# {} {} {{#chapter_{:02}}}", module.number, module.title, module.number);
  Page page{fmt::format("chapter_{:02}.md", module.number), {}};
  Prose prose;
  TermLinker terms(parts.glossary);
  const Exercise* open = nullptr;
  std::size_t met = 0;
  bool sources = false;
  SourceLine last;
  const auto end_exercise = [&](const SourceLine& from) {
    if (open == nullptr) return;
    add_contract_and_hints(page, parts.book, *open, from);
    if (parts.at_end_of_exercise) parts.at_end_of_exercise(page, *open, from);
    open = nullptr;
  };
  for (SourceLine line : read_lines(parts.book.root(), file)) {
    line.text = without_absent_chapters(parts.book, line.text);
    last = line;
    const bool goes_on = prose.inside_formula();
    std::string visible = prose.of(line);
    if (line.number == 1) {
      if (line.text != title)
        throw error_at(line, fmt::format("the first line is to be \"{}\"", title));
      page.lines.push_back(line);
      page.add("[TOC]", line);
      page.add_html(navigation(parts.book, module, "top"), line);
      continue;
    }
    if (!prose.inside_code() && (line.text.starts_with("## ") || line.text.starts_with("### "))) {
      end_exercise(line);
      sources = begins_references(line.text);
      if (const Exercise* e = exercise_of(parts.book, line)) {
        open = e;
        ++met;
        page.lines.push_back(
            {fmt::format("{} {{#{}}}", line.text, exercise_anchor(*e)), line.file, line.number});
        page.add_html(facts(parts.book, *e), line);
        continue;
      }
    }
    if (const fs::path table = table_named_in(file, line.text); !table.empty()) {
      include_table(page, parts.book, table, line);
      continue;
    }
    SourceLine shown = line;
    if (const std::string figure = figure_named_in(line.text); !figure.empty()) {
      shown.text = include_figure(line, figure, parts.figures);
    } else if (sources) {
      shown.text = parts.references.with_anchor(line.text, module.number);
    } else if (!visible.empty()) {
      terms.link(shown.text, visible);
      link_exercises(parts.book, shown.text, visible);
      shown.text = parts.references.link(shown, visible, module.number);
    }
    // Doxygen counts the lines of a formula wrongly: it gets each in one
    if (goes_on) {
      page.lines.back().text += " " + shown.text;
    } else {
      page.lines.push_back(std::move(shown));
    }
  }
  prose.end();
  end_exercise(last);
  if (met != module.exercises.size()) {
    throw UserError(fmt::format("{} has {} sections of exercises, and module.toml {} exercises",
                                file.string(), met, module.exercises.size()));
  }
  page.add_html(navigation(parts.book, module, "bottom"), last);
  formulas.insert(formulas.end(), prose.formulas().begin(), prose.formulas().end());
  return page;
}

}  // namespace gradbook
