// The command line of module 09's program.
#include "09_cuda/main_options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>

#include "09_cuda/rungs.hpp"

namespace gradbook {
namespace {

std::string size_or_sentence(const std::string& text) {
  int size = 0;
  if (CLI::detail::lexical_cast(text, size) && size >= 1 && size <= 1024) return "";
  return fmt::format("{} is no whole number from 1 to 1024: the emulator is slow", text);
}

std::string rung_or_sentence(const std::string& text) {
  std::string names;
  for (const Rung& rung : rungs()) {
    if (text == rung.name) return "";
    names += fmt::format("{}{}", names.empty() ? "" : ", ", rung.name);
  }
  return fmt::format("{} is no rung; there are {}", text, names);
}

}  // namespace

std::optional<LadderOptions> parse_ladder_options(int argc, char** argv) {
  LadderOptions o;
  o.folder = argc > 1 ? argv[1] : ".";
  CLI::App app("Climbs the ladder of matrix products, and counts what each rung asks of memory.",
               "run 09");
  app.add_option("--size", o.size, "rows and columns of the matrices")
      ->check(CLI::Validator(size_or_sentence, ""));
  app.add_option("--rung", o.rung, "one rung alone, such as tiled")
      ->check(CLI::Validator(rung_or_sentence, ""));
  try {
    if (argc > 2) app.parse(argc - 1, argv + 1);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return {};
  } catch (const CLI::ParseError& error) {
    throw LadderRefusal(error.what());
  }
  return o;
}

}  // namespace gradbook
