#include "grading/build/preset.hpp"

#include <fmt/format.h>

#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

bool newer(const fs::path& a, const fs::path& b) {
  std::error_code absent;
  const auto time = fs::last_write_time(a, absent);
  return !absent && time > fs::last_write_time(b);
}

}  // namespace

fs::path configured(const fs::path& root, const std::string& preset) {
  const fs::path build = root / "build" / preset, done = build / "configured";
  fs::create_directories(build);
  const Lock lock(build);
  // CMake looks at lists of files by itself when they change; not at presets, and not at folders,
  // which the launcher watches: it configures the student's tree then
  if (fs::exists(done) && !newer(root / "CMakePresets.json", done) &&
      !newer(root / "build/student/build.ninja", done))
    return build;
  const std::string launcher = run({.arguments = {"ccache", "--version"}}).ok() ? "ccache" : "";
  const Completion completion =
      run({.arguments = {"cmake", "-S", root.string(), "--preset", preset, "-DGRADBOOK_PROGRAM=OFF",
                         "-DCMAKE_CXX_COMPILER_LAUNCHER=" + launcher}});
  if (!completion.ok())
    throw UserError(
        fmt::format("CMake could not configure {}:\n{}", build.string(), completion.output));
  write_atomically(done, "");
  return build;
}

}  // namespace gradbook
