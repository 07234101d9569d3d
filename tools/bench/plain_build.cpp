#include "bench/plain_build.hpp"

#include <fmt/format.h>

#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr const char* kProject = R"(cmake_minimum_required(VERSION 3.25)
project(submission LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_FLAGS "-O1 -D_GLIBCXX_ASSERTIONS")
find_package(GTest REQUIRED)
find_package(fmt REQUIRED)
add_executable(public_tests
{})
target_include_directories(public_tests PRIVATE "{}" "{}")
target_link_libraries(public_tests PRIVATE GTest::gmock fmt::fmt)
)";

void expect_ok(const Completion& completion, const char* what) {
  if (!completion.ok())
    throw UserError(fmt::format("the plain CMake build cannot {}:\n{}", what, completion.output));
}

}  // namespace

void write_plain_project(const Book& book, const std::vector<const Exercise*>& exercises,
                         const fs::path& workbook, const fs::path& folder) {
  std::string sources;
  const auto add = [&](const fs::path& source) {
    sources += fmt::format("  \"{}\"\n", source.string());
  };
  const fs::path modules = book.root() / "modules";
  for (const auto& module : fs::directory_iterator(modules)) {
    if (module.path().filename() > exercises.back()->module) continue;
    for (const auto& file : fs::directory_iterator(module.path())) {
      const std::string stem = file.path().stem().string();
      if (file.path().extension() == ".cpp" && stem != "main" && !stem.starts_with("main_"))
        add(file.path());
    }
  }
  for (const Exercise* e : exercises) {
    add(workbook / Book::stub_path(*e));
    add(book.public_tests(*e));
  }
  add(book.root() / "tests/support/public_main.cpp");
  fs::create_directories(folder);
  write_atomically(folder / "CMakeLists.txt", fmt::format(kProject, sources, modules.string(),
                                                          (book.root() / "tests").string()));
}

bool run_plain_project(const fs::path& folder) {
  const fs::path build = folder / "build";
  fs::remove_all(build);
  const std::vector<std::string> no_cache = {"CCACHE_DISABLE=1"};
  expect_ok(run({.arguments = {"cmake", "-G", "Ninja", "-S", folder.string(), "-B", build.string()},
                 .environment = no_cache}),
            "be configured");
  expect_ok(run({.arguments = {"ninja", "-C", build.string(), "-j2"}, .environment = no_cache}),
            "be built");
  return run({.arguments = {(build / "public_tests").string()}}).ok();
}

}  // namespace gradbook
