#include "student/pictures.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>

#include "system/folder.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

void draw(const std::vector<std::string>& command, const fs::path& source,
          const fs::path& picture) {
  const Completion completion = run({.arguments = command, .wall = std::chrono::seconds(30)});
  if (!completion.started)
    throw UserError(fmt::format("{} is not installed, and {} needs it", command[0],
                                source.filename().string()));
  if (!completion.ok() || !fs::exists(picture) ||
      read_file(picture).find("<svg") == std::string::npos) {
    throw UserError(fmt::format("{} could not be drawn: {}", source.string(), completion.output));
  }
}

}  // namespace

std::vector<fs::path> draw_pictures(const Book& book, const Module& module,
                                    const fs::path& folder) {
  std::vector<fs::path> pictures;
  const auto picture_of = [&](const fs::path& source) {
    pictures.push_back(folder / source.filename().replace_extension(".svg"));
    std::error_code ignored;
    fs::remove(pictures.back(), ignored);  // an old one must not pass for a new one
    return pictures.back();
  };
  for (const fs::path& script :
       files_with(book.root() / "modules" / module.directory / "figures", ".gnuplot")) {
    draw({"gnuplot", "-e", fmt::format("folder='{}'", folder.string()), script.string()}, script,
         picture_of(script));
  }
  for (const fs::path& graph : files_with(folder, ".dot")) {
    const fs::path picture = picture_of(graph);
    draw({"dot", "-Tsvg", "-Gbgcolor=transparent", graph.string(), "-o", picture.string()}, graph,
         picture);
  }
  return pictures;
}

void open_picture(const fs::path& picture) {
  if (!isatty(STDOUT_FILENO)) return;
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  run({.arguments = {"xdg-open", picture.string()}, .wall = std::chrono::seconds(10)});
}

}  // namespace gradbook
