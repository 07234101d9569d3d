#include "tools/site_copy.hpp"

#include "book/book.hpp"

namespace gradbook {

SiteCopy::SiteCopy() {
  const auto take = [&](const fs::path& part) {
    fs::create_directories((root() / part).parent_path());
    fs::copy(root_folder() / part, root() / part, fs::copy_options::recursive);
  };
  for (const char* part : {"docs", "modules", "solutions"}) take(part);
  const Book book(root_folder());
  for (const Module& module : book.modules()) take("tests" / fs::path(module.directory));
  fs::create_directories(root() / "build/student/docs");
  fs::copy(build_folder() / "recipe.json", root() / "build/student/recipe.json");
  const Completion figures = gradbook_program({"author", "figures"});
  if (!figures.ok()) throw std::runtime_error(figures.output);
  // Without the manifest the figures are taken as they are
  fs::copy(build_folder() / "docs/figures", root() / "build/student/docs/figures",
           fs::copy_options::recursive);
  fs::remove(root() / "docs/figures/figures.toml");
}

void SiteCopy::edit(const fs::path& file, const std::string& from, const std::string& to) const {
  write_atomically(root() / file, replaced(read_file(root() / file), from, to));
}

Completion SiteCopy::docs(std::vector<std::string> environment) const {
  std::vector<std::string> arguments = {"env"};
  arguments.insert(arguments.end(), environment.begin(), environment.end());
  arguments.insert(arguments.end(),
                   {(build_folder() / "gradbook").string(), "--root", root().string(), "docs"});
  return run({.arguments = std::move(arguments),
              .environment = {"GRADBOOK_ROOT=" + root().string()},
              .wall = std::chrono::minutes(2),
              .output_cap = 1 << 20});
}

}  // namespace gradbook
