// How a workshop links its programs.
#include <fmt/format.h>

#include <algorithm>

#include "grading/build/made_from.hpp"
#include "grading/build/steps.hpp"
#include "grading/build/workshop.hpp"
#include "system/folder.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

const std::vector<std::string> kTestLibraries = {"-lgmock", "-lgtest", "-lfmt", "-pthread"};
const std::vector<std::string> kWorkerLibraries = {"-lfmt"};
const std::vector<std::string> kJudgeLibraries = {"-lgtest", "-lfmt", "-lcrypto", "-pthread"};

}  // namespace

// Whether given code of a module with kernels is among what a program of this module is made of
bool Workshop::links_kernels(const std::string& last_module) const {
  return std::ranges::any_of(recipe_.kernels.modules,
                             [&](const std::string& module) { return module <= last_module; });
}

Linked Workshop::link_objects(const std::string& last_module, std::vector<fs::path> objects,
                              const fs::path& program, std::vector<std::string> libraries) const {
  if (links_kernels(last_module)) {
    objects.push_back(emulator());
    libraries.insert(libraries.end(), recipe_.kernels.libraries.begin(),
                     recipe_.kernels.libraries.end());
  }
  std::string key;
  for (const fs::path& object : objects) key += stamp(object) + "\n";
  if (made_from(program, key)) return {program, true, ""};

  fs::create_directories(program.parent_path());
  forget_made_from(program);
  std::vector<std::string> arguments = {recipe_.compiler};
  arguments.insert(arguments.end(), recipe_.link_flags.begin(), recipe_.link_flags.end());
  arguments.emplace_back("-fno-use-linker-plugin");  // no object may bring options of its own
  if (confinement_ && !links_kernels(last_module))
    arguments.emplace_back("-Wl,-S");  // nobody looks at its lines
  for (const fs::path& object : objects) arguments.push_back(object.string());
  arguments.insert(arguments.end(), libraries.begin(), libraries.end());
  arguments.insert(arguments.end(), {"-o", program.string()});
  const Completion completion = run({.arguments = by_linker(arguments), .wall = 60s});
  refuse_full_disk(completion, build_);
  if (completion.ok()) note_made_from(program, key);
  return {program, completion.ok(), completion.output};
}

Linked Workshop::link(Program program, const Exercise& e, const fs::path& object,
                      const fs::path& folder, const Substitutes& substitutes) const {
  const bool tests = program == Program::public_tests;
  const bool all = tests || !substitutes.empty();  // nothing is kept from the student's file
  std::vector<fs::path> objects =
      all ? frame(program, e) : without_forbidden(e, frame(program, e), "frame");
  objects.push_back(object);
  const fs::path name = tests                        ? "public"
                        : object.stem() == "student" ? "worker"
                                                     : "worker_" + object.stem().string();
  // Whole, whether anybody calls them or not; of the archive only what is still missing is taken
  for (const auto& [id, substitute] : substitutes) objects.push_back(substitute);
  objects.push_back(all ? references_archive(e.module, {e.id}, folder_of(e))
                        : worker_references(e));
  return link_objects(e.module, objects, folder / name, tests ? kTestLibraries : kWorkerLibraries);
}

Linked Workshop::link_together(std::span<const Exercise* const> exercises, const Substitutes& own,
                               const fs::path& folder) const {
  std::vector<fs::path> objects = worker_support();
  std::string last_module;
  for (const Exercise* e : exercises) {
    objects.push_back(cases_object(*e));
    last_module = std::max(last_module, e->module);
  }
  for (const auto& [id, object] : own) last_module = std::max(last_module, book_.find(id)->module);
  for (const fs::path& object : given_objects(last_module)) objects.push_back(object);
  for (const Module& module : book_.modules()) {
    if (module.directory > last_module) continue;
    for (const Exercise& e : module.exercises) {
      const auto found = own.find(e.id);
      objects.push_back(found == own.end() ? reference_object(e) : found->second);
    }
  }
  return link_objects(last_module, objects, folder / "together", kWorkerLibraries);
}

Linked Workshop::link_reference_worker(const Exercise& e) const {
  std::vector<fs::path> objects = without_forbidden(e, frame(Program::worker, e), "frame");
  objects.push_back(reference_object(e));
  objects.push_back(worker_references(e));
  return link_objects(e.module, objects, folder_of(e) / "reference", kWorkerLibraries);
}

Linked Workshop::link_judge(const Exercise& e) const {
  std::vector<fs::path> objects = judge_objects(e);
  for (const fs::path& object : given_objects(e.module)) objects.push_back(object);
  objects.push_back(references_archive(e.module, {}, folder_of(e) / "judged"));
  return link_objects(e.module, objects, folder_of(e) / "judge", kJudgeLibraries);
}

