#include "site/site_tools.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "system/process.hpp"

namespace gradbook {
namespace {

MissingTool missing(const char* what, const char* package) {
  return MissingTool(
      fmt::format("the site needs {}, which is not here: install the Debian package {} "
                  "(apt-get install {}), or run ./gradbook again as one who may install packages",
                  what, package, package));
}

std::string version(const char* program, const char* option, const char* package) {
  const Completion completion =
      run({.arguments = {program, option}, .wall = std::chrono::seconds(30)});
  if (!completion.started) throw missing(program, package);
  if (!completion.ok())
    throw UserError(fmt::format("{} {} failed: {}", program, option, completion.output));
  return completion.output;
}

}  // namespace

SiteTools find_site_tools() {
  const char* share = std::getenv("GRADBOOK_SHARE");
  const fs::path root = share != nullptr ? share : "/usr/share";
  SiteTools tools{root / "javascript" / "katex", root / "doxygen-awesome-css", ""};
  tools.versions += version("doxygen", "--version", "doxygen");
  tools.versions += version("dot", "-V", "graphviz");
  tools.versions += version("node", "--version", "nodejs");
  if (!fs::exists(tools.katex / "katex.js")) throw missing("KaTeX", "libjs-katex");
  if (!fs::exists(tools.katex / "fonts" / "KaTeX_Main-Regular.woff2"))
    throw missing("KaTeX's fonts", "fonts-katex");
  if (!fs::exists(tools.theme / "doxygen-awesome.css"))
    throw missing("the theme", "doxygen-awesome-css");
  tools.versions += digest(read_file(tools.katex / "katex.js"));
  return tools;
}

}  // namespace gradbook
