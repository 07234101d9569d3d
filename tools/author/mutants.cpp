#include "author/mutants.hpp"

#include <fmt/format.h>

#include "book/toml_reader.hpp"

namespace gradbook {

std::vector<Mutant> read_mutants(const fs::path& path) {
  const toml::table table = parse_toml(path);
  TomlReader toml(table, path);
  std::vector<Mutant> mutants;
  for (TomlReader& entry : toml.tables("mutant")) {
    mutants.push_back(
        {entry.text("name"), entry.text("says"), entry.text("replace"), entry.text("with")});
    entry.refuse_others();
  }
  toml.refuse_others();
  return mutants;
}

std::string apply(const Mutant& mutant, const std::string& solution) {
  const std::size_t at = mutant.replace.empty() ? std::string::npos : solution.find(mutant.replace);
  if (at == std::string::npos)
    throw UserError(fmt::format("mutant {}: what it replaces is not in the solution", mutant.name));
  if (solution.find(mutant.replace, at + 1) != std::string::npos) {
    throw UserError(
        fmt::format("mutant {}: what it replaces is in the solution more than once", mutant.name));
  }
  std::string text = solution;
  return text.replace(at, mutant.replace.size(), mutant.with);
}

}  // namespace gradbook
