#include "student/verdict.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "student/case_json.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kLines = 24;  // a verdict fits into a small terminal
constexpr std::size_t kColumns = 160;
constexpr std::size_t kMessage = 400;  // of a compiler, which may put what matters last
constexpr std::size_t kPrinted = 5;    // lines of the student's own output

std::size_t passed(const std::vector<TestResult>& tests) {
  return static_cast<std::size_t>(
      std::ranges::count(tests, TestResult::State::passed, &TestResult::state));
}

std::size_t passed(const std::vector<CaseResult>& cases) {
  return static_cast<std::size_t>(std::ranges::count_if(cases, &CaseResult::passed));
}

std::string counts(const Verdict& v) {
  std::string text;
  if (!v.tests.empty())
    text += fmt::format("{} of {} public tests", passed(v.tests), v.tests.size());
  if (!v.cases.empty())
    text += fmt::format("{}{} of {} hidden cases", text.empty() ? "" : ", ", passed(v.cases),
                        v.cases.size());
  return text;
}

std::string cut(const std::string& line, std::size_t columns = kColumns) {
  if (line.size() <= columns) return line;
  std::size_t end = columns;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xc0) == 0x80)
    --end;  // never inside a character
  return line.substr(0, end) + "…";
}

// An assertion of the standard library without the signature that it stands in, which is longer
// than a screen: "stl_vector.h:1123: … Assertion '__n < this->size()' failed."
std::string assertion_alone(const std::string& line) {
  const std::size_t says = line.find(": Assertion '"), file = line.find(": ");
  if (!line.starts_with("/usr/include/c++/") || says == std::string::npos || says == file)
    return line;
  const std::size_t name = line.rfind('/', file) + 1;
  const bool index = line.find("size()' failed", says) != std::string::npos;
  return line.substr(name, file - name) + ": …" + line.substr(says + 1) +
         (index ? " An index is out of range." : "");
}

// Control characters of the student's output must not reach the terminal
std::vector<std::string> printed_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    std::erase_if(line, [](unsigned char c) { return c < 0x20 || c == 0x7f; });
    line = assertion_alone(line);
    if (lines.empty() || lines.back() != line) lines.push_back(line);
  }
  return lines;
}

const char* state_name(TestResult::State state) {
  switch (state) {
    case TestResult::State::passed:
      return "passed";
    case TestResult::State::failed:
      return "failed";
    case TestResult::State::not_started:
      return "not started";
    case TestResult::State::crashed:
      return "crashed";
    case TestResult::State::timed_out:
      return "timed out";
  }
  return "";
}

// A student has no submission, but files
std::string_view shown(State state) {
  return state == State::missing          ? "no file"
         : state == State::infrastructure ? "not checked"
                                          : name(state);
}

