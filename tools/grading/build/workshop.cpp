#include "grading/build/workshop.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/stat.h>

#include <algorithm>

#include "system/lock.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

using namespace std::chrono_literals;

const std::vector<std::string> kTestLibraries = {"-lgmock", "-lgtest", "-lfmt", "-pthread"};
const std::vector<std::string> kWorkerLibraries = {"-lfmt"};
const std::vector<std::string> kJudgeLibraries = {"-lgtest", "-lfmt", "-lcrypto", "-pthread"};

// Name, size and time of a file: what changes when it is made anew
std::string stamp(const fs::path& path) {
  struct stat s {};
  if (stat(path.c_str(), &s) != 0) return path.string() + " missing";
  return fmt::format("{} {} {}.{}", path.string(), s.st_size, s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
}

// Whether `output` was made from exactly this, by the note that stands beside it
bool made_from(const fs::path& output, const std::string& key) {
  std::error_code error;
  const fs::path note = output.string() + ".key";
  return fs::exists(output, error) && fs::exists(note, error) && read_file(note) == key;
}

// Before it is made anew: whoever is ended half-way must leave no note that fits something else
void forget_made_from(const fs::path& output) {
  std::error_code ignored;
  fs::remove(output.string() + ".key", ignored);
}

void note_made_from(const fs::path& output, const std::string& key) {
  write_atomically(output.string() + ".key", key);
}

std::vector<std::string> after(std::vector<std::string> prefix,
                               const std::vector<std::string>& arguments) {
  prefix.insert(prefix.end(), arguments.begin(), arguments.end());
  return prefix;
}

// A compiler or linker that found no room says nothing about the student's code; what it prints
// may be the student's words, so the disk is asked, too
void refuse_full_disk(const Completion& completion, const fs::path& build) {
  if (completion.output.find("No space left on device") == std::string::npos) return;
  std::error_code error;
  if (const auto room = fs::space(build, error); !error && room.available > (64u << 20)) return;
  throw UserError(fmt::format(
      "there is no room left to build in ({}): make room and try again; nothing was lost",
      build.string()));
}

fs::path object_of(const fs::path& build, const std::string& target, const fs::path& source) {
  return build / "CMakeFiles" / (target + ".dir") / (source.string() + ".o");
}

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
  const fs::path folder = header_of(e).parent_path();
  for (const char* name : {"cmake_pch.hxx", "cmake_pch.hxx.gch", "cmake_pch.hxx.pch"}) {
    if (fs::exists(folder / name)) headers.push_back(folder / name);
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

// A handout brings one archive of references a module
void Workshop::unpack_references() const {
  for (const Module& module : book_.modules()) {
    const fs::path archive = book_.references(platform(), module);
    const fs::path folder = build_ / "references" / module.directory;
    if (!fs::exists(archive)) {
      std::error_code ignored;
      fs::remove_all(folder, ignored);  // it was taken away
      continue;
    }
    if (made_from(folder, stamp(archive))) continue;
    forget_made_from(folder);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Completion completion =
        run({.arguments = {recipe_.archiver, "x", archive.string()}, .directory = folder.string()});
    if (!completion.ok()) {
      throw UserError(fmt::format(
          "{} is damaged: copy it anew from the handout, or remove it to work without references",
          archive.string()));
    }
    note_made_from(folder, stamp(archive));
  }
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
        "tools/grading/judge/run_worker.cpp", "tools/system/process.cpp",
        "tools/system/file.cpp"}) {
    objects.push_back(object_of(build_, "gradbook_judge_main", source));
  }
  for (const char* source : {"tests/support/case.cpp", "tests/support/observation.cpp"}) {
    objects.push_back(object_of(build_, "gradbook_judge_support", source));
  }
  objects.push_back(object_of(build_, e.module + "_judge",
                              fs::path("tests") / e.module / "hidden" / (e.stem() + "_cases.cpp")));
  return objects;
}

