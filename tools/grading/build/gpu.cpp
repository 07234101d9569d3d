// How a workshop makes a worker that runs on a GPU: nvcc compiles the student's file and the
// references that have kernels, and links them with everything else.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "grading/build/made_from.hpp"
#include "grading/build/steps.hpp"
#include "grading/build/workshop.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

// For the linker of the host alone: nvcc's own reads no thin archives, and has nothing to look for
std::vector<std::string> for_host(std::string path) {
  for (std::size_t at = 0; (at = path.find(',', at)) != std::string::npos; at += 2)
    path.insert(at, "\\");  // a comma would part two arguments
  return {"-Xlinker", path};
}

std::vector<fs::path> joined(std::vector<fs::path> some, const std::vector<fs::path>& others) {
  some.insert(some.end(), others.begin(), others.end());
  return some;
}

}  // namespace

bool Workshop::has_kernels(const std::string& module) const {
  return std::ranges::find(recipe_.kernels.modules, module) != recipe_.kernels.modules.end();
}

bool Workshop::has_gpu(const Exercise& e) const {
  return !recipe_.gpu.nvcc.empty() && !confinement_ && has_kernels(e.module) &&
         has_hidden_cases(e) && fs::exists(book_.solution(e));
}

bool Workshop::has_gpu(const Module& device) const {
  return !recipe_.gpu.nvcc.empty() && !confinement_ && device.kernels &&
         std::ranges::all_of(device.exercises,
                             [&](const Exercise& e) { return fs::exists(book_.solution(e)); });
}

fs::path Workshop::reference_for_gpu(const Exercise& e) const {
  return build_ / "gpu" / e.module / (e.stem() + ".cpp.o");
}

// What nvcc makes besides the student's object: of the references with kernels those that `e`
// builds on
std::vector<fs::path> Workshop::made_by_nvcc(const Exercise& e) const {
  std::vector<fs::path> objects = {build_ / "gpu" / "stub.cpp.o"};
  for (const std::string& id : book_.foundations(e)) {
    const Exercise& other = *book_.find(id);
    if (has_kernels(other.module)) objects.push_back(reference_for_gpu(other));
  }
  return objects;
}

std::vector<fs::path> Workshop::given_for_gpu(const std::string& last_module) const {
  std::vector<fs::path> objects;
  for (const auto& [module, sources] : recipe_.given) {
    if (module > last_module) continue;
    const std::string target = module + (has_kernels(module) ? "_gpu_given" : "_given");
    for (const std::string& source : sources) objects.push_back(object_of(build_, target, source));
  }
  return objects;
}

// What is around that: cases, and given code of all modules
std::vector<fs::path> Workshop::gpu_frame(const Exercise& e) const {
  std::vector<fs::path> objects = {
      object_of(build_, "gradbook_gpu_support", "tools/grading/worker/worker_main.cpp"),
      object_of(build_, "gradbook_worker_support", "tests/support/case.cpp"),
      object_of(build_, "gradbook_worker_support", "tests/support/observation.cpp"),
      object_of(build_, e.module + "_gpu_worker",
                fs::path("tests") / e.module / "hidden" / (e.stem() + "_cases.cpp"))};
  return joined(std::move(objects), given_for_gpu(e.module));
}

void Workshop::prepare_for_gpu(const Exercise& e) const {
  std::vector<fs::path> objects = gpu_frame(e);
  for (const fs::path& object : made_by_nvcc(e)) objects.push_back(object);
  make_objects(objects);
}

Compiled Workshop::compile_for_gpu(const Exercise& e, const fs::path& source,
                                   const fs::path& folder) const {
  Compiled compiled{.object = folder / "student.o"};
  std::vector<std::string> arguments = after({recipe_.gpu.nvcc}, recipe_.gpu.flags);
  // As the emulator's: the module's headers come first
  for (const std::string& name : book_.module(e.module).precompiled) {
    const bool system = name.starts_with('<');
    arguments.insert(arguments.end(),
                     {"-include", system ? name.substr(1, name.size() - 2)
                                         : (book_.root() / "modules" / e.module / name).string()});
  }
  const fs::path whole = e.regions ? folder_of(e) / "rebuilt.cpp" : source;
  const std::string key = digest(fmt::format("{}\n{}\n{}", read_file(whole),
                                             fmt::join(arguments, " "), stamps(headers_of(e))));
  if (made_from(compiled.object, key)) {
    compiled.ok = true;
    return compiled;
  }
  fs::create_directories(folder);
  forget_made_from(compiled.object);
  arguments.insert(arguments.end(), {whole.string(), "-o", compiled.object.string()});
  const Completion completion =
      run({.arguments = arguments, .environment = {"LC_ALL=C.UTF-8"}, .wall = 120s});
  refuse_full_disk(completion, build_);
  compiled.ok = completion.ok();
  compiled.timed_out = completion.timed_out;
  compiled.messages = completion.output;
  if (compiled.ok) note_made_from(compiled.object, key);
  return compiled;
}

