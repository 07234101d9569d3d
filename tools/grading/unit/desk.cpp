#include "grading/unit/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <mutex>

#include "book/regions.hpp"
#include "grading/build/compiler_messages.hpp"
#include "grading/judge/run_judge.hpp"

namespace gradbook {
namespace {

constexpr int kCompilerMemory = 2048;  // MiB

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
}

fs::path made(fs::path folder) {
  fs::create_directories(folder);
  return folder;
}

// Whole or not at all, for several desks may keep the same
void keep_copy(const fs::path& from, const fs::path& to) {
  const fs::path made = unique_beside(to);
  fs::copy_file(from, made);
  fs::rename(made, to);
}

}  // namespace

Desk::Desk(const Workshop& workshop, const Sandbox& sandbox, fs::path folder, fs::path store,
           GradingRules rules, int judges)
    : workshop_(workshop),
      sandbox_(sandbox),
      compiled_(made(folder / "compiled")),
      linked_(made(folder / "linked")),
      judged_(made(folder / "judged")),
      again_(made(folder / "again")),
      store_(made(std::move(store))),
      rules_(rules),
      judges_(judges),
      linker_(sandbox_.room({.memory_mib = kCompilerMemory,
                             .readable = {workshop_.build(), compiled_, again_, store_},
                             .writable = {linked_},
                             .compiler = true})) {}

// It sees the given headers and nothing else of the book
Desk::Compiler& Desk::compiler_for(const Exercise& e) {
  if (const auto found = compilers_.find(e.module); found != compilers_.end()) return found->second;
  const fs::path folder = made(compiled_ / e.module);
  Sandbox::Room room = sandbox_.room({.memory_mib = kCompilerMemory,
                                      .readable = workshop_.headers_of(e),
                                      .writable = {folder},
                                      .compiler = true});
  Workshop confined = workshop_.confined({room.prefix(), linker_.prefix()});
  return compilers_.emplace(e.module, Compiler{folder, std::move(room), std::move(confined)})
      .first->second;
}

Compiled Desk::compile_file(const Exercise& e, std::string_view bytes, const std::string& level) {
  const Compiler& compiler = compiler_for(e);
  const fs::path source = source_of(e);
  write_atomically(source, bytes);
  return compiler.workshop.compile(e, source, compiler.folder, level);
}

fs::path Desk::source_of(const Exercise& e) const {
  return compiled_ / e.module / (e.stem() + ".cpp");
}

fs::path Desk::stored(const Exercise& e, std::string_view bytes) const {
  return store_ / fmt::format("{}-{}.o", e.id, digest(bytes));
}

fs::path Desk::object_of(const Exercise& e, std::string_view bytes) {
  const fs::path object = stored(e, bytes);
  if (fs::exists(object)) return object;
  const Compiled compiled = compile_file(e, bytes, "");
  if (!compiled.ok)
    throw UserError(fmt::format("a file of {} that compiled before no longer does", e.id));
  keep_copy(compiled.object, object);
  return object;
}

// A student's messages name the student's file, wherever it was graded
std::vector<std::string> Desk::without_our_paths(std::vector<std::string> messages) const {
  for (std::string& message : messages) {
    for (const auto& [module, compiler] : compilers_)
      replace_all(message, compiler.folder.string() + "/", "");
    replace_all(message, workshop_.book().root().string() + "/", "");
  }
  return messages;
}

UnitResult Desk::grade_at(const Exercise& e, std::string_view bytes, const std::string& level) {
  const Compiled compiled = compile_file(e, bytes, level);
  if (compiled.ok) {
    if (level.empty()) keep_copy(compiled.object, stored(e, bytes));
    return judge(e, compiled);
  }
  if (compiled.timed_out)
    return {.state = State::does_not_compile, .messages = {"the compiler was stopped after 60 s"}};
  if (compiler_for(e).room.ran_out_of_memory()) {
    return {.state = State::does_not_compile,
            .messages = {fmt::format("the compiler needed more than {} MiB", kCompilerMemory)}};
  }
  if (!blames_the_file(compiled.messages))
    throw UserError("the compiler failed without an error in the file: " + compiled.messages);
  return {.state = State::does_not_compile,
          .messages = first_errors(compiled.messages, source_of(e).string())};
}

