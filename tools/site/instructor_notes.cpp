#include "site/instructor_notes.hpp"

#include <fmt/format.h>

#include "author/mutants.hpp"

namespace gradbook {

InstructorNotes::InstructorNotes(const Book& book, const Module& module) : book_(book) {
  const fs::path file = fmt::format("docs/instructor/{:02}.md", module.number);
  std::vector<SourceLine>* section = nullptr;
  for (const SourceLine& line : read_lines(book.root(), file)) {
    if (line.text.starts_with("## ")) {
      const std::string id = line.text.substr(3, line.text.find(' ', 3) - 3);
      if (book.find(id) == nullptr) throw error_at(line, fmt::format("{} is no exercise", id));
      section = &notes_[id];
    } else if (section != nullptr) {
      section->push_back(line);
    }
  }
  for (const Exercise& e : module.exercises) {
    if (!notes_.contains(e.id))
      throw UserError(fmt::format("{} has no notes \"## {} {}\"", file.string(), e.id, e.name));
  }
}

void InstructorNotes::add(Page& page, const Exercise& e, const SourceLine& from) const {
  page.add_html(fmt::format("<section class=\"instructor\" aria-label=\"For the instructor of {}\">"
                            "<p class=\"label\">For the instructor</p>",
                            e.id),
                from);
  const auto& notes = notes_.at(e.id);
  page.lines.insert(page.lines.end(), notes.begin(), notes.end());
  std::string mistakes =
      "<p>Common mistakes, each of which the hidden cases fail:</p>\n<ul class=\"mistakes\">\n";
  for (const Mutant& mutant : read_mutants(book_.mutants(e)))
    mistakes += fmt::format("<li>{}</li>\n", html_inline(mutant.says));
  page.add_html(mistakes + "</ul>\n<details class=\"solution\"><summary>The solution</summary>",
                from);
  page.add("~~~{.cpp}", from);
  const fs::path solution = book_.solution(e).lexically_relative(book_.root());
  for (const SourceLine& line : read_lines(book_.root(), solution)) page.lines.push_back(line);
  page.add("~~~", from);
  page.add_html("</details></section>", from);
}

}  // namespace gradbook