Linked Workshop::link_for_gpu(const Exercise& e, const fs::path& object,
                              const fs::path& folder) const {
  std::vector<fs::path> by_nvcc = made_by_nvcc(e), by_us = gpu_frame(e);
  by_nvcc.push_back(object);
  by_us.push_back(without_kernels(e.module, {}, folder));
  return link_by_nvcc(by_nvcc, by_us, folder / "worker");
}

// The program's own, and the file of its device that makes it compute there
std::vector<fs::path> Workshop::main_for_gpu(const MainProgram& main) const {
  std::vector<fs::path> objects = main_objects(main.module.directory);
  objects.push_back(object_of(build_, main.device->directory + "_gpu_main",
                              fs::path("modules") / main.device->directory / "main_device.cpp"));
  objects.push_back(support_of_programs());
  return joined(std::move(objects), given_for_gpu(main.last_module()));
}

void Workshop::prepare_main_for_gpu(const MainProgram& main) const {
  std::vector<fs::path> objects = main_for_gpu(main);
  objects.push_back(build_ / "gpu" / "stub.cpp.o");
  for (const fs::path& object : references_made_here(main.last_module()))
    if (!is_kernel(object)) objects.push_back(object);
  for (const Exercise* e : main.exercises) {
    if (has_kernels(e->module)) objects.push_back(reference_for_gpu(*e));
    objects.push_back(precompiled(*e));
  }
  make_objects(objects);
}

Linked Workshop::link_main_for_gpu(const MainProgram& main, const std::vector<fs::path>& students,
                                   const std::vector<fs::path>& kernels,
                                   const std::set<std::string>& of, const fs::path& folder) const {
  std::vector<fs::path> by_nvcc = joined({build_ / "gpu" / "stub.cpp.o"}, kernels);
  for (const Exercise* e : main.exercises) {
    if (has_kernels(e->module) && of.count(e->id) == 0) by_nvcc.push_back(reference_for_gpu(*e));
  }
  std::vector<fs::path> by_us = joined(main_for_gpu(main), students);
  by_us.push_back(without_kernels(main.last_module(), of, folder));
  return link_by_nvcc(by_nvcc, by_us, folder / (main.module.directory + "_main"));
}

// An archive of the references that are no kernels
fs::path Workshop::without_kernels(const std::string& last_module,
                                   const std::set<std::string>& without,
                                   const fs::path& folder) const {
  std::vector<fs::path> objects = reference_objects(last_module, without);
  std::erase_if(objects, [&](const fs::path& object) { return is_kernel(object); });
  return archive_of(objects, folder);
}

bool Workshop::is_kernel(const fs::path& reference) const {
  return std::ranges::any_of(recipe_.kernels.modules, [&](const std::string& module) {
    return reference.string().find("/" + module + "/") != std::string::npos;
  });
}

Linked Workshop::link_by_nvcc(const std::vector<fs::path>& by_nvcc,
                              const std::vector<fs::path>& by_us, const fs::path& program) const {
  const std::string key = stamps(by_nvcc) + stamps(by_us);
  if (made_from(program, key)) return {program, true, ""};

  forget_made_from(program);
  std::vector<std::string> arguments = after({recipe_.gpu.nvcc}, recipe_.gpu.link_flags);
  for (const std::string& flag : recipe_.link_flags) arguments.push_back("-Xcompiler=" + flag);
  for (const fs::path& part : by_nvcc) arguments.push_back(part.string());
  for (const fs::path& part : by_us) arguments = after(std::move(arguments), for_host(part));
  arguments.insert(arguments.end(), {"-lfmt", "-o", program.string()});
  const Completion completion = run({.arguments = arguments, .wall = 120s});
  refuse_full_disk(completion, build_);
  if (completion.ok()) note_made_from(program, key);
  return {program, completion.ok(), completion.output};
}

}  // namespace gradbook
