#include "student/show.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <regex>

#include "student/paragraph.hpp"
#include "student/pictures.hpp"
#include "student/run_module.hpp"
#include "system/folder.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

void run_quietly(const Workshop& workshop, const ShowOptions& options) {
  std::error_code ignored;
  for (const char* kind : {".dot", ".tsv"}) {  // old ones must not pass for new ones
    for (const fs::path& old : files_with(options.out, kind)) fs::remove(old, ignored);
  }
  const int left = run_module(
      workshop, {options.exercise->module, options.workbook, options.out, /*quiet=*/true});
  if (left != 0) throw UserError("without the program's end there is nothing to draw");
}

struct Node {
  std::string text;                 // "f = +, value 50.3, grad 1"
  std::vector<std::string> inputs;  // names
  std::vector<std::string> edges;   // names with what stands on the edge: "n3 (10, 2)"
  std::size_t layer = 0;            // the longest way from a leaf
};

std::string replaced_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::string graph_as_text(const std::string& dot, std::size_t columns) {
  static const std::regex node_line(R"re(^\s*(\w+) \[label="((?:[^"\\]|\\.)*)")re");
  static const std::regex edge_line(R"re(^\s*(\w+) -> (\w+)(?: \[label="\s*([^"]+)")?)re");
  std::map<std::string, Node> nodes;
  std::vector<std::string> names;
  std::istringstream lines(dot);
  std::smatch match;
  for (std::string line; std::getline(lines, line);) {
    if (std::regex_search(line, match, node_line)) {
      std::string text = replaced_all(match[2], "\\n", "  ");
      text = replaced_all(replaced_all(std::move(text), "\\\"", "\""), "\\\\", "\\");
      nodes[match[1]].text = std::move(text);
      names.push_back(match[1]);
    } else if (std::regex_search(line, match, edge_line)) {
      nodes[match[2]].inputs.push_back(match[1]);
      nodes[match[2]].edges.push_back(match[1].str() +
                                      (match[3].matched ? " " + match[3].str() : ""));
    }
  }
  if (names.empty()) throw UserError("there is no node in the graph: ./gradbook check 2.11");

  // A node's layer is one above its highest input's; as many rounds as there are nodes are enough
  for (std::size_t round = 0, changed = 1; round < names.size() && changed > 0; ++round) {
    changed = 0;
    for (auto& [name, node] : nodes) {
      for (const std::string& input : node.inputs) {
        if (nodes[input].layer >= node.layer) node.layer = nodes[input].layer + 1, ++changed;
      }
    }
  }
  std::ranges::stable_sort(names, {}, [&](const std::string& name) { return nodes[name].layer; });

  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Node& node = nodes[names[i]];
    const bool first = i == 0 || nodes[names[i - 1]].layer != node.layer;
    if (first) text += node.layer == 0 ? "leaves\n" : fmt::format("↓ step {}\n", node.layer);
    std::string line = fmt::format("  {:<4}{}", names[i], node.text);
    if (!node.edges.empty()) line += fmt::format("  ← {}", fmt::join(node.edges, ", "));
    text += shortened(line, columns) + "\n";
  }
  return text;
}

int show_graph(const Workshop& workshop, const ShowOptions& options) {
  run_quietly(workshop, options);
  const auto graphs = files_with(options.out, ".dot");
  if (graphs.empty()) {
    throw UserError(
        fmt::format("the program of module {} draws no graph: ./gradbook show plot {} shows its "
                    "curves",
                    options.exercise->module, options.exercise->id));
  }
  for (const fs::path& graph : graphs) {
    fmt::print("{}", graph_as_text(read_file(graph), options.columns - 1));
    const fs::path picture = fs::path(graph).replace_extension(".svg");
    fmt::print("{}\n", picture.string());
    open_picture(picture);
  }
  return 0;
}

int show_plot(const Workshop& workshop, const ShowOptions& options) {
  run_quietly(workshop, options);
  const auto scripts = files_with(
      workshop.book().root() / "modules" / options.exercise->module / "figures", ".gnuplot");
  if (scripts.empty())
    throw UserError(fmt::format("module {} draws no curves", options.exercise->module));
  for (const fs::path& script : scripts) {
    // The figure's own script, but for where it draws: letters in place of SVG
    std::string letters = fmt::format("set encoding utf8\nset terminal dumb noenhanced {} {}\n",
                                      std::min<std::size_t>(options.columns - 1, 100), 20);
    std::istringstream lines(read_file(script));
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("set terminal") && !line.starts_with("set output"))
        letters += line + "\n";
    }
    const fs::path drawn = options.out / script.filename();
    write_atomically(drawn, letters);
    const Completion completion =
        run({.arguments = {"gnuplot", "-e", fmt::format("folder='{}'", options.out.string()),
                           drawn.string()},
             .wall = std::chrono::seconds(30)});
    if (!completion.ok())
      throw UserError(fmt::format("{} could not be drawn: {}", script.string(), completion.output));
    const fs::path picture = (options.out / script.filename()).replace_extension(".svg");
    fmt::print("{}{}\n", completion.output, picture.string());
    open_picture(picture);
  }
  return 0;
}

std::string show_tests(const Book& book, const Exercise& e, std::size_t columns) {
  const std::string source = read_file(book.public_tests(e));
  static const std::regex test(R"(TEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\s*\))");
  static const std::regex sentence(R"re(<<\s*((?:"(?:[^"\\]|\\.)*"\s*)+))re");
  static const std::regex seam(R"re("\s*")re");

  std::string text = fmt::format("{} {}: public tests\n", e.id, e.name);
  for (std::sregex_iterator i(source.begin(), source.end(), test), end; i != end; ++i) {
    const auto next = std::next(i);
    const auto begin = (*i)[0].second, stop = next == end ? source.cend() : (*next)[0].first;
    text += fmt::format("\n{}.{}\n", (*i)[1].str(), (*i)[2].str());
    std::smatch said;
    if (!std::regex_search(begin, stop, said, sentence)) continue;
    std::string words = std::regex_replace(said[1].str(), seam, "");
    words = words.substr(1, words.rfind('"') - 1);
    words.erase(0, words.find_first_not_of(":, "));  // where it goes on from a value
    for (const std::string& line : wrapped(words, columns - 3)) text += "  " + line + "\n";
  }
  return text + fmt::format("\none alone: ./gradbook check {} --test NAME\n", e.id);
}

}  // namespace gradbook
