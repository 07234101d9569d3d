#include "site/formulas.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "system/process.hpp"

namespace gradbook {
namespace {

void run_script(const char* says, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "node");
  const Completion completion = run(
      {.arguments = std::move(arguments), .wall = std::chrono::minutes(2), .output_cap = 1 << 16});
  if (!completion.ok()) throw UserError(fmt::format("{}:\n{}", says, completion.output));
}

}  // namespace

void check_formulas(const fs::path& book, const std::vector<Formula>& formulas,
                    const SiteTools& tools, const fs::path& work) {
  auto list = nlohmann::json::array();
  for (const Formula& formula : formulas) {
    list.push_back({{"tex", formula.tex},
                    {"display", formula.display},
                    {"file", formula.from.file},
                    {"line", formula.from.number}});
  }
  const fs::path file = work / "formulas.json";
  write_atomically(file, list.dump());
  run_script("formulas that do not parse", {(book / "docs/site/formulas.js").string(), "check",
                                            tools.katex.string(), file.string()});
}

void finish_pages(const fs::path& book, const fs::path& site, const SiteTools& tools) {
  run_script("the pages could not be finished", {(book / "docs/site/formulas.js").string(),
                                                 "render", tools.katex.string(), site.string()});
  run_script("the search could not be made", {(book / "docs/site/texts.js").string(), site.string(),
                                              (book / "docs/site/search.js").string()});
  fs::create_directories(site / "katex" / "fonts");
  fs::copy_file(tools.katex / "katex.min.css", site / "katex" / "katex.min.css",
                fs::copy_options::overwrite_existing);
  for (const auto& font : fs::directory_iterator(tools.katex / "fonts")) {
    if (font.path().extension() == ".woff2")
      fs::copy_file(font.path(), site / "katex" / "fonts" / font.path().filename(),
                    fs::copy_options::overwrite_existing);
  }
}

void check_pages(const fs::path& book, const fs::path& site) {
  run_script("pages with faults", {(book / "docs/site/check.js").string(), site.string()});
}

}  // namespace gradbook
