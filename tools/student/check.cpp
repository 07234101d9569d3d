#include "student/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <future>
#include <sstream>

#include "book/regions.hpp"
#include "grading/build/compiler_messages.hpp"
#include "student/failure.hpp"
#include "student/own_foundations.hpp"
#include "system/lock.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLargestFile = 1u << 20;  // an exercise is a page of code

// What is wrong with the file itself; empty when it can be compiled
std::string unreadable(const Exercise& e, const fs::path& path, const std::string& shown) {
  std::error_code error;
  if (!fs::exists(path, error)) {
    return fmt::format(
        "{} is not there: was it renamed or deleted? `./gradbook reset {}` brings the stub back",
        shown, e.id);
  }
  if (fs::is_directory(path, error))
    return fmt::format("{} is a directory where a file should be: move it away", shown);
  if (fs::file_size(path, error) > kLargestFile)
    return fmt::format("{} is larger than 1 MiB: is it the right file?", shown);
  std::string text;
  try {
    text = read_file(path);
  } catch (const UserError& reason) {
    return reason.what();
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return fmt::format("{} is empty: `./gradbook reset {}` brings the stub back", shown, e.id);
  }
  if (const std::size_t at = first_bad_utf8(text); at != std::string::npos) {
    return fmt::format(
        "{}:{}: this byte (0x{:02x}) is not UTF-8: save the file as UTF-8 in your editor", shown,
        std::ranges::count(text.substr(0, at), '\n') + 1, static_cast<unsigned char>(text[at]));
  }
  return "";
}

bool own_stub(const TestResult& test, const Exercise& e) {
  return test.state == TestResult::State::not_started && test.stub == e.id;
}

// Where a stub still stands: "FILE:9", or "FILE, lines 9, 14 and 20"
std::string stubs_left(const fs::path& file, const std::string& shown) {
  std::vector<int> places;
  std::istringstream lines(read_file(file));
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.find("not_started(\"") != std::string::npos) places.push_back(number);
  }
  if (places.empty()) return shown;
  const int last = places.back();
  places.pop_back();
  if (places.empty()) return fmt::format("{}:{}", shown, last);
  return fmt::format("{}, lines {} and {}", shown, fmt::join(places, ", "), last);
}

// The worst that happened in the public tests
State state_of(const std::vector<TestResult>& tests, const Exercise& e) {
  using S = TestResult::State;
  const auto any = [&](S state) {
    return std::ranges::find(tests, state, &TestResult::state) != tests.end();
  };
  if (std::ranges::any_of(tests, [&](const TestResult& t) { return own_stub(t, e); }))
    return State::not_started;
  if (any(S::crashed)) return State::crashed;
  if (any(S::timed_out)) return State::timed_out;
  if (any(S::failed) || any(S::not_started)) return State::wrong;
  return State::done;
}

void describe_failures(Verdict& verdict, const CheckOptions& options) {
  for (const TestResult& test : verdict.tests) {
    if (test.state == TestResult::State::passed || own_stub(test, *verdict.exercise)) continue;
    if (verdict.failure) {
      verdict.also.push_back(test.state == TestResult::State::crashed ? test.name + " (crashed)"
                                                                      : test.name);
    } else {
      verdict.failure = describe(test, *verdict.exercise);
    }
  }
  for (const CaseResult& c : verdict.cases) {
    if (c.passed() || c.state == "not started") continue;
    if (verdict.failure) {
      verdict.also.push_back(c.name);
    } else {
      verdict.failure = describe(c, *verdict.exercise, options.seed);
    }
    if (verdict.printed.empty()) verdict.printed = c.printed;
  }
}

}  // namespace

JudgeOptions CheckOptions::judging() const {
  return {.seed = seed, .only_case = only_case, .limits = case_limits};
}