UnitResult Desk::grade(const Exercise& e, std::string_view bytes) {
  const auto start = Clock::now();
  UnitResult result = grade_at(e, bytes, "");
  // What must hold at other optimisation levels too: the worst of them counts
  for (const std::string& level : e.levels) {
    if (result.cases.empty()) break;
    UnitResult there = grade_at(e, bytes, level);
    there.judged_seconds += result.judged_seconds;
    if (there.share >= result.share) continue;
    there.messages.push_back(fmt::format("this is with the file compiled at {}", level));
    result = std::move(there);
  }
  // A program to be mended runs as it is handed out, and is nevertheless not begun
  if (e.regions && holds_stub(workshop_.book(), e, std::string(bytes))) {
    result.state = State::not_started;
    result.share = 0;
    for (CaseResult& c : result.cases) c.state = "not started";
  }
  result.messages = without_our_paths(std::move(result.messages));
  result.seconds = seconds_since(start);
  return result;
}

bool Desk::passes_with(const Exercise& e, const fs::path& object, const Substitutes& others) {
  const fs::path here =
      again_ / "student.o";  // one name, so that one worker takes the other's place
  fs::copy_file(object, here, fs::copy_options::overwrite_existing);
  const Linked worker = compiler_for(e).workshop.link(Program::worker, e, here, linked_, others);
  return worker.ok && all_pass(e, worker.program, judged_);
}

Sandbox::Room Desk::room_for(const fs::path& worker) const {
  return sandbox_.room(
      {.memory_mib = rules_.memory_mib, .processes = rules_.processes, .readable = {worker}});
}

std::vector<CaseResult> Desk::run_cases(const Exercise& e, const fs::path& worker,
                                        const Sandbox::Room& room, const fs::path& folder) const {
  return run_judge(workshop_, e, worker, folder,
                   {.seed = rules_.seed,
                    .only_case = only_case_,
                    .limits = rules_.limits,
                    .supervisor = room.supervisor(workshop_.supervisor()),
                    .side_by_side = 1});
}

// Stops at the first case that is no use to wait for, and waits half as long for each: a file that
// comes here has passed by itself, and what is beneath it is a loop that does not end or is not
bool Desk::all_pass(const Exercise& e, const fs::path& worker, const fs::path& folder) const {
  const Sandbox::Room room = room_for(worker);
  std::vector<std::string> supervisor = room.supervisor(workshop_.supervisor());
  supervisor.emplace_back("--until-failure");
  WorkerLimits limits = rules_.limits;
  limits.cpu_seconds = std::max(1, limits.cpu_seconds / 2);
  limits.wall_seconds = std::max(1, limits.wall_seconds / 2);
  const auto cases = run_judge(
      workshop_, e, worker, folder,
      {.seed = rules_.seed, .limits = limits, .supervisor = supervisor, .side_by_side = 1});
  return state_of(cases) == State::done;
}

std::set<std::string> Desk::passing_together(std::span<const Exercise* const> exercises,
                                             const Substitutes& own) {
  const Linked worker =
      compiler_for(*exercises.back()).workshop.link_together(exercises, own, linked_);
  if (!worker.ok) return {};
  std::mutex mutex;  // of both below
  std::set<std::string> passing;
  std::size_t next = 0;
  const auto work = [&] {
    for (std::unique_lock lock(mutex); next < exercises.size();) {
      const Exercise& e = *exercises[next++];
      lock.unlock();
      const fs::path folder = judged_ / e.id;
      fs::create_directories(folder);
      const bool passes = all_pass(e, worker.program, folder);
      lock.lock();
      if (passes) passing.insert(e.id);
    }
  };
  std::vector<std::future<void>> others;
  for (int i = 1; i < judges_; ++i) others.push_back(std::async(std::launch::async, work));
  work();
  for (std::future<void>& other : others) other.get();
  return passing;
}

UnitResult Desk::judge(const Exercise& e, const Compiled& compiled) {
  UnitResult result;
  const Workshop& workshop = compiler_for(e).workshop;
  if (rules_.audit) {
    if (const std::string name = workshop.forbidden_call(e, compiled.object); !name.empty()) {
      result.state = State::refused;
      result.messages = {fmt::format("it calls `{}`, which {} asks you to do without", name, e.id)};
      return result;
    }
  }
  const Linked worker = workshop.link(Program::worker, e, compiled.object, linked_);
  if (!worker.ok) {
    result.state = State::interface_changed;
    result.messages = workshop.explain(e, compiled, worker);
    return result;
  }

  const auto start = Clock::now();
  const Sandbox::Room room = room_for(worker.program);
  result.cases = run_cases(e, worker.program, room, judged_);
  if (room.ran_out_of_memory()) {
    for (CaseResult& c : result.cases) {
      if (c.state == "crashed" && c.detail == "KILL") c.state = "out of memory";
    }
  }
  result.share = share_of(result.cases);
  result.state = state_of(result.cases);
  // A file that is begun is not "not started": what works of it counts
  if (result.state == State::not_started && result.share > 0) result.state = State::wrong;
  result.judged_seconds = seconds_since(start);
  return result;
}

}  // namespace gradbook
