#include "student/public_tests.hpp"

#include <fmt/format.h>

#include "system/process.hpp"

namespace gradbook {
namespace {

std::vector<std::string> fields_of(std::string_view event) {
  std::vector<std::string> fields(1);
  for (char c : event) {
    if (c == '\x1f') {
      fields.emplace_back();
    } else {
      fields.back() += c;
    }
  }
  fields.resize(4);
  return fields;
}

// Follows the events of one process: the last test in `tests` is the one that runs, until it has
// ended
class Follower {
 public:
  explicit Follower(std::vector<TestResult>& tests) : tests_(tests) {}

  bool in_a_test() const { return in_a_test_; }

  void follow(std::string_view bytes) {
    rest_ += bytes;
    for (std::size_t end; (end = rest_.find('\x1e')) != std::string::npos;
         rest_.erase(0, end + 1)) {
      event(fields_of(std::string_view(rest_).substr(0, end)));
    }
  }

 private:
  void event(const std::vector<std::string>& fields) {
    if (fields[0] == "start") {
      tests_.push_back({.name = fields[1]});
      in_a_test_ = true;
      return;
    }
    if (!in_a_test_) return;  // an expectation outside of any test
    TestResult& test = tests_.back();
    if (fields[0] == "fail" && test.state == TestResult::State::passed) {
      test.state = TestResult::State::failed;
      test.file = fields[1];
      test.line = std::atoi(fields[2].c_str());
      test.message = fields[3];
    } else if (fields[0] == "not started") {
      test.state = TestResult::State::not_started;
      test.stub = fields[1];
    } else if (fields[0] == "end") {
      in_a_test_ = false;
    }
  }

  std::vector<TestResult>& tests_;
  std::string rest_;
  bool in_a_test_ = false;
};

}  // namespace

TestRun run_public_tests(const fs::path& program, std::chrono::milliseconds limit,
                         const std::string& only, Until until) {
  TestRun result;
  const bool all = until == Until::all;
  for (;;) {
    // Leave out the tests that are known
    std::string filter = only + "-";
    for (const TestResult& test : result.tests) filter += test.name + ":";
    const std::size_t before = result.tests.size();

    Follower follower(result.tests);
    const Completion completion =
        run({.arguments = {program.string(), "--gtest_filter=" + filter,
                           all ? "--gtest_fail_fast=0" : "--gtest_fail_fast"},
             .quiet = limit,
             .on_event = [&](std::string_view bytes) { follower.follow(bytes); }});
    result.printed += completion.output;
    if (!follower.in_a_test()) {
      // It ended between two tests: because it was done, or because something called exit
      if (result.tests.size() == before || completion.exit_status == 0 ||
          completion.exit_status == 1)
        return result;
      continue;
    }

    // It died in the middle of one: note how, and run the rest in a new process
    TestResult& died = result.tests.back();
    if (died.state == TestResult::State::not_started) {
      if (all) continue;
      return result;
    }
    died.state = completion.timed_out ? TestResult::State::timed_out : TestResult::State::crashed;
    died.signal = completion.signal;
    died.message = completion.timed_out     ? ""
                   : completion.signal != 0 ? ""
                                            : fmt::format("the process left with exit status {}",
                                                          completion.exit_status);
    if (!all) return result;
  }
}

}  // namespace gradbook