// Bytes of the student's that are no UTF-8 must not make the JSON invalid
std::string dump(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

std::string to_line(const Verdict& v, std::size_t columns) {
  const Exercise& e = *v.exercise;
  const std::string mark = v.state == State::done ? "✓" : v.state == State::not_started ? "·" : "✗";
  const auto line = [&](const std::string& count) {
    std::string text =
        fmt::format("{} {:<5} {:<18} {:<17} {}", mark, e.id, e.name, shown(v.state), count);
    return text.erase(text.find_last_not_of(' ') + 1);
  };
  std::string brief;
  if (!v.tests.empty()) brief = fmt::format("{}/{}", passed(v.tests), v.tests.size());
  if (!v.cases.empty()) brief += fmt::format(" {}/{}", passed(v.cases), v.cases.size());
  for (const std::string& text : {line(counts(v)), line(brief)}) {
    if (text.size() - mark.size() + 1 <= columns) return text + "\n";
  }
  return line("") + "\n";
}

std::string to_text(const Verdict& v) {
  const Exercise& e = *v.exercise;
  std::vector<std::string> lines;
  const std::string count = counts(v);
  lines.push_back(fmt::format("{} {}: {}{}", e.id, e.name, shown(v.state),
                              count.empty() ? "" : " (" + count + ")"));
  if (!v.ran_on.empty() && !count.empty()) lines.back() += ", " + v.ran_on;

  const auto indented = [&](const std::string& line) { lines.push_back("  " + cut(line)); };
  switch (v.state) {
    case State::done:
      if (!e.learnt.empty()) indented("you have learnt: " + e.learnt);
      break;
    case State::not_started:
      indented((e.regions ? "still to mend: " : "still to write: ") +
               (v.messages.empty() ? v.file : v.messages.front()));
      indented(fmt::format("{}; the chapter is modules/{}/chapter.md",
                           e.regions ? "yours is what stands between EDIT BEGIN and EDIT END"
                                     : fmt::format("look for TODO({}) there", e.id),
                           e.module));
      break;
    case State::refused:
    case State::interface_changed:
    case State::missing:
    case State::infrastructure:
    case State::does_not_compile:
      for (const std::string& message : v.messages) lines.push_back("  " + cut(message, kMessage));
      break;
    default:
      break;
  }

  if (!v.own.empty())
    indented(fmt::format("with your own {}: {}", fmt::join(v.own, ", "), v.no_references));
  if (!v.stubs.empty())
    indented(fmt::format("it builds on {}, which you have not written yet: {}",
                         fmt::join(v.stubs, ", "), v.no_references));
  if (!v.from_reference.empty())
    indented(fmt::format("from the reference: {}", fmt::join(v.from_reference, ", ")));

  if (v.failure) {
    lines.push_back("");
    indented(v.failure->title);
    for (const std::string& line : v.failure->lines) {
      if (lines.size() + 9 > kLines) {
        indented("  …");
        break;
      }
      indented("  " + line);
    }
    if (const auto own = printed_lines(v.printed); !own.empty()) {
      indented("your output:");
      for (std::size_t i = own.size() > kPrinted ? own.size() - kPrinted : 0;
           i < own.size() && lines.size() + 4 < kLines; ++i) {
        indented("  | " + own[i]);
      }
    }
    if (!v.messages.empty() && v.state != State::not_started && lines.size() + 4 < kLines)
      indented(v.messages.front());  // a warning that may be the cause
    if (!v.also.empty())
      lines.push_back("  " +
                      cut(fmt::format("also failing: {}", fmt::join(v.also, ", ")), kMessage));
    indented("again: " + v.failure->again);
  }
  lines.resize(std::min(lines.size(), kLines));
  return fmt::format("{}\n", fmt::join(lines, "\n"));
}

std::string to_json(const std::vector<Verdict>& verdicts) {
  nlohmann::json array = nlohmann::json::array();
  for (const Verdict& v : verdicts) {
    nlohmann::json tests = nlohmann::json::array();
    for (const TestResult& t : v.tests) {
      tests.push_back({{"name", t.name},
                       {"state", state_name(t.state)},
                       {"line", t.line},
                       {"message", t.message}});
    }
    nlohmann::json one = {{"exercise", v.exercise->id},
                          {"name", v.exercise->name},
                          {"state", shown(v.state)},
                          {"file", v.file},
                          {"messages", v.messages},
                          {"public", tests},
                          {"hidden", shown_as_json(v.cases)},
                          {"share", v.share},
                          {"ran_on", v.ran_on},
                          {"from_reference", v.from_reference},
                          {"own", v.own},
                          {"not_written", v.stubs},
                          {"seconds", v.seconds}};
    one["on_gpu"] = v.on_gpu ? to_json(*v.on_gpu) : nlohmann::json();
    if (v.failure)
      one["failure"] = {
          {"title", v.failure->title}, {"lines", v.failure->lines}, {"again", v.failure->again}};
    array.push_back(one);
  }
  return dump(array) + "\n";
}

}  // namespace gradbook