// Those of main.cpp, and of main_*.cpp where a module's program is in several files
std::vector<fs::path> Workshop::main_objects(const std::string& directory) const {
  const fs::path folder = fs::path("modules") / directory;
  std::vector<fs::path> objects;
  for (const fs::path& source : files_with(book_.root() / folder, ".cpp")) {
    if (source.stem() == "main" || source.stem().string().starts_with("main_"))
      objects.push_back(object_of(build_, directory + "_main", folder / source.filename()));
  }
  return objects;
}

// Those that ninja makes; a handout brings others
std::vector<fs::path> Workshop::references_made_here(const std::string& last_module) const {
  std::vector<fs::path> objects;
  for (const Module& module : book_.modules()) {
    if (module.directory > last_module) continue;
    for (const Exercise& e : module.exercises) {
      if (fs::exists(book_.solution(e))) objects.push_back(reference_object(e));
    }
  }
  return objects;
}

void Workshop::prepare_main(const Module& module) const {
  std::vector<fs::path> made = main_objects(module.directory);
  made.push_back(support_of_programs());
  for (const fs::path& object : given_objects(module.directory)) made.push_back(object);
  for (const fs::path& object : references_made_here(module.directory)) made.push_back(object);
  if (links_kernels(module.directory)) made.push_back(emulator());
  for (const Exercise& e : module.exercises) made.push_back(precompiled(e));
  make_objects(made);
}

Linked Workshop::link_main(const Module& module, const std::vector<fs::path>& students,
                           const std::set<std::string>& of, const fs::path& folder) const {
  std::vector<fs::path> objects = main_objects(module.directory);
  objects.push_back(support_of_programs());
  for (const fs::path& object : given_objects(module.directory)) objects.push_back(object);
  objects.insert(objects.end(), students.begin(), students.end());
  objects.push_back(references_archive(module.directory, of, folder));
  return link_objects(module.directory, objects, folder / (module.directory + "_main"),
                      kWorkerLibraries);
}

Linked Workshop::link_program(const fs::path& source, const Module& module,
                              const fs::path& folder) const {
  const bool main = source.filename() == "main.cpp";
  std::vector<fs::path> objects = main ? main_objects(source.parent_path().filename().string())
                                       : std::vector{object_of(build_, "gradbook_figures", source)};
  objects.push_back(support_of_programs());
  for (const fs::path& object : given_objects(module.directory)) objects.push_back(object);
  std::vector<fs::path> made = objects;
  for (const fs::path& object : references_made_here(module.directory)) made.push_back(object);
  if (links_kernels(module.directory)) made.push_back(emulator());
  make_objects(made);
  objects.push_back(references_archive(module.directory, {}, folder));
  return link_objects(module.directory, objects, folder / "program", kWorkerLibraries);
}

std::vector<std::string> Workshop::references_pulled(Program program, const Exercise& e,
                                                     const fs::path& object,
                                                     const fs::path& folder) const {
  const fs::path map = folder / "link.map";
  std::vector<std::string> arguments = {recipe_.compiler, "-fuse-ld=bfd",
                                        "-Wl,-Map=" + map.string()};
  for (const fs::path& part : frame(program, e)) arguments.push_back(part.string());
  arguments.push_back(object.string());
  arguments.push_back(references_archive(e.module, {e.id}, folder_of(e)).string());
  const auto& libraries = program == Program::public_tests ? kTestLibraries : kWorkerLibraries;
  if (links_kernels(e.module)) arguments.push_back(emulator().string());
  arguments.insert(arguments.end(), libraries.begin(), libraries.end());
  if (links_kernels(e.module))
    arguments.insert(arguments.end(), recipe_.kernels.libraries.begin(),
                     recipe_.kernels.libraries.end());
  arguments.insert(arguments.end(), {"-o", (folder / "mapped").string()});
  const Completion completion = run({.arguments = arguments});
  if (!completion.ok()) throw UserError(e.id + " does not link with a map: " + completion.output);

  // The map opens with the archive members that were included, and why
  const std::string text = read_file(map);
  const std::string included = text.substr(0, text.find("\n\n\n"));
  std::vector<std::string> pulled;
  for (const Module& module : book_.modules()) {
    for (const Exercise& other : module.exercises) {
      const fs::path member = reference_object(other).filename();
      const std::string folder_and_member = fmt::format("{}/{}", other.module, member.string());
      if (other.id != e.id && included.find(folder_and_member) != std::string::npos)
        pulled.push_back(other.id);
    }
  }
  return pulled;
}

}  // namespace gradbook
