#include "student/link_program.hpp"

#include <fmt/format.h>

#include "book/regions.hpp"
#include "system/lock.hpp"

namespace gradbook {
namespace {

// The student's kernel for a GPU; it has been compiled for the emulator
fs::path by_nvcc(const Workshop& workshop, const Exercise& e, const fs::path& file,
                 const fs::path& folder) {
  const Compiled compiled = workshop.compile_for_gpu(e, file, folder);
  if (!compiled.ok)
    throw UserError(fmt::format("nvcc does not take your {}:\n{}", e.id, compiled.messages));
  return compiled.object;
}

}  // namespace

LinkedProgram link_program(const Workshop& workshop, const MainProgram& main,
                           const fs::path& workbook, const fs::path& scratch) {
  const auto& [module, exercises, device] = main;
  const bool on_gpu = device != nullptr && workshop.has_gpu(*device);
  if (on_gpu) {
    workshop.prepare_main_for_gpu(main);
  } else {
    workshop.prepare_main(main);
  }

  const fs::path folder = workshop.folder_of(*exercises.front()).parent_path() / "run" /
                          (module.directory + (device != nullptr ? "_on_device" : ""));
  const Lock turn(folder);
  LinkedProgram program{scratch / "program", {}, {}, on_gpu};
  std::vector<fs::path> objects, kernels;
  std::set<std::string> students;
  for (const Exercise* e : exercises) {
    const fs::path file = workbook / Book::stub_path(*e);
    const bool stub = !fs::exists(file) || holds_stub(workshop.book(), *e, read_file(file));
    Compiled compiled = stub ? Compiled{} : workshop.compile(*e, file, folder / e->id);
    const bool written = compiled.ok,
               runs_there = on_gpu && workshop.book().module(e->module).kernels;
    if (!written && (runs_there || workshop.has_reference(*e))) {
      program.from_reference.push_back(e->id);
      continue;
    }
    // Where there is none, the stub, which ends the program by name when it is reached
    if (!written) program.from_nowhere.push_back(e->id);
    if (!written && !fs::exists(workshop.book().kept_stub(*e))) continue;
    if (!written) compiled = workshop.compile(*e, workshop.book().kept_stub(*e), folder / e->id);
    if (runs_there) {
      kernels.push_back(by_nvcc(workshop, *e, file, folder / e->id / "gpu"));
    } else {
      objects.push_back(compiled.object);
    }
    students.insert(e->id);
  }
  const Linked linked = on_gpu
                            ? workshop.link_main_for_gpu(main, objects, kernels, students, folder)
                            : workshop.link_main(main, objects, students, folder);
  if (!linked.ok) {
    throw UserError(
        fmt::format("your files do not link together: ./gradbook check {} says which\n{}",
                    module.directory, linked.messages));
  }
  fs::copy_file(linked.program, program.path);
  return program;
}

}  // namespace gradbook
