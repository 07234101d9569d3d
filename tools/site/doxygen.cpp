#include "site/doxygen.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr const char* kStyles[] = {"doxygen-awesome.css", "doxygen-awesome-sidebar-only.css",
                                   "doxygen-awesome-sidebar-only-darkmode-toggle.css"};
constexpr const char* kScripts[] = {"doxygen-awesome-darkmode-toggle.js",
                                    "doxygen-awesome-interactive-toc.js",
                                    "doxygen-awesome-paragraph-link.js"};
constexpr const char* kOurs[] = {"Doxyfile",    "style.css",      "head.html",
                                 "footer.html", "navigation.xml", "favicon.svg"};

void must_run(const std::vector<std::string>& arguments, const fs::path& folder) {
  const Completion completion = run({.arguments = arguments, .directory = folder.string()});
  if (!completion.ok())
    throw UserError(fmt::format("{} {} failed: {}", arguments[0], arguments[1], completion.output));
}

// A copy that is only written where it differs, with `from` replaced by `to`
std::string replaced_once(const std::string& text, const std::string& from, const std::string& to,
                          const fs::path& file) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos)
    throw UserError(
        fmt::format("{} of this Doxygen has no \"{}\": the site is known to work with 1.9.4",
                    file.string(), from));
  return std::string(text).replace(at, from.size(), to);
}

// Header and layout are those of the Doxygen that is installed, with what is ours put in
void write_frame(const SiteInput& input) {
  must_run({"doxygen", "-w", "html", "header.html", "unused_footer.html", "unused_style.css"},
           input.work);
  must_run({"doxygen", "-l", "layout.xml"}, input.work);
  const fs::path header = input.work / "header.html", layout = input.work / "layout.xml",
                 ours = input.book / "docs/site";
  std::string text = read_file(header);
  text = replaced_once(text, "$mathjax", read_file(ours / "head.html"), header);
  text = replaced_once(text, "<html xmlns=", "<html lang=\"en-GB\" xmlns=", header);
  text =
      replaced_once(text, "<body>",
                    "<body>\n<a class=\"skip\" href=\"#doc-content\">Skip to the text</a>", header);
  write_atomically(header, text);
  text = read_file(layout);
  const std::size_t begin = text.find("<navindex>"), end = text.find("</navindex>");
  if (begin == std::string::npos || end == std::string::npos)
    throw UserError(fmt::format("{} has no navindex", layout.string()));
  write_atomically(layout,
                   text.replace(begin, end + 11 - begin, read_file(ours / "navigation.xml")));
}

void write_configuration(const SiteInput& input, const SiteTools& tools) {
  const fs::path ours = input.book / "docs/site";
  std::string text = read_file(ours / "Doxyfile");
  const auto set = [&](const char* key, const std::string& value) {
    text += fmt::format("{} = \"{}\"\n", key, value);
  };
  const auto add = [&](const char* key, const fs::path& value) {
    text += fmt::format("{} += \"{}\"\n", key, value.string());
  };
  text += "\n";
  set("PROJECT_BRIEF", input.brief);
  set("OUTPUT_DIRECTORY", input.work.string());
  set("STRIP_FROM_PATH", (input.work / "in").string());
  set("STRIP_FROM_INC_PATH", (input.work / "in").string());
  set("EXAMPLE_PATH", input.figures.string());
  set("HTML_HEADER", (input.work / "header.html").string());
  set("HTML_FOOTER", (ours / "footer.html").string());
  set("LAYOUT_FILE", (input.work / "layout.xml").string());
  set("GENERATE_TAGFILE", (input.work / "symbols.xml").string());
  set("USE_MDFILE_AS_MAINPAGE", (input.work / "in/index.md").string());
  for (const Page& page : input.pages) add("INPUT", input.work / "in" / page.name);
  for (const char* style : kStyles) add("HTML_EXTRA_STYLESHEET", tools.theme / style);
  add("HTML_EXTRA_STYLESHEET", ours / "style.css");
  for (const char* script : kScripts) add("HTML_EXTRA_FILES", tools.theme / script);
  add("HTML_EXTRA_FILES", ours / "favicon.svg");
  write_atomically(input.work / "Doxyfile", text);
}

// "…/in/chapter_02.md:31: warning: …" as "modules/02_scalar/chapter.md:12: …"
std::string in_words_of_sources(const std::string& complaint, const SiteInput& input) {
  static const std::regex kPlace(R"((/[^:]*):(\d+): (warning: |error: )?(.*))");
  std::smatch match;
  if (!std::regex_match(complaint, match, kPlace)) return complaint;
  const fs::path name = fs::path(match[1].str()).lexically_relative(input.work / "in");
  const auto page = std::ranges::find(input.pages, name.string(), &Page::name);
  const auto number = std::stoul(match[2]);
  if (page == input.pages.end() || page->lines.empty()) return complaint;
  const SourceLine& line = page->lines[std::clamp<std::size_t>(number, 1, page->lines.size()) - 1];
  return fmt::format("{}:{}: {}", line.file, line.number, match[4].str());
}

}  // namespace

std::string key_of(const SiteInput& input, const SiteTools& tools) {
  static const std::string program = digest(read_file("/proc/self/exe"));  // it makes the pages
  std::string all = input.edition + input.brief + tools.versions + program;
  for (const Page& page : input.pages) all += page.name + "\n" + page.text();
  for (const char* file : kOurs) all += read_file(input.book / "docs/site" / file);
  for (const char* style : kStyles) all += read_file(tools.theme / style);
  std::error_code none;
  std::vector<fs::path> figures;
  for (const auto& entry : fs::directory_iterator(input.figures, none))
    figures.push_back(entry.path());
  std::ranges::sort(figures);
  for (const fs::path& figure : figures) {
    if (fs::is_regular_file(figure)) all += figure.filename().string() + read_file(figure);
  }
  return digest(all);
}

void run_doxygen(const SiteInput& input, const SiteTools& tools) {
  for (const Page& page : input.pages) write_atomically(input.work / "in" / page.name, page.text());
  write_frame(input);
  write_configuration(input, tools);
  const Completion completion = run({.arguments = {"doxygen", "Doxyfile"},
                                     .directory = input.work.string(),
                                     .wall = std::chrono::minutes(5),
                                     .output_cap = 1 << 20});
  std::string complaints;
  const fs::path log = input.work / "complaints.txt";
  std::istringstream lines(fs::exists(log) ? read_file(log) : "");
  int count = 0;
  std::set<std::string> said;  // Doxygen repeats itself
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || !said.insert(line).second) continue;
    if (++count <= 40) complaints += "\n  " + in_words_of_sources(line, input);
  }
  if (count > 0)
    throw UserError(fmt::format("Doxygen has {} complaints about the {}'s edition:{}", count,
                                input.edition, complaints));
  if (!completion.ok()) throw UserError(fmt::format("Doxygen failed: {}", completion.output));
}

}  // namespace gradbook
