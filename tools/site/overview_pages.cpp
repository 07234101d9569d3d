#include "site/overview_pages.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "book/toml_reader.hpp"
#include "site/chapters.hpp"
#include "site/exercise_notes.hpp"

namespace gradbook {
namespace {

constexpr const char* kCourse = "docs/site/course.toml";

const Module* here(const Book& book, int number) {
  const auto modules = chapters(book);
  const auto found = std::ranges::find(modules, number, &Module::number);
  return found == modules.end() ? nullptr : *found;
}

std::string item(const Module& module) {
  double all = 0;
  int minutes = 0;
  for (const Exercise& e : module.exercises) {
    all += e.points;
    minutes += e.minutes;
  }
  return fmt::format(
      "<li class=\"here\"><h2><a href=\"chapter_{:02}.html\">{} {}</a></h2><p>{}</p><p "
      "class=\"state\">{} exercises, {}, {}</p></li>\n",
      module.number, module.number, html_inline(module.title), html_inline(module.goal),
      module.exercises.size(), points(all), effort(minutes));
}

}  // namespace

Page front_page(const Book& book) {
  Page page{"index.md", read_lines(book.root(), "docs/site/index.md")};
  for (SourceLine& line : page.lines) line.text = without_absent_chapters(book, line.text);
  const toml::table table = parse_toml(book.root() / kCourse);
  TomlReader toml(table, book.root() / kCourse);
  std::string html = "<ol class=\"map\">\n";
  std::vector<int> planned;
  for (TomlReader& entry : toml.tables("module")) {
    const int number = entry.whole_number("number", 0, 99);
    const std::string title = entry.text("title"), goal = entry.text("goal");
    entry.refuse_others();
    planned.push_back(number);
    const Module* module = here(book, number);
    html += module != nullptr
                ? item(*module)
                : fmt::format(
                      "<li class=\"planned\"><h2>{} {}</h2><p>{}</p><p class=\"state\">Not in "
                      "this book yet</p></li>\n",
                      number, html_inline(title), html_inline(goal));
  }
  toml.refuse_others();
  for (const Module& module : book.modules()) {
    if (std::ranges::count(planned, module.number) == 0)
      throw UserError(
          fmt::format("{}: module {} is in the book but not on the map", kCourse, module.number));
  }
  const SourceLine from{"", kCourse, 1};
  page.add("\n## The whole course {#course_map}\n", from);
  page.add_html(html + "</ol>", from);
  return page;
}

Page exercise_index(const Book& book) {
  const SourceLine from{"", "modules", 1};
  Page page{"exercises.md", {}};
  page.add("# All exercises {#exercises}\n", from);
  for (const Module* module : chapters(book)) {
    page.add(fmt::format("\n## {} {} {{#exercises_{:02}}}\n", module->number, module->title,
                         module->number),
             from);
    std::string html =
        "<table class=\"exercises\"><thead><tr><th scope=\"col\">Exercise</th><th "
        "scope=\"col\">Points</th>"
        "<th scope=\"col\">Minutes</th><th scope=\"col\">Comes after</th></tr></thead>\n<tbody>\n";
    for (const Exercise& e : module->exercises) {
      std::string after;
      for (const std::string& id : e.prerequisites)
        after += (after.empty() ? "" : ", ") + linked(book, *book.find(id), id);
      html += fmt::format(
          "<tr><th scope=\"row\"><a href=\"{}\">{} "
          "<code>{}</code></a><br/>{}{}</th><td>{:g}</td><td>{}</td><td>{}</td></tr>\n",
          link_to(e), e.id, e.name, html_inline(e.title), e.stretch ? " (stretch)" : "", e.points,
          e.minutes, after.empty() ? "none" : after);
    }
    page.add_html(html + "</tbody></table>", from);
  }
  return page;
}

}  // namespace gradbook
