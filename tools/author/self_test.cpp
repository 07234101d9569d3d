#include "author/self_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

#include "author/verify.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kSuitesAtOnce = 3;

struct Count {
  int passed = 0, failed = 0, skipped = 0;
  void note(bool ok) { ++(ok ? passed : failed); }
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Prints what a step did and how long it took
class Step {
 public:
  explicit Step(const char* what) { fmt::print("── {} ──\n", what); }
  ~Step() {
    fmt::print("   ({:.1f} s)\n\n", seconds_since(start_));
    std::fflush(stdout);
  }

 private:
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

std::vector<fs::path> sources(const fs::path& root, std::initializer_list<const char*> folders) {
  std::vector<fs::path> files;
  for (const char* folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
        files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

// The suites of a GoogleTest program, in its order
std::vector<std::string> suites_of(const fs::path& program) {
  std::istringstream list(
      run({.arguments = {program.string(), "--gtest_list_tests"}, .output_cap = 1 << 20}).output);
  std::vector<std::string> suites;
  for (std::string line; std::getline(list, line);) {
    const std::size_t dot = line.find('.');
    if (!line.starts_with(' ') && dot != std::string::npos) suites.push_back(line.substr(0, dot));
  }
  return suites;
}

// Runs one suite, and counts its tests; what it prints comes back
std::string test_suite(const fs::path& program, const std::string& suite, const fs::path& results,
                       Count& count) {
  std::error_code ignored;
  fs::remove(results, ignored);
  const Completion tests =
      run({.arguments = {program.string(), "--gtest_brief=1", "--gtest_filter=" + suite + ".*",
                         "--gtest_output=json:" + results.string()},
           .output_cap = 1 << 20});
  const auto json = fs::exists(results) ? nlohmann::json::parse(read_file(results), nullptr, false)
                                        : nlohmann::json();
  if (!json.is_object()) {
    count.note(false);
    return fmt::format("{}{} did not come to its end\n", tests.output, suite);
  }
  const Count before = count;
  for (const auto& one : json.at("testsuites")) {
    for (const auto& test : one.at("testsuite")) {
      if (test.at("result") == "SKIPPED") {
        ++count.skipped;
      } else {
        count.note(!test.contains("failures"));
      }
    }
  }
  const bool quiet = count.failed == before.failed && count.skipped == before.skipped;
  return quiet ? "" : tests.output;
}

// GoogleTest's own tests of the program and of given code, suite by suite, more at a time than
// there are cores: most of them wait
void test_program(const fs::path& build, Count& count) {
  const Step step("the program");
  struct Suite {
    fs::path program;
    std::string name;
    double seconds = 0;
  };
  std::vector<Suite> suites;
  for (const char* target : {"gradbook_tests", "given_tests", "kernel_tests"}) {
    const Completion built =
        run({.arguments = {"ninja", "-C", build.string(), target}, .output_cap = 1 << 20});
    if (!built.ok()) {
      fmt::print("{}\n", built.output);
      count.note(false);
      continue;
    }
    const fs::path program = build / "tests" / target;
    const auto names = suites_of(program);
    if (names.empty()) count.note(false);
    for (const std::string& name : names) suites.push_back({program, name});
  }
  std::atomic<std::size_t> next = 0;
  std::mutex printing;
  const auto work = [&](int number) {
    Count own;
    const fs::path results = build / "tests" / fmt::format("results_{}.json", number);
    for (std::size_t i = next++; i < suites.size(); i = next++) {
      const auto start = std::chrono::steady_clock::now();
      const std::string output = test_suite(suites[i].program, suites[i].name, results, own);
      suites[i].seconds = seconds_since(start);
      const std::lock_guard lock(printing);
      fmt::print("{}", output);
      std::fflush(stdout);
    }
    return own;
  };
  std::vector<std::future<Count>> workers;
  for (int i = 0; i < kSuitesAtOnce; ++i)
    workers.push_back(std::async(std::launch::async, work, i));
  for (std::future<Count>& worker : workers) {
    const Count own = worker.get();
    count.passed += own.passed;
    count.failed += own.failed;
    count.skipped += own.skipped;
  }
  // So that whoever makes them slow sees it
  std::ranges::sort(suites, std::greater(), &Suite::seconds);
  for (std::size_t i = 0; i < std::min<std::size_t>(suites.size(), 6); ++i)
    fmt::print("{:6.1f} s  {}\n", suites[i].seconds, suites[i].name);
}

void test_book(const Workshop& workshop, Count& count) {
  const Step step("the book: gradbook verify");
  const auto proofs = verify(workshop, workshop.book().select(""), false, [](const Proof&) {});
  fmt::print("{}", to_text(proofs, workshop.book()));
  for (const Proof& proof : proofs) count.note(proof.faults.empty());
}

void test_format(const fs::path& root, Count& count) {
  const Step step("how the code looks: clang-format");
  Command command{
      .arguments = {"clang-format", "--dry-run", "-Werror"}, .directory = root, .output_cap = 4000};
  for (const fs::path& file :
       sources(root, {"modules", "solutions", "kernels", "tests", "tools", "benchmarks", "docs"}))
    command.arguments.push_back(file.string());
  const Completion completion = run(command);
  if (!completion.started) {
    fmt::print("clang-format is not installed: skipped\n");
    ++count.skipped;
    return;
  }
  fmt::print("{}", completion.output);
  count.note(completion.ok());
}

// With flags of its own: clang cannot read g++'s precompiled headers. Every other file to one of
// two processes, which take what processor time all other tests leave.
class Tidy {
 public:
  explicit Tidy(const fs::path& root) {
    if (!run({.arguments = {"clang-tidy", "--version"}}).started) return;
    Command halves[2];
    std::size_t next = 0;
    for (Command& half : halves) {
      half = {.arguments = {"nice", "-n", "19", "clang-tidy", "--quiet"},
              .directory = root,
              .output_cap = 8000};
    }
    for (const fs::path& file : sources(root, {"modules", "solutions"})) {
      const bool stub = file.parent_path().filename() == "exercises";
      if (file.extension() == ".cpp" && !stub)
        halves[next++ % 2].arguments.push_back(file.string());
    }
    for (Command& half : halves) {
      half.arguments.insert(half.arguments.end(), {"--", "-std=c++20", "-Imodules", "-I."});
      running_.push_back(std::async(std::launch::async, [half] { return run(half); }));
    }
  }

  void end(Count& count) {
    const Step step("what the code hides: clang-tidy");
    if (running_.empty()) {
      fmt::print("clang-tidy is not installed: skipped\n");
      ++count.skipped;
      return;
    }
    bool ok = true;
    for (auto& half : running_) {
      const Completion completion = half.get();
      if (!completion.ok()) fmt::print("{}", completion.output);
      ok = ok && completion.ok();
    }
    count.note(ok);
  }

 private:
  std::vector<std::future<Completion>> running_;
};

}  // namespace

int self_test(const Workshop& workshop) {
  const fs::path root = workshop.book().root(), build = root / "build" / "student";
  Count count;
  Tidy tidy(root);
  test_book(workshop, count);
  test_program(build, count);
  test_format(root, count);
  tidy.end(count);
  fmt::print("{} passed, {} failed, {} skipped\n", count.passed, count.failed, count.skipped);
  return count.failed == 0 ? 0 : 1;
}

}  // namespace gradbook
