#include "book/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "book/toml_reader.hpp"

namespace gradbook {
namespace {

Figure read_figure(TomlReader& toml, const Book& book, const fs::path& shown) {
  Figure figure;
  figure.name = toml.text("name");
  figure.program = toml.text("program");
  figure.drawing = toml.text("drawing");
  figure.controls = toml.text_or("controls", "");
  figure.title = toml.text("title");
  figure.caption = toml.text("caption");
  figure.alt = toml.text("alt");
  const std::string where = toml.where("name");
  figure.where = shown.string() + where.substr(where.rfind(':'));

  static const std::regex kName("[a-z][a-z0-9_]*");
  if (!std::regex_match(figure.name, kName))
    throw toml.error("name", fmt::format("\"{}\" must be of small letters, digits and _, for it "
                                         "becomes an id in a page",
                                         figure.name));
  const auto require = [&](const char* key, const fs::path& path) {
    if (!fs::exists(book.root() / path))
      throw toml.error(key, fmt::format("there is no {}: is it spelt right?", path.string()));
  };
  require("program", figure.program);
  if (figure.drawing != "dot") require("drawing", figure.drawing);
  if (!figure.controls.empty()) require("controls", figure.controls);
  const std::string module = toml.text("module");
  try {
    figure.module = book.module(module).directory;
  } catch (const UserError& error) {
    throw toml.error("module", error.what());
  }
  toml.refuse_others();
  return figure;
}

}  // namespace

std::vector<Figure> read_figures(const Book& book) {
  const fs::path shown = "docs/figures/figures.toml", path = book.root() / shown;
  std::vector<Figure> figures;
  if (!fs::exists(path)) return figures;
  const toml::table table = parse_toml(path);
  TomlReader toml(table, path);
  for (TomlReader& entry : toml.tables("figure")) {
    Figure figure = read_figure(entry, book, shown);
    if (std::ranges::count(figures, figure.name, &Figure::name) > 0)
      throw entry.error("name", fmt::format("two figures are called {}", figure.name));
    figures.push_back(std::move(figure));
  }
  toml.refuse_others();
  return figures;
}

std::string figure_named_in(const std::string& line) {
  static const std::regex kLine(R"(\s*[\\@]figure\{([^}]*)\}\s*)");
  std::smatch match;
  return std::regex_match(line, match, kLine) ? match[1].str() : "";
}

fs::path table_named_in(const fs::path& chapter, const std::string& line) {
  static const std::regex kLine(R"(\s*[\\@]table\{([a-z_]+)\}\s*)");
  std::smatch match;
  if (!std::regex_match(line, match, kLine)) return {};
  return chapter.parent_path() / "tables" / (match[1].str() + ".md");
}

}  // namespace gradbook
