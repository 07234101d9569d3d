#include "author/figures/make_figures.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <map>

#include "author/figures/figure_page.hpp"
#include "author/figures/inline_svg.hpp"
#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

// The files directly in `folder` with one of these endings, in order
void add_files(std::vector<fs::path>& files, const fs::path& folder,
               std::initializer_list<const char*> endings) {
  std::error_code none;
  const std::size_t before = files.size();
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (std::ranges::count(endings, entry.path().extension()) > 0) files.push_back(entry.path());
  }
  std::sort(files.begin() + static_cast<std::ptrdiff_t>(before), files.end());
}

// What a figure is made from. More than a compiler would say: to make one in vain takes a second
std::string key_of(const Book& book, const Figure& figure) {
  const fs::path& root = book.root();
  std::vector<fs::path> files = {root / figure.program};
  add_files(files, root / "docs/figures", {".hpp"});
  add_files(files, root / "tools/author/figures", {".cpp", ".hpp"});
  add_files(files, root / "modules/00_course", {".cpp", ".hpp"});
  for (const Module& module : book.modules()) {
    if (module.directory > figure.module) continue;
    add_files(files, root / "modules" / module.directory, {".cpp", ".hpp"});
    add_files(files, root / "solutions" / module.directory, {".cpp"});
  }
  if (figure.drawing != "dot") files.push_back(root / figure.drawing);
  if (!figure.controls.empty()) add_files(files, root / figure.controls, {".css", ".html", ".js"});

  std::string text =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n", figure.name, figure.module, figure.drawing,
                  figure.controls, figure.title, figure.caption, figure.alt);
  for (const fs::path& file : files)
    text += fmt::format("{} {}\n", file.lexically_relative(root).string(), digest(read_file(file)));
  return digest(text);
}

// Two who want the same figures: the second finds them made
Lock take_turns(const Workshop& workshop) { return Lock(workshop.build() / "figures"); }

fs::path key_file(const Figure& figure, const fs::path& out) {
  return out / (figure.name + ".key");
}

[[noreturn]] void fail(const Figure& figure, const std::string& what, const std::string& said) {
  throw UserError(fmt::format("{}: figure {}: {}{}{}", figure.where, figure.name, what,
                              said.empty() ? "" : ":\n", said));
}

// Runs the figure's program in a folder of its own. @returns that folder
fs::path run_program(const Workshop& workshop, const Figure& figure) {
  const fs::path folder =
      workshop.build() / "figures" / digest(figure.program.string()).substr(0, 12);
  Linked linked;
  try {
    linked = workshop.link_program(figure.program, workshop.book().module(figure.module), folder);
  } catch (const UserError& error) {
    fail(figure, fmt::format("{} does not build", figure.program.string()), error.what());
  }
  if (!linked.ok)
    fail(figure, fmt::format("{} does not link", figure.program.string()), linked.messages);

  const fs::path left = folder / "left";
  fs::remove_all(left);
  fs::create_directories(left);
  const Completion completion =
      run({.arguments = {linked.program.string(), left.string()}, .wall = 60s});
  if (!completion.ok())
    fail(figure,
         fmt::format("{} {}", figure.program.string(),
                     completion.timed_out ? "did not end within a minute"
                     : completion.signal != 0
                         ? fmt::format("died of signal {}", completion.signal)
                         : fmt::format("gave up with exit status {}", completion.exit_status)),
         completion.output);
  return left;
}

// What dot or gnuplot makes of the files that the program left
std::string drawn(const Workshop& workshop, const Figure& figure, const fs::path& left) {
  const fs::path picture = left / (figure.name + ".svg"), graph = left / (figure.name + ".dot");
  std::vector<std::string> command;
  if (figure.drawing == "dot") {
    if (!fs::exists(graph))
      fail(figure, fmt::format("{} left no {}", figure.program.string(), graph.filename().string()),
           "");
    command = {"dot", "-Tsvg", "-Gbgcolor=transparent", graph.string(), "-o", picture.string()};
  } else {
    command = {"gnuplot", "-e", fmt::format("folder='{}'", left.string()),
               (workshop.book().root() / figure.drawing).string()};
  }
  const Completion completion = run({.arguments = command, .wall = 30s});
  if (!completion.started)
    fail(figure, fmt::format("{} is not installed, and draws it", command.front()), "");
  if (!completion.ok() || !fs::exists(picture))
    fail(figure, fmt::format("{} could not draw it", command.front()), completion.output);
  return read_file(picture);
}

}  // namespace