bool Workshop::bring_up_to_date(std::span<const Exercise* const> exercises) const {
  std::set<std::string> wanted;
  for (const Exercise* e : exercises) {
    if (!fs::exists(book_.public_tests(*e)))
      continue;  // whoever looks for it says that it is missing
    for (const fs::path& object : frame(Program::public_tests, *e)) wanted.insert(object);
    wanted.insert(precompiled(*e));
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

std::vector<std::string> Workshop::compile_arguments(const Exercise& e,
                                                     const std::string& level) const {
  std::vector<std::string> arguments = {recipe_.compiler};
  arguments.insert(arguments.end(), recipe_.flags.begin(), recipe_.flags.end());
  if (!level.empty()) arguments.push_back(level);
  if (confinement_) arguments.emplace_back("-g0");
  arguments.insert(arguments.end(),
                   {"-Wall", "-Wextra", "-Wno-unused-parameter", "-fmax-errors=5",
                    "-fdiagnostics-color=never", "-I", (book_.root() / "modules").string()});

  // The module's headers, included by force. Their precompiled form was made at the preset's level,
  // and g++ takes it at another one too, only to break down in the middle: there they are read as
  // they are
  if (!level.empty()) {
    std::vector<std::string> headers = book_.module(e.module).precompiled;
    headers.insert(headers.end(), e.precompiled.begin(), e.precompiled.end());
    for (const std::string& name : headers) {
      const bool system = name.starts_with('<');
      arguments.insert(
          arguments.end(),
          {"-include", system ? name.substr(1, name.size() - 2)
                              : (book_.root() / "modules" / e.module / name).string()});
    }
    return arguments;
  }
  const fs::path header = header_of(e);
  for (std::string option : recipe_.use_pch) {
    if (option == "-Winvalid-pch") continue;
    if (option == "<PCH_HEADER>") option = header.string();
    if (option == "<PCH_FILE>") option = precompiled(e).string();
    arguments.push_back(option);
  }
  return arguments;
}

Compiled Workshop::compile(const Exercise& e, const fs::path& source, const fs::path& folder,
                           const std::string& level) const {
  Compiled compiled{.object = folder / ("student" + level + ".o")};
  std::vector<std::string> arguments = compile_arguments(e, level);
  const std::string key = digest(fmt::format("{}\n{}\n{}", read_file(source),
                                             fmt::join(arguments, " "), stamp(precompiled(e))));
  const fs::path messages = compiled.object.string() + ".messages";
  if (made_from(compiled.object, key)) {
    compiled.ok = true;
    compiled.messages = read_file(messages);
    return compiled;
  }

  fs::create_directories(folder);
  forget_made_from(compiled.object);
  const fs::path shown = source.lexically_relative(fs::current_path());
  const bool here = !shown.empty() && *shown.begin() != ".." && !confinement_;
  arguments.insert(arguments.end(),
                   {"-c", (here ? shown : source).string(), "-o", compiled.object.string()});
  const Completion completion =
      run({.arguments = confinement_ ? after(confinement_->compiler, arguments) : arguments,
           .environment = {"LC_ALL=C.UTF-8"},
           .wall = 60s});
  if (!completion.started) {
    throw UserError(fmt::format("the compiler {} is gone: remove {} and run ./gradbook again",
                                recipe_.compiler, build_.string()));
  }
  refuse_full_disk(completion, build_);
  compiled.ok = completion.ok();
  compiled.timed_out = completion.timed_out;
  compiled.messages = completion.output;
  if (compiled.ok) {
    write_atomically(messages, compiled.messages);
    note_made_from(compiled.object, key);
  }
  return compiled;
}

fs::path Workshop::references_archive(const std::string& last_module,
                                      const std::set<std::string>& without, const fs::path& folder,
                                      const Substitutes& substitutes,
                                      const std::vector<std::string>& hidden) const {
  const fs::path archive = folder / "references.a";
  std::vector<fs::path> objects;
  std::string key = hidden.empty() ? "" : fmt::format("without {}\n", fmt::join(hidden, ", "));
  for (const Module& module : book_.modules()) {
    if (module.directory > last_module) continue;
    for (const Exercise& e : module.exercises) {
      const auto substitute = substitutes.find(e.id);
      const fs::path object =
          substitute == substitutes.end() ? reference_object(e) : substitute->second;
      if (without.count(e.id) || !fs::exists(object)) continue;
      objects.push_back(object);
      key += stamp(object) + "\n";
    }
  }
  const std::vector<fs::path> given =
      hidden.empty() ? std::vector<fs::path>{} : given_objects(last_module);
  for (const fs::path& object : given) key += stamp(object) + "\n";
  if (made_from(archive, key)) return archive;
  fs::create_directories(folder);
  const fs::path made = unique_beside(archive);
  const Symbols asked_for = given.empty() ? Symbols{} : symbols_of(given);
  std::vector<std::string> arguments = {recipe_.archiver, "qcsT", made.string()};
  for (const fs::path& object : objects)
    arguments.push_back(hidden.empty() ? object.string()
                                       : with_hidden(object, hidden, asked_for, folder).string());
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("ar could not make " + archive.string() + ": " + completion.output);
  fs::rename(made, archive);
  note_made_from(archive, key);
  return archive;
}

// A worker does not even hold what its exercise may not call: calls of it do not link, whatever
// words they are put in. What given code calls has to stay; a student's call of it is seen in the
// student's object
fs::path Workshop::worker_references(const Exercise& e) const {
  if (e.forbidden.empty()) return references_archive(e.module, {e.id}, folder_of(e));
  return references_archive(e.module, {e.id}, folder_of(e) / "worker_references", {}, e.forbidden);
}

// The object, or a copy of it in which these functions can be called from within alone
fs::path Workshop::with_hidden(const fs::path& object, const std::vector<std::string>& functions,
                               const Symbols& asked_for, const fs::path& folder) const {
  auto names = defined_among(symbols_of({object}), functions);
  std::erase_if(names, [&](const std::string& name) { return asked_for.contains(name); });
  if (names.empty()) return object;
  const fs::path copy =
      folder / (object.parent_path().filename().string() + "_" + object.filename().string());
  std::vector<std::string> arguments = {recipe_.object_copier};
  for (const std::string& name : names) arguments.push_back("--localize-symbol=" + name);
  arguments.insert(arguments.end(), {object.string(), copy.string()});
  const Completion completion = run({.arguments = by_linker(arguments)});
  if (!completion.ok())
    throw UserError("objcopy could not make " + copy.string() + ": " + completion.output);
  return copy;
}

Linked Workshop::link_objects(const std::vector<fs::path>& objects, const fs::path& program,
                              const std::vector<std::string>& libraries) const {
  std::string key;
  for (const fs::path& object : objects) key += stamp(object) + "\n";
  if (made_from(program, key)) return {program, true, ""};

  fs::create_directories(program.parent_path());
  forget_made_from(program);
  std::vector<std::string> arguments = {recipe_.compiler};
  arguments.insert(arguments.end(), recipe_.link_flags.begin(), recipe_.link_flags.end());
  arguments.emplace_back("-fno-use-linker-plugin");  // no object may bring options of its own
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
  std::vector<fs::path> objects = frame(program, e);
  objects.push_back(object);
  const fs::path name = tests                        ? "public"
                        : object.stem() == "student" ? "worker"
                                                     : "worker_" + object.stem().string();
  // One archive of references serves all; with substitutes it is this program's own
  const fs::path archive = !substitutes.empty()
                               ? references_archive(e.module, {e.id}, folder, substitutes)
                           : tests ? references_archive(e.module, {e.id}, folder_of(e))
                                   : worker_references(e);
  objects.push_back(archive);
  return link_objects(objects, folder / name, tests ? kTestLibraries : kWorkerLibraries);
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
  return link_objects(objects, folder / "together", kWorkerLibraries);
}

Linked Workshop::link_reference_worker(const Exercise& e) const {
  std::vector<fs::path> objects = frame(Program::worker, e);
  objects.push_back(reference_object(e));
  objects.push_back(worker_references(e));
  return link_objects(objects, folder_of(e) / "reference", kWorkerLibraries);
}

Linked Workshop::link_judge(const Exercise& e) const {
  std::vector<fs::path> objects = judge_objects(e);
  for (const fs::path& object : given_objects(e.module)) objects.push_back(object);
  objects.push_back(references_archive(e.module, {}, folder_of(e) / "judged"));
  return link_objects(objects, folder_of(e) / "judge", kJudgeLibraries);
}

fs::path Workshop::support_of_programs() const {
  return object_of(build_, "gradbook_program_support", "tests/support/program_not_started.cpp");
}

void Workshop::make_objects(const std::vector<fs::path>& objects) const {
  const Lock lock(build_);
  Command command{.arguments = {"ninja", "-C", build_.string()}};
  for (const fs::path& object : objects)
    command.arguments.push_back(fs::relative(object, build_).string());
  const Completion made = run(command);
  if (!made.ok()) throw UserError("gradbook's own code does not build; ninja says\n" + made.output);
}

Linked Workshop::link_main(const Module& module, const std::vector<fs::path>& students,
                           const std::set<std::string>& of, const fs::path& folder) const {
  const fs::path main = object_of(build_, module.directory + "_main",
                                  fs::path("modules") / module.directory / "main.cpp");
  std::vector<fs::path> objects = {main, support_of_programs()};
  make_objects(objects);
  for (const fs::path& object : given_objects(module.directory)) objects.push_back(object);
  objects.insert(objects.end(), students.begin(), students.end());
  objects.push_back(references_archive(module.directory, of, folder));
  return link_objects(objects, folder / (module.directory + "_main"), kWorkerLibraries);
}

Linked Workshop::link_program(const fs::path& source, const Module& module,
                              const fs::path& folder) const {
  const bool main = source.filename() == "main.cpp";
  const std::string target =
      main ? source.parent_path().filename().string() + "_main" : "gradbook_figures";
  std::vector<fs::path> objects = {object_of(build_, target, source), support_of_programs()};
  for (const fs::path& object : given_objects(module.directory)) objects.push_back(object);
  std::vector<fs::path> made = objects;
  for (const Module& other : book_.modules()) {
    if (other.directory > module.directory) continue;
    for (const Exercise& e : other.exercises) {
      if (fs::exists(book_.solution(e))) made.push_back(reference_object(e));
    }
  }
  make_objects(made);
  objects.push_back(references_archive(module.directory, {}, folder));
  return link_objects(objects, folder / "program", kWorkerLibraries);
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
  arguments.insert(arguments.end(), libraries.begin(), libraries.end());
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

std::vector<std::string> Workshop::explain(const Exercise& e, const Compiled& compiled,
                                           const Linked& linked) const {
  std::vector<fs::path> around = frame(Program::public_tests, e);
  if (has_hidden_cases(e)) {
    for (const fs::path& object : frame(Program::worker, e)) around.push_back(object);
  }
  for (const Module& module : book_.modules()) {
    for (const Exercise& other : module.exercises) {
      if (other.id != e.id && module.directory <= e.module && has_reference(other))
        around.push_back(reference_object(other));
    }
  }
  auto sentences = explain_link_failure(e.id, symbols_of({compiled.object}),
                                        symbols_of({interface_object(e)}), symbols_of(around));
  if (sentences.empty()) sentences.push_back("the linker says: " + linked.messages.substr(0, 600));
  return sentences;
}

std::string Workshop::forbidden_call(const Exercise& e, const fs::path& object) const {
  if (e.forbidden.empty()) return "";
  return gradbook::forbidden_call(symbols_of({object}), e.forbidden);
}

}  // namespace gradbook
