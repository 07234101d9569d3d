#include "student/failure.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <string.h>

#include <sstream>

#include "student/paragraph.hpp"

namespace gradbook {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// What a signal usually means in a student's code
std::string signal_text(int signal) {
  switch (signal) {
    case SIGSEGV:
      return "SIGSEGV: it used memory that is not its own, or the stack overflowed: a null or "
             "freed pointer, an index "
             "out of range, a recursion too deep?";
    case SIGABRT:
      return "SIGABRT: an assertion or an uncaught exception ended it";
    case SIGFPE:
      return "SIGFPE: a whole number was divided by 0";
    case SIGILL:
      return "SIGILL: a function ended without returning what it promised?";
    case SIGBUS:
      return "SIGBUS: it used memory that is not there";
    case SIGKILL:
      return "SIGKILL: it was ended from outside, for what it used";
    case SIGXCPU:
      return "SIGXCPU: it used up its time";
    default:
      return fmt::format("signal {}", signal);
  }
}

// "topological_sort.diamond" is "diamond" inside its exercise
std::string short_name(const std::string& name) { return name.substr(name.find('.') + 1); }

// What an exception says may be a whole paragraph, and its end is often the advice
constexpr std::size_t kColumns = 76;  // indented it fits a terminal of 80

void add_thrown(std::vector<std::string>& lines, const std::string& label,
                const std::string& text) {
  std::string before = label;
  for (const std::string& line : wrapped(text, kColumns - label.size())) {
    lines.push_back(before + line);
    before.assign(label.size(), ' ');
  }
}

// GoogleTest's frame around the words of an exception, which is its own business
std::string thrown_in(const std::string& message) {
  static constexpr std::string_view kBefore = "C++ exception with description \"",
                                    kAfter = "\" thrown in the test body.";
  if (!message.starts_with(kBefore)) return "";
  const std::size_t end = message.rfind(kAfter);
  return end == std::string::npos ? "" : message.substr(kBefore.size(), end - kBefore.size());
}

void add(std::vector<std::string>& lines, const char* label, const std::string& text) {
  if (!text.empty()) lines.push_back(fmt::format("{:<10} {}", label, text));
}

}  // namespace

Failure describe(const TestResult& test, const Exercise& exercise) {
  Failure failure;
  failure.title = short_name(test.name);
  failure.again = fmt::format("./gradbook check {} --test {}", exercise.id, test.name);
  switch (test.state) {
    case TestResult::State::timed_out:
      failure.lines = {"it did not end within 5 s: a loop that never ends?"};
      break;
    case TestResult::State::crashed:
      failure.lines = {test.signal != 0 ? signal_text(test.signal) : test.message};
      break;
    case TestResult::State::not_started:
      failure.lines = {fmt::format("it reached exercise {}, which is not started", test.stub)};
      break;
    default: {
      const std::size_t tests = test.file.rfind("tests/");
      if (!test.file.empty())
        failure.title += fmt::format(
            "  ({}:{})", tests == std::string::npos ? test.file : test.file.substr(tests),
            test.line);
      if (const std::string thrown = thrown_in(test.message); !thrown.empty()) {
        add_thrown(failure.lines, "it threw: ", thrown);
      } else {
        failure.lines = lines_of(test.message);
      }
    }
  }
  return failure;
}

Failure describe(const CaseResult& c, const Exercise& exercise, std::uint64_t seed) {
  Failure failure;
  failure.title = short_name(c.name);
  failure.again = fmt::format("./gradbook check {} --case {} --seed {}", exercise.id, c.name, seed);
  add(failure.lines, "called", c.call);
  add(failure.lines, "with",
      fmt::format("(seed {}){}{}", seed, c.inputs.empty() ? "" : " ",
                  c.inputs));  // first, for a long list is cut
  if (c.state == "crashed") {
    int signal = 0;
    for (int s = 1; s < 32; ++s) {
      if (const char* abbreviation = sigabbrev_np(s);
          abbreviation != nullptr && c.detail == abbreviation)
        signal = s;
    }
    add(failure.lines, "crashed", signal != 0 ? signal_text(signal) : c.detail);
  } else if (c.state == "timed out") {
    add(failure.lines, "timed out",
        "it used 10 s of processor time, or 30 s in all, where the reference takes less than 2 s; "
        "after two such cases the others get a fifth of that");
  } else if (c.state == "out of memory") {
    add(failure.lines, "memory", "it asked for more memory than a case may use");
  } else if (c.state == "lost") {
    add(failure.lines, "lost", "the program that watches the case was ended: try again");
  } else if (c.state == "flood") {
    add(failure.lines, "flood", "it showed more than 16 MiB of results");
  } else if (!c.label.empty() || !c.difference.empty()) {
    add(failure.lines, "observed",
        c.label.empty() ? c.difference : fmt::format("\"{}\" {}", c.label, c.difference));
    add(failure.lines, "expected", c.expected);
    if (c.expected.empty() && !c.got.empty()) {
      add_thrown(failure.lines, fmt::format("{:<10} ", "got"), c.got);
    } else {
      add(failure.lines, "got", c.got);
    }
    add(failure.lines, "error", c.largest);
  }
  if (c.state == "wrong") add_thrown(failure.lines, fmt::format("{:<10} ", "judged"), c.detail);
  add(failure.lines, "means", c.says);
  return failure;
}

}  // namespace gradbook
