#include "site/exercise_notes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "site/chapters.hpp"
#include "site/contract.hpp"
#include "site/prose.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kShort = 30;  // lines of a contract that stands open

std::string links(const Book& book, const std::vector<std::string>& ids) {
  std::string html;
  for (const std::string& id : ids) {
    const Exercise& e = *book.find(id);
    html += (html.empty() ? "" : ", ") + linked(book, e, fmt::format("{} {}", id, e.name));
  }
  return html;
}

// A path that may be broken behind its slashes and underscores
std::string breakable(const fs::path& path) {
  std::string html;
  for (const char c : path.string())
    html += c == '/' || c == '_' ? std::string{c} + "<wbr/>" : std::string{c};
  return html;
}

}  // namespace

std::string effort(int minutes) {
  const int hours = minutes / 60, rest = minutes % 60;
  std::string text = "about";
  if (hours > 0) text += fmt::format(" {} hour{}", hours, hours == 1 ? "" : "s");
  if (rest > 0) text += fmt::format(" {} minutes", rest);
  return text;
}

std::string points(double points) {
  return fmt::format("{:g} point{}", points, points == 1 ? "" : "s");
}

std::string exercise_anchor(const Exercise& exercise) {
  std::string anchor = "exercise_" + exercise.id;
  std::ranges::replace(anchor, '.', '_');
  return anchor;
}

std::string link_to(const Exercise& exercise) {
  return fmt::format("chapter_{}.html#{}", exercise.module.substr(0, 2), exercise_anchor(exercise));
}

std::string linked(const Book& book, const Exercise& exercise, const std::string& says) {
  return has_chapter(book, exercise)
             ? fmt::format("<a class=\"exercise\" href=\"{}\">{}</a>", link_to(exercise), says)
             : fmt::format("<span class=\"exercise\">{}</span>", says);
}

void link_exercises(const Book& book, std::string& text, std::string& prose) {
  static const std::regex kNamed(R"([Ee]xercises? (\d+\.\d+))");
  std::smatch match;
  while (std::regex_search(prose, match, kNamed)) {
    const std::string said = match.str();
    const Exercise* e = book.find(match[1].str());
    const std::string link = e == nullptr || !has_chapter(book, *e)
                                 ? said
                                 : fmt::format("[{}](@ref {})", said, exercise_anchor(*e));
    replace_part(text, prose, static_cast<std::size_t>(match.position()), said.size(), link);
  }
}

std::string facts(const Book& book, const Exercise& e) {
  std::string html = "<dl class=\"facts\">\n";
  const auto fact = [&](const char* name, const std::string& value, const char* width = "narrow") {
    html += fmt::format("<div class=\"{}\"><dt>{}</dt><dd>{}</dd></div>\n", width, name, value);
  };
  fact("Worth", points(e.points) + (e.stretch ? ", as a stretch exercise" : ""));
  fact("Takes", effort(e.minutes));
  fact("Comes after", e.prerequisites.empty() ? "no other exercise" : links(book, e.prerequisites),
       "after");
  fact("Check it", fmt::format("<code>./gradbook check {}</code>", e.id), "command");
  fact("Your file", fmt::format("<code>{}</code>", breakable(Book::stub_path(e))), "file");
  fact("Teaches that", html_inline(e.learnt), "wide");
  return html + "</dl>";
}

void add_contract_and_hints(Page& page, const Book& book, const Exercise& e,
                            const SourceLine& from) {
  for (const Contract& contract : contracts(book, e)) {
    const std::string name = contract.header.lexically_relative("modules").string();
    page.add_html(
        fmt::format(
            "<details class=\"contract\"{}><summary>What <code>{}</code> says of it</summary>",
            contract.lines.size() <= kShort ? " open" : "", name),
        from);
    page.add("~~~{.cpp}", from);
    page.lines.insert(page.lines.end(), contract.lines.begin(), contract.lines.end());
    page.add("~~~", from);
    page.add_html("</details>", from);
  }
  static const char* const kNames[] = {"A nudge", "The idea", "Almost the answer"};
  std::string hints =
      fmt::format("<div class=\"hints\" role=\"group\" aria-label=\"Hints for {}\">\n", e.id);
  for (std::size_t i = 0; i < e.hints.size(); ++i) {
    hints +=
        fmt::format("<details class=\"hint\"><summary>Hint {}: {}</summary><p>{}</p></details>\n",
                    i + 1, kNames[i], html_inline(e.hints[i]));
  }
  page.add_html(hints + "</div>", from);
}

}  // namespace gradbook