Verdict check_object(const Workshop& workshop, const Exercise& e, const Compiled& compiled,
                     const fs::path& folder, const CheckOptions& options, bool stop_at_public) {
  Verdict verdict{.exercise = &e};
  if (workshop.book().module(e.module).kernels) verdict.ran_on = workshop.recipe().kernels.ran_on;

  // On two cores: the worker is linked and the calls are looked at while the public tests already
  // run
  const bool hidden = workshop.has_hidden_cases(e) && options.only_test.empty();
  auto worker = std::async(hidden ? std::launch::async : std::launch::deferred, [&] {
    return hidden ? workshop.link(Program::worker, e, compiled.object, folder, options.substitutes)
                  : Linked{{}, true, {}};
  });
  auto call =
      std::async(std::launch::async, [&] { return workshop.forbidden_call(e, compiled.object); });
  const Linked tests =
      workshop.link(Program::public_tests, e, compiled.object, folder, options.substitutes);
  const auto changed = [&](const Linked& linked) {
    verdict.state = State::interface_changed;
    verdict.messages = workshop.explain(e, compiled, linked);
    return verdict;
  };
  if (!tests.ok) return changed(tests);
  if (const std::string name = call.get(); !name.empty()) {
    verdict.state = State::refused;
    verdict.messages = {fmt::format("it calls `{}`, which {} asks you to do without", name, e.id)};
    return verdict;
  }

  if (options.only_case.empty()) {
    TestRun tests_run = run_public_tests(tests.program, options.test_limit,
                                         options.only_test.empty() ? "*" : options.only_test);
    verdict.tests = std::move(tests_run.tests);
    verdict.printed = std::move(tests_run.printed);
    verdict.state = state_of(verdict.tests, e);
    if (verdict.tests.empty()) {
      verdict.state = State::crashed;
      verdict.messages = {"no test ran: does something in your file end the process before main?"};
      if (!options.only_test.empty())
        throw UserError(fmt::format("{} has no public test \"{}\"", e.id, options.only_test));
    }
  }
  const Linked linked_worker = worker.get();
  if (!linked_worker.ok) return changed(linked_worker);
  if (hidden && (verdict.state == State::done || !stop_at_public)) {
    verdict.cases = run_judge(workshop, e, linked_worker.program, folder, options.judging());
    if (verdict.cases.empty())
      throw UserError(fmt::format("{} has no hidden case \"{}\"", e.id, options.only_case));
    if (verdict.state == State::done) verdict.state = state_of(verdict.cases);
  }
  // Where no case was reached, a share of 1 would be a gift
  if (verdict.state == State::done || !verdict.cases.empty()) {
    verdict.share = share_of(verdict.cases);
  }
  describe_failures(verdict, options);
  return verdict;
}

Verdict check(const Workshop& workshop, const Exercise& e, const CheckOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const fs::path file = options.workbook / Book::stub_path(e);
  const fs::path relative = file.lexically_relative(fs::current_path());
  const std::string shown =
      relative.empty() || *relative.begin() == ".." ? file.string() : relative.string();
  const fs::path folder = workshop.folder_of(e);
  const Lock lock(folder);
  Verdict verdict{.exercise = &e};

  const auto finish = [&](Verdict result) {
    result.file = shown;
    result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
  };
  if (const std::string reason = unreadable(e, file, shown); !reason.empty()) {
    verdict.state = State::missing;
    verdict.messages = {reason};
    return finish(verdict);
  }

  // See to our own objects while the student's is compiled; where one of ours was stale, compile
  // once more
  const Exercise* one[] = {&e};
  auto fresh = std::async(std::launch::async,
                          [&] { return workshop.bring_up_to_date(one, options.takes_long); });
  Compiled compiled = workshop.can_compile(e) ? workshop.compile(e, file, folder) : Compiled{};
  if (fresh.get() || compiled.object.empty()) compiled = workshop.compile(e, file, folder);
  if (!compiled.ok) {
    verdict.state = State::does_not_compile;
    verdict.messages = compiled.timed_out
                           ? std::vector<std::string>{"the compiler was stopped after 60 s"}
                           : first_errors(compiled.messages, shown);
    return finish(verdict);
  }

  // What has no reference here comes from the student too
  OwnFoundations own = own_foundations(workshop, e, options);
  CheckOptions with_own = options;
  with_own.substitutes.merge(own.objects);
  verdict = check_object(workshop, e, compiled, folder, with_own, true);
  verdict.own = std::move(own.written);
  verdict.stubs = std::move(own.stubs);
  verdict.no_references = std::move(own.why);
  if (e.regions && holds_stub(workshop.book(), e, read_file(file))) {
    verdict.state = State::not_started;  // though it runs, and its failure tells what to mend
    verdict.share = 0;
  }
  if (verdict.state == State::not_started) verdict.messages = {stubs_left(file, shown)};
  if (verdict.state != State::done || options.only_test.size() + options.only_case.size() > 0) {
    if (verdict.state != State::not_started && verdict.messages.empty())
      verdict.messages = first_warnings(compiled.messages, shown);
    return finish(verdict);
  }

  // What must hold at other optimisation levels too, all of them at once
  std::vector<std::future<std::vector<CaseResult>>> levels;
  const bool hidden = workshop.has_hidden_cases(e);
  for (const std::string& level : hidden ? e.levels : std::vector<std::string>{}) {
    levels.push_back(std::async(std::launch::async, [&workshop, &e, &file, &options, level,
                                                     at = folder / ("level" + level)] {
      const Compiled other = workshop.compile(e, file, at, level);
      const Linked worker =
          other.ok ? workshop.link(Program::worker, e, other.object, at) : Linked{};
      if (!other.ok || !worker.ok)
        throw UserError(fmt::format("{} compiles, but not at {}:\n{}", e.id, level,
                                    other.ok ? worker.messages : other.messages));
      return run_judge(workshop, e, worker.program, at, options.judging());
    }));
  }
  for (std::size_t i = 0; i < levels.size(); ++i) {
    auto cases = levels[i].get();
    if (verdict.state != State::done || state_of(cases) == State::done) continue;
    verdict.cases = std::move(cases);
    verdict.state = state_of(verdict.cases);
    verdict.share = share_of(verdict.cases);
    describe_failures(verdict, options);
    verdict.failure->lines.push_back(
        fmt::format("this is with your file compiled at {}", e.levels[i]));
  }
  return finish(verdict);
}

}  // namespace gradbook
