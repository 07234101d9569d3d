#include "grading/build/workshop.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "grading/build/steps.hpp"
#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kManyFiles = 10;  // take longer to compile than anybody waits without a word

// What its reference, and every student's file of it, is compiled as
std::string reference_target(const Exercise& e) {
  return e.precompiled.empty() ? e.module + "_reference"
                               : fmt::format("{}_{}_reference", e.module, e.stem());
}

}  // namespace

Workshop::Workshop(const Book& book, fs::path build)
    : book_(book), build_(std::move(build)), recipe_(read_recipe(build_)) {}

std::vector<std::string> Workshop::by_linker(const std::vector<std::string>& arguments) const {
  return confinement_ ? after(confinement_->linker, arguments) : arguments;
}

Symbols Workshop::symbols_of(const std::vector<fs::path>& objects) const {
  Symbols all;
  for (const Symbols& symbols : symbols_of_each(objects)) merge(symbols, all);
  return all;
}

std::vector<Symbols> Workshop::symbols_of_each(const std::vector<fs::path>& objects) const {
  return read_symbols(by_linker({recipe_.symbols}), objects);
}

Workshop Workshop::confined(Confinement confinement) const {
  Workshop result = *this;
  result.confinement_ = std::move(confinement);
  return result;
}

std::vector<fs::path> Workshop::headers_of(const Exercise& e) const {
  std::vector<fs::path> headers;
  for (const auto& [module, sources] : recipe_.given) {
    for (const auto& entry : fs::directory_iterator(book_.root() / "modules" / module)) {
      if (entry.path().extension() == ".hpp") headers.push_back(entry.path());
    }
  }
  if (book_.module(e.module).kernels) {
    for (const auto& entry : fs::recursive_directory_iterator(book_.root() / "kernels")) {
      if (entry.path().extension() == ".hpp") headers.push_back(entry.path());
    }
  }
  std::set<fs::path> folders;  // one for the module, and one for each exercise with its own
  for (const Exercise& other : book_.module(e.module).exercises)
    folders.insert(header_of(other).parent_path());
  for (const fs::path& folder : folders) {
    for (const char* name : {"cmake_pch.hxx", "cmake_pch.hxx.gch", "cmake_pch.hxx.pch"}) {
      if (fs::exists(folder / name)) headers.push_back(folder / name);
    }
  }
  return headers;
}

fs::path Workshop::reference_object(const Exercise& e) const {
  if (!fs::exists(book_.solution(e)))
    return build_ / "references" / e.module / (e.stem() + ".o");  // a handout brought it
  return object_of(build_, reference_target(e),
                   fs::path("solutions") / e.module / (e.stem() + ".cpp"));
}

// What CMake made of the headers that files of `e` are compiled with: the module's, and its own
fs::path Workshop::header_of(const Exercise& e) const {
  return build_ / "CMakeFiles" / (reference_target(e) + ".dir") / "cmake_pch.hxx";
}

// The same as the compiler read it
fs::path Workshop::precompiled(const Exercise& e) const {
  return header_of(e).string() + (recipe_.compiler_id.starts_with("GNU") ? ".gch" : ".pch");
}

// An object that defines what the student's is to define: the reference's, or that of the stub
fs::path Workshop::interface_object(const Exercise& e) const {
  if (has_reference(e) || !fs::exists(book_.kept_stub(e))) return reference_object(e);
  return compile(e, book_.kept_stub(e), folder_of(e) / "stub").object;
}

std::vector<fs::path> Workshop::given_objects(const std::string& last_module) const {
  std::vector<fs::path> objects;
  for (const auto& [module, sources] : recipe_.given) {
    if (module > last_module) continue;
    for (const std::string& source : sources)
      objects.push_back(object_of(build_, module + "_given", source));
  }
  return objects;
}

// What every worker has
std::vector<fs::path> Workshop::worker_support() const {
  std::vector<fs::path> objects;
  for (const char* source : {"tests/support/case.cpp", "tests/support/observation.cpp",
                             "tools/grading/worker/worker_main.cpp"}) {
    objects.push_back(object_of(build_, "gradbook_worker_support", source));
  }
  return objects;
}

fs::path Workshop::cases_object(const Exercise& e) const {
  return object_of(build_, e.module + "_worker",
                   fs::path("tests") / e.module / "hidden" / (e.stem() + "_cases.cpp"));
}

