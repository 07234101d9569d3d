#include "grading/unit/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

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

// Whole or not at all, for several desks may keep the same
void keep_copy(const fs::path& from, const fs::path& to) {
  const fs::path made = unique_beside(to);
  fs::copy_file(from, made);
  fs::rename(made, to);
}

}  // namespace

Desk::Desk(const Workshop& workshop, const Sandbox& sandbox, fs::path folder, fs::path store,
           GradingRules rules)
    : workshop_(workshop),
      sandbox_(sandbox),
      compiled_(folder / "compiled"),
      linked_(folder / "linked"),
      judged_(folder / "judged"),
      again_(folder / "again"),
      store_(std::move(store)),
      rules_(rules) {
  for (const fs::path& made : {compiled_, linked_, judged_, again_, store_})
    fs::create_directories(made);
}

Desk::Rooms& Desk::rooms_for(const Exercise& e) {
  if (const auto found = rooms_.find(e.module); found != rooms_.end()) return found->second;

  // The compiler sees the given headers and nothing else of the book; the linker sees objects
  Sandbox::Room compiler = sandbox_.room({.memory_mib = kCompilerMemory,
                                          .readable = workshop_.headers_of(e),
                                          .writable = {compiled_},
                                          .compiler = true});
  Sandbox::Room linker = sandbox_.room({.memory_mib = kCompilerMemory,
                                        .readable = {workshop_.build(), compiled_, again_, store_},
                                        .writable = {linked_},
                                        .compiler = true});
  Workshop confined = workshop_.confined({compiler.prefix(), linker.prefix()});
  return rooms_
      .emplace(e.module, Rooms{std::move(compiler), std::move(linker), std::move(confined)})
      .first->second;
}

Compiled Desk::compile_file(const Exercise& e, std::string_view bytes, const std::string& level) {
  const fs::path source = compiled_ / (e.stem() + ".cpp");
  write_atomically(source, bytes);
  return rooms_for(e).workshop.compile(e, source, compiled_, level);
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
    replace_all(message, compiled_.string() + "/", "");
    replace_all(message, workshop_.book().root().string() + "/", "");
  }
  return messages;
}

UnitResult Desk::grade_at(const Exercise& e, std::string_view bytes, const std::string& level) {
  const Compiled compiled = compile_file(e, bytes, level);
  if (compiled.ok) {
    if (level.empty()) keep_copy(compiled.object, stored(e, bytes));
    return judge(e, compiled, {});
  }
  if (compiled.timed_out)
    return {.state = State::does_not_compile, .messages = {"the compiler was stopped after 60 s"}};
  if (rooms_for(e).compiler.ran_out_of_memory()) {
    return {.state = State::does_not_compile,
            .messages = {fmt::format("the compiler needed more than {} MiB", kCompilerMemory)}};
  }
  if (!blames_the_file(compiled.messages))
    throw UserError("the compiler failed without an error in the file: " + compiled.messages);
  return {.state = State::does_not_compile,
          .messages = first_errors(compiled.messages, (compiled_ / (e.stem() + ".cpp")).string())};
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
  result.messages = without_our_paths(std::move(result.messages));
  result.seconds = seconds_since(start);
  return result;
}

UnitResult Desk::grade_linked(const Exercise& e, const fs::path& object,
                              const Substitutes& others) {
  const auto start = Clock::now();
  const fs::path here =
      again_ / "student.o";  // one name, so that one worker takes the other's place
  fs::copy_file(object, here, fs::copy_options::overwrite_existing);
  UnitResult result = judge(e, {.object = here, .ok = true}, others);
  result.seconds = seconds_since(start);
  return result;
}

UnitResult Desk::judge(const Exercise& e, const Compiled& compiled, const Substitutes& others) {
  UnitResult result;
  const Workshop& workshop = rooms_for(e).workshop;
  if (rules_.audit) {
    if (const std::string name = workshop.forbidden_call(e, compiled.object); !name.empty()) {
      result.state = State::refused;
      result.messages = {fmt::format("it calls `{}`, which {} asks you to do without", name, e.id)};
      return result;
    }
  }
  const Linked worker = workshop.link(Program::worker, e, compiled.object, linked_, others);
  if (!worker.ok) {
    result.state = State::interface_changed;
    result.messages = workshop.explain(e, compiled, worker);
    return result;
  }

  const auto start = Clock::now();
  const Sandbox::Room room = sandbox_.room({.memory_mib = rules_.memory_mib,
                                            .processes = rules_.processes,
                                            .readable = {worker.program}});
  result.cases = run_judge(workshop_, e, worker.program, judged_,
                           {.seed = rules_.seed,
                            .only_case = only_case_,
                            .limits = rules_.limits,
                            .supervisor = room.supervisor(workshop_.supervisor()),
                            .side_by_side = 1});
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
