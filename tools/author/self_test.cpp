#include "author/self_test.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>

#include "author/verify.hpp"
#include "system/process.hpp"

namespace gradbook {
namespace {

constexpr int kSuitesAtOnce = 3;
constexpr std::string_view kWaitsMost = "SampleClass";  // for submissions that sleep or never end

struct Count {
  int passed = 0, failed = 0, skipped = 0;
  void note(bool ok) { ++(ok ? passed : failed); }
  void add(const Count& other) {
    passed += other.passed;
    failed += other.failed;
    skipped += other.skipped;
  }
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

// A suite of a GoogleTest program
struct Suite {
  fs::path program;
  std::string name;
};

// What came of one
struct SuiteRun {
  std::string name;
  double seconds = 0;
  Count count;
  std::string printed;  // where not all passed
};

std::vector<Suite> suites_of(const fs::path& program) {
  std::istringstream list(
      run({.arguments = {program.string(), "--gtest_list_tests"}, .output_cap = 1 << 20}).output);
  std::vector<Suite> suites;
  for (std::string line; std::getline(list, line);) {
    const std::size_t dot = line.find('.');
    if (!line.starts_with(' ') && dot != std::string::npos)
      suites.push_back({program, line.substr(0, dot)});
  }
  return suites;
}

SuiteRun run_suite(const Suite& suite) {
  const auto start = std::chrono::steady_clock::now();
  const fs::path results = suite.program.parent_path() / "results" / (suite.name + ".json");
  std::error_code ignored;
  fs::remove(results, ignored);
  const Completion tests = run({.arguments = {suite.program.string(), "--gtest_brief=1",
                                              "--gtest_filter=" + suite.name + ".*",
                                              "--gtest_output=json:" + results.string()},
                                .output_cap = 1 << 20});
  SuiteRun ran;
  ran.name = suite.name;
  ran.seconds = seconds_since(start);
  const auto json = fs::exists(results) ? nlohmann::json::parse(read_file(results), nullptr, false)
                                        : nlohmann::json();
  if (!json.is_object()) {
    ran.count.note(false);
    ran.printed = fmt::format("{}{} did not come to its end\n", tests.output, suite.name);
    return ran;
  }
  for (const auto& one : json.at("testsuites")) {
    for (const auto& test : one.at("testsuite")) {
      if (test.at("result") == "SKIPPED") {
        ++ran.count.skipped;
      } else {
        ran.count.note(!test.contains("failures"));
      }
    }
  }
  if (ran.count.failed + ran.count.skipped > 0) ran.printed = tests.output;
  return ran;
}

// GoogleTest's own tests of the program and of given code, suite by suite, more at a time than
// there are cores: most of them wait. The one that waits most runs beside what comes before.
class ProgramTests {
 public:
  explicit ProgramTests(const fs::path& build) {
    for (const char* target : {"gradbook_tests", "given_tests", "kernel_tests"}) {
      const Completion built =
          run({.arguments = {"ninja", "-C", build.string(), target}, .output_cap = 1 << 20});
      std::vector<Suite> found;
      if (built.ok()) found = suites_of(build / "tests" / target);
      if (found.empty()) {
        fmt::print("{} was not built:\n{}\n", target, built.output);
        before_.note(false);
      }
      suites_.insert(suites_.end(), found.begin(), found.end());
    }
    const auto early = std::ranges::find(suites_, kWaitsMost, &Suite::name);
    if (early == suites_.end()) return;
    running_.push_back(
        std::async(std::launch::async, [suite = *early] { return std::vector{run_suite(suite)}; }));
    suites_.erase(early);
  }

  void end(Count& count) {
    const Step step("the program");
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      std::vector<SuiteRun> runs;
      for (std::size_t i = next++; i < suites_.size(); i = next++)
        runs.push_back(run_suite(suites_[i]));
      return runs;
    };
    for (int i = 0; i < kSuitesAtOnce; ++i)
      running_.push_back(std::async(std::launch::async, work));
    std::vector<SuiteRun> all;
    for (auto& worker : running_) {
      for (SuiteRun& ran : worker.get()) all.push_back(std::move(ran));
    }
    count.add(before_);
    for (const SuiteRun& ran : all) {
      count.add(ran.count);
      fmt::print("{}", ran.printed);
    }
    // So that whoever makes them slow sees it
    std::ranges::sort(all, std::greater(), &SuiteRun::seconds);
    for (std::size_t i = 0; i < std::min<std::size_t>(all.size(), 6); ++i)
      fmt::print("{:6.1f} s  {}\n", all[i].seconds, all[i].name);
  }

 private:
  Count before_;
  std::vector<Suite> suites_;
  std::vector<std::future<std::vector<SuiteRun>>> running_;
};

void build_all(const Workshop& workshop) {
  const Step step("what proofs are made of");
  workshop.bring_up_to_date(workshop.book().select(""));
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
  build_all(workshop);
  ProgramTests program(build);
  test_book(workshop, count);
  program.end(count);
  test_format(root, count);
  tidy.end(count);
  fmt::print("{} passed, {} failed, {} skipped\n", count.passed, count.failed, count.skipped);
  return count.failed == 0 ? 0 : 1;
}

}  // namespace gradbook