// Everything around the student's object, but the references
std::vector<fs::path> Workshop::frame(Program program, const Exercise& e) const {
  std::vector<fs::path> objects;
  const fs::path tests = fs::path("tests") / e.module;
  if (program == Program::public_tests) {
    objects.push_back(
        object_of(build_, "gradbook_public_support", "tests/support/public_main.cpp"));
    objects.push_back(object_of(build_, e.module + "_public", tests / (e.stem() + "_test.cpp")));
  } else {
    objects = worker_support();
    objects.push_back(cases_object(e));
  }
  const auto given = given_objects(e.module);
  objects.insert(objects.end(), given.begin(), given.end());
  return objects;
}

// What the judge is made of, but given code and references
std::vector<fs::path> Workshop::judge_objects(const Exercise& e) const {
  std::vector<fs::path> objects;
  for (const char* source :
       {"tools/grading/judge/comparator.cpp", "tools/grading/judge/judge_main.cpp",
        "tools/grading/judge/on_gpu.cpp", "tools/grading/judge/run_worker.cpp",
        "tools/system/process.cpp", "tools/system/file.cpp"}) {
    objects.push_back(object_of(build_, "gradbook_judge_main", source));
  }
  for (const char* source : {"tests/support/case.cpp", "tests/support/observation.cpp"}) {
    objects.push_back(object_of(build_, "gradbook_judge_support", source));
  }
  objects.push_back(object_of(build_, e.module + "_judge",
                              fs::path("tests") / e.module / "hidden" / (e.stem() + "_cases.cpp")));
  return objects;
}

bool Workshop::bring_up_to_date(std::span<const Exercise* const> exercises,
                                const std::function<void(int files)>& takes_long) const {
  std::set<std::string> wanted;
  for (const Exercise* e : exercises) {
    if (!fs::exists(book_.public_tests(*e)))
      continue;  // whoever looks for it says that it is missing
    for (const fs::path& object : frame(Program::public_tests, *e)) wanted.insert(object);
    wanted.insert(precompiled(*e));
    if (links_kernels(e->module)) wanted.insert(emulator());
    for (const Module& module : book_.modules()) {
      if (module.directory > e->module) continue;
      for (const Exercise& other : module.exercises) {
        if (fs::exists(book_.solution(other))) wanted.insert(reference_object(other));
      }
    }
    if (!has_hidden_cases(*e)) continue;
    for (const fs::path& object : frame(Program::worker, *e)) wanted.insert(object);
    for (const fs::path& object : judge_objects(*e)) wanted.insert(object);
    wanted.insert(supervisor());
  }

  const Lock lock(build_);
  unpack_references();
  Command command{.arguments = {"ninja", "-C", build_.string()}};
  for (const std::string& target : wanted)
    command.arguments.push_back(fs::relative(target, build_).string());
  // Of each file it says "[1/26] Building …", after "[0/2] Re-checking …"
  command.on_output = [&, told = false](std::string_view text) mutable {
    int files = 0;
    for (std::size_t at = 0; !told && (at = text.find('[', at)) != std::string_view::npos; ++at) {
      told = std::sscanf(std::string(text.substr(at, 20)).c_str(), "[%*d/%d]", &files) == 1 &&
             files >= kManyFiles;
    }
    if (files >= kManyFiles && takes_long) takes_long(files);
  };
  const Completion completion = run(command);
  if (!completion.started)
    throw UserError(
        "ninja is not installed: run ./gradbook again, which installs it (package ninja-build)");
  refuse_full_disk(completion, build_);
  if (completion.ok()) return completion.output.find("no work to do") == std::string::npos;
  const std::size_t failed = completion.output.find("FAILED:");
  throw UserError(fmt::format(
      "gradbook's own code does not build; ninja says\n{}",
      completion.output.substr(failed == std::string::npos ? 0 : failed).substr(0, 4000)));
}

fs::path Workshop::support_of_programs() const {
  return object_of(build_, "gradbook_program_support", "tests/support/program_not_started.cpp");
}

void Workshop::make_objects(const std::vector<fs::path>& objects) const {
  const Lock lock(build_);
  unpack_references();
  Command command{.arguments = {"ninja", "-C", build_.string()}};
  for (const fs::path& object : objects)
    command.arguments.push_back(fs::relative(object, build_).string());
  const Completion made = run(command);
  refuse_full_disk(made, build_);
  if (!made.ok()) throw UserError("gradbook's own code does not build; ninja says\n" + made.output);
}

}  // namespace gradbook
