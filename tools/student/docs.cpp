#include "student/docs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "book/figures.hpp"
#include "student/paragraph.hpp"

namespace gradbook {
namespace {

// What only the page needs, anchors and the signs around formulas, left out; formulas as far as
// letters can tell them
std::string plain(const std::string& line) {
  static const std::pair<std::regex, const char*> kRules[] = {
      {std::regex(R"(\s*\{#[^}]*\})"), ""},
      {std::regex(R"(\\f[$\[\]])"), ""},
      {std::regex(R"(\\(begin|end)\{[a-z]+\})"), ""},
      {std::regex(R"(\\\\)"), "; "},
      {std::regex(R"(&=)"), "="},
      {std::regex(R"(\\hat *(y|\{y\}))"), "ŷ"},
      {std::regex(R"(\\hat *(a|\{a\}))"), "â"},
      {std::regex(R"(\\overline *\{([^{}]*)\})"), "mean($1)"},
      {std::regex(R"(\\overline *([a-z]))"), "mean($1)"},
      {std::regex(R"(\^\{?\\mathsf *\{?T\}?\}?)"), "ᵀ"},
      {std::regex(R"(\\([bB]ig+[lr]|textstyle|displaystyle)(?![a-z]))"), ""},
      {std::regex(R"(\\(text|mathrm|mathsf|mathbb|operatorname)\{([^{}]*)\})"), "$2"},
      {std::regex(R"(\\(,|;|!|quad|qquad|left|right)(?![a-z]))"), " "},
      {std::regex(R"(\^\{([^{} ]*)\})"), "^$1"},
      {std::regex(R"(_\{([^{} ]*)\})"), "_$1"},
      {std::regex(R"(\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\})"), "($1)/($2)"},
      {std::regex(R"(\\[dt]?frac *(\w)(\w))"), "$1/$2"},
      {std::regex(R"(\\sqrt\{([^{}]*)\})"), "√($1)"},
      {std::regex(R"(\\sqrt *(\w))"), "√$1"},
      {std::regex(R"(\\leftarrow)"), "←"},
      {std::regex(R"(\\(right)?(arrow|to)(?![a-z]))"), "→"},
      {std::regex(R"(\\varepsilon|\\epsilon)"), "ε"},
      {std::regex(R"(\\alpha)"), "α"},
      {std::regex(R"(\\beta)"), "β"},
      {std::regex(R"(\\gamma)"), "γ"},
      {std::regex(R"(\\delta)"), "δ"},
      {std::regex(R"(\\eta)"), "η"},
      {std::regex(R"(\\theta)"), "θ"},
      {std::regex(R"(\\kappa)"), "κ"},
      {std::regex(R"(\\lambda)"), "λ"},
      {std::regex(R"(\\mu)"), "μ"},
      {std::regex(R"(\\pi(?![a-z]))"), "π"},
      {std::regex(R"(\\sigma)"), "σ"},
      {std::regex(R"(\\omega)"), "ω"},
      {std::regex(R"(\\Phi)"), "Φ"},
      {std::regex(R"(\\nabla)"), "∇"},
      {std::regex(R"(\\partial)"), "∂"},
      {std::regex(R"(\\sum)"), "Σ"},
      {std::regex(R"(\\cdot)"), "·"},
      {std::regex(R"(\\times)"), "×"},
      {std::regex(R"(\\odot)"), "⊙"},
      {std::regex(R"(\\div)"), "÷"},
      {std::regex(R"(\\approx)"), "≈"},
      {std::regex(R"(\\pm(?![a-z]))"), "±"},
      {std::regex(R"(\\infty)"), "∞"},
      {std::regex(R"(\\leq?(?![a-z]))"), "≤"},
      {std::regex(R"(\\geq?(?![a-z]))"), "≥"},
      {std::regex(R"(\\in(?![a-z]))"), "∈"},
      {std::regex(R"(\\(l|c)?dots)"), "…"},
      {std::regex(R"(\\([a-z]+))"), "$1"},  // \log, \max, …
  };
  std::string text = line;
  for (const auto& [what, by] : kRules) text = std::regex_replace(text, what, by);
  return text;
}

// In place of a picture, what it shows and how to make it; a handout has only the pictures
std::string figure_in_words(const std::vector<Figure>& figures, const std::string& name,
                            std::size_t columns) {
  const auto figure = std::ranges::find(figures, name, &Figure::name);
  const std::string words = figure == figures.end()
                                ? fmt::format("[figure {}]", name)
                                : fmt::format("[figure {}] {}", name, figure->caption);
  std::string text;
  for (const std::string& line : wrapped(words, columns - 4)) text += "    " + line + "\n";
  return text;
}

}  // namespace

std::string docs(const Book& book, const Exercise& e, std::size_t columns) {
  const fs::path shown = fs::path("modules") / e.module / "chapter.md";
  const std::string heading = fmt::format("### {} {}", e.id, e.name);
  std::istringstream lines(read_file(book.root() / shown));
  std::string text, paragraph;
  const std::vector<Figure> figures = read_figures(book);
  int number = 0;
  bool inside = false, code = false;
  const auto end_paragraph = [&] {
    // A new item of a list stands further out than its other lines
    const bool item = paragraph.starts_with("- ");
    bool first = true;
    for (const std::string& line : wrapped(paragraph, columns - (item ? 2 : 0))) {
      text += (item && !first ? "  " : "") + line + "\n";
      first = false;
    }
    paragraph.clear();
  };
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!inside) {
      inside = line.starts_with(heading);
      if (inside) {
        text = fmt::format("{}:{}\n\n{} {}\n{:g} points, {} minutes{}{}\n", shown.string(), number,
                           e.id, e.title, e.points, e.minutes, e.stretch ? ", stretch" : "",
                           e.prerequisites.empty()
                               ? ""
                               : fmt::format(", after {}", fmt::join(e.prerequisites, ", ")));
      }
      continue;
    }
    if (!code && (line.starts_with("## ") || line.starts_with("### "))) break;
    if (line.starts_with("```")) {
      end_paragraph();
      code = !code;
    } else if (code) {
      text += "    " + line + "\n";
    } else if (const std::string name = figure_named_in(line); !name.empty()) {
      end_paragraph();
      text += figure_in_words(figures, name, columns);
    } else if (const fs::path table = table_named_in(shown, line); !table.empty()) {
      end_paragraph();
      text += plain(read_file(book.root() / table));
    } else if (line.empty()) {
      end_paragraph();
      if (!text.ends_with("\n\n")) text += "\n";
    } else if (line.starts_with("|") || line.starts_with("    ")) {
      end_paragraph();
      text += plain(line) + "\n";
    } else {
      if (line.starts_with("- ")) end_paragraph();
      paragraph += (paragraph.empty() ? "" : " ") + plain(line);
    }
  }
  if (!inside) throw UserError(fmt::format("{} has no heading \"{}\"", shown.string(), heading));
  end_paragraph();
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

}  // namespace gradbook