std::vector<std::string> stale_figures(const Book& book, const std::vector<Figure>& figures,
                                       const fs::path& out) {
  std::vector<std::string> stale;
  for (const Figure& figure : figures) {
    bool fresh = fs::exists(key_file(figure, out)) &&
                 read_file(key_file(figure, out)) == key_of(book, figure);
    for (const char* ending : {".svg", ".html"})
      fresh = fresh && fs::exists(out / (figure.name + ending));
    if (!fresh) stale.push_back(figure.name);
  }
  return stale;
}

void make_figures(const Workshop& workshop, const std::vector<Figure>& figures,
                  const fs::path& out) {
  std::map<fs::path, fs::path> left_by;  // program: the folder with what it left
  for (const Figure& figure : figures) {
    const std::string key = key_of(workshop.book(), figure);
    std::error_code ignored;
    fs::remove(key_file(figure, out), ignored);  // one that fails below is stale
    auto left = left_by.find(figure.program);
    if (left == left_by.end())
      left = left_by.emplace(figure.program, run_program(workshop, figure)).first;

    const std::string svg = inline_svg(drawn(workshop, figure, left->second), figure);
    write_atomically(out / (figure.name + ".svg"), svg);
    if (figure.controls.empty()) {
      write_atomically(out / (figure.name + ".html"), figure_element(figure, svg));
    } else {
      const fs::path data = left->second / (figure.name + ".json");
      if (!fs::exists(data))
        fail(figure,
             fmt::format("{} left no {}", figure.program.string(), data.filename().string()), "");
      const std::string element = interactive_element(figure, svg, read_file(data),
                                                      workshop.book().root() / figure.controls);
      write_atomically(out / (figure.name + ".json"), read_file(data));
      write_atomically(out / (figure.name + ".html"), element);
      write_atomically(out / (figure.name + "_page.html"), page_around(figure, element));
    }
    write_atomically(key_file(figure, out), key);
  }
}

void make_stale_figures(const Workshop& workshop, const std::vector<Figure>& figures,
                        const fs::path& out) {
  const Lock turn = take_turns(workshop);
  const auto stale = stale_figures(workshop.book(), figures, out);
  std::vector<Figure> wanted;
  std::ranges::copy_if(figures, std::back_inserter(wanted), [&](const Figure& figure) {
    return std::ranges::count(stale, figure.name) > 0;
  });
  make_figures(workshop, wanted, out);
}

int figures_command(const Workshop& workshop, const FiguresCommand& command) {
  const std::vector<Figure> all = read_figures(workshop.book());
  for (const std::string& name : command.names) {
    if (std::ranges::count(all, name, &Figure::name) == 0)
      throw UserError(fmt::format("there is no figure {} in docs/figures/figures.toml", name));
  }
  const Lock turn = take_turns(workshop);
  const auto stale = stale_figures(workshop.book(), all, command.out);
  if (command.check) {
    for (const Figure& figure : all) {
      if (std::ranges::count(stale, figure.name) > 0)
        fmt::print("{}: figure {} is stale: {}\n", figure.where, figure.name, figure.command());
    }
    fmt::print("{} of {} figures are stale\n", stale.size(), all.size());
    return stale.empty() ? 0 : 1;
  }
  std::vector<Figure> wanted;
  for (const Figure& figure : all) {
    if (std::ranges::count(command.names.empty() ? stale : command.names, figure.name) > 0)
      wanted.push_back(figure);
  }
  make_figures(workshop, wanted, command.out);
  for (const Figure& figure : wanted)
    fmt::print("{}\n", (command.out / (figure.name + ".svg")).string());
  fmt::print("{} of {} figures made, in {}\n", wanted.size(), all.size(), command.out.string());
  return 0;
}

}  // namespace gradbook
