#include "student/run_module.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>

#include "student/pictures.hpp"
#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {

int run_module(const Workshop& workshop, const RunOptions& options) {
  const Book& book = workshop.book();
  const Module& module = book.module(options.module);
  if (!fs::exists(book.root() / "modules" / module.directory / "main.cpp")) {
    throw UserError(fmt::format("module {} has no program of its own", module.directory));
  }
  std::vector<const Exercise*> exercises;
  for (const Exercise& e : module.exercises) exercises.push_back(&e);
  workshop.bring_up_to_date(exercises);

  // The student's files, where they are written
  std::vector<fs::path> objects;
  std::set<std::string> students;
  std::vector<std::string> from_reference, from_nowhere;
  for (const Exercise* e : exercises) {
    const fs::path file = options.workbook / Book::stub_path(*e);
    const Lock lock(workshop.folder_of(*e));
    const bool stub =
        !fs::exists(file) || read_file(file).find("not_started(\"") != std::string::npos;
    Compiled compiled = stub ? Compiled{} : workshop.compile(*e, file, workshop.folder_of(*e));
    if (compiled.ok) {
      objects.push_back(compiled.object);
      students.insert(e->id);
    } else if (workshop.has_reference(*e)) {
      from_reference.push_back(e->id);
    } else {
      // The stub, which ends the program by name when it is reached
      from_nowhere.push_back(e->id);
      if (!fs::exists(book.kept_stub(*e))) continue;
      compiled = workshop.compile(*e, book.kept_stub(*e), workshop.folder_of(*e) / "stub");
      objects.push_back(compiled.object);
      students.insert(e->id);
    }
  }
  if (!from_nowhere.empty()) {
    fmt::print("not there yet, and there are no references for them here: {}\n\n",
               fmt::join(from_nowhere, ", "));
  }
  if (!from_reference.empty()) {
    fmt::print("from the reference, since yours are not there yet: {}\n\n",
               fmt::join(from_reference, ", "));
  }

  fs::create_directories(options.out);
  const Linked program = workshop.link_main(module, objects, students, options.out);
  if (!program.ok) {
    throw UserError(
        fmt::format("your files do not link together: ./gradbook check {} says which\n{}",
                    module.directory, program.messages));
  }
  const Completion completion = run({.arguments = {program.program.string(), options.out.string()},
                                     .on_output = [&](std::string_view bytes) {
                                       if (options.quiet) return;
                                       std::fwrite(bytes.data(), 1, bytes.size(), stdout);
                                       std::fflush(stdout);
                                     }});
  if (!completion.ok()) {
    fmt::print(
        "\nthe program did not come to its end ({} {}): ./gradbook check {} says which exercise is "
        "wrong\n",
        completion.signal != 0 ? "signal" : "exit status",
        completion.signal != 0 ? completion.signal : completion.exit_status, module.directory);
    return 1;
  }
  const auto pictures = draw_pictures(book, module, options.out);
  if (options.quiet) return 0;
  fmt::print("\n");
  for (const fs::path& picture : pictures) fmt::print("{}\n", picture.string());
  return 0;
}

}  // namespace gradbook
