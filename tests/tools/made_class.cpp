#include "tools/made_class.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace gradbook {
namespace {

constexpr std::array<const char*, 12> kTitles = {
    "A number on either side", "An order to visit in",     "The rules of differentiation",
    "Three nonlinearities",    "Two ways to send it back", "Giving a graph back",
    "One hidden layer",        "What to make small",       "A step downhill",
    "Round after round",       "The graph as a picture",   "Slopes of slopes"};

constexpr std::array<const char*, 5> kMistakes = {
    "the gradient is overwritten where it should be added up",
    "the inputs are visited from last to first", "the sign of the second slope is turned round",
    "the result is divided by the number of inputs once too often",
    "a node that is reached twice is listed twice"};

constexpr std::array<const char*, 6> kSentences = {
    "a node that two branches share comes once, and before both of them",
    "an empty list has a sum of 0, not an error",
    "the inputs are as they were before the call",
    "far above 0 the value stays finite",
    "a second call starts from nothing that the first one left behind",
    "a graph of a hundred thousand nodes does not overflow the stack"};

// The standard engine gives the same numbers everywhere; its distributions do not
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : engine_(seed) {}
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }
  double bell() { return uniform() + uniform() + uniform() + uniform() - 2; }  // -2 to 2
  std::size_t below(std::size_t n) {
    return static_cast<std::size_t>(uniform() * static_cast<double>(n));
  }

 private:
  std::mt19937_64 engine_;
};

CaseResult failed_case(const std::string& exercise, std::size_t number, const std::string& state) {
  CaseResult result;
  result.name = fmt::format("{}.case_{}", exercise, number);
  result.state = state;
  result.says = kSentences[number % kSentences.size()];
  result.call = "f(x)";
  result.inputs = "x = 1.25";
  result.expected = "2.5";
  result.got = "5";
  if (state == "crashed") result.detail = "ended by SIGSEGV";
  return result;
}

CaseResult passed_case(const std::string& exercise, std::size_t number) {
  CaseResult result = failed_case(exercise, number, "passed");
  result.share = 1;
  return result;
}

// A try at an exercise that did not succeed
void fail(ExerciseGrade& grade, const std::string& name, Draws& draws) {
  static constexpr std::array<State, 14> kStates = {State::wrong,
                                                    State::wrong,
                                                    State::wrong,
                                                    State::wrong,
                                                    State::wrong,
                                                    State::wrong,
                                                    State::wrong,
                                                    State::does_not_compile,
                                                    State::crashed,
                                                    State::timed_out,
                                                    State::interface_changed,
                                                    State::refused,
                                                    State::out_of_memory,
                                                    State::too_much_output};
  grade.state = kStates[draws.below(kStates.size())];
  switch (grade.state) {
    case State::does_not_compile:
      grade.messages = {fmt::format("{}.cpp:{}:11: error: 'order' was not declared in this scope",
                                    name, 12 + draws.below(30))};
      return;
    case State::interface_changed:
      grade.messages = {fmt::format("it has no definition: was `{}(Node*)` renamed?", name)};
      return;
    case State::refused:
      grade.messages = {"it calls `std::sort`, which this exercise is about"};
      return;
    default:
      break;
  }
  const std::size_t mistake = std::min(draws.below(5), draws.below(5));
  const std::size_t cases = 8;
  for (std::size_t i = 0; i < cases; ++i) {
    const bool fails = i == mistake || draws.uniform() < 0.25;
    grade.cases.push_back(fails ? failed_case(name, i,
                                              grade.state == State::wrong
                                                  ? "wrong"
                                                  : std::string(gradbook::name(grade.state)))
                                : passed_case(name, i));
    grade.share += fails ? 0 : 1.0 / cases;
  }
  if (grade.state == State::wrong && draws.uniform() < 0.7) grade.mistake = kMistakes[mistake];
}

}  // namespace

ClassGrades made_class(std::size_t students, std::size_t exercises, std::uint64_t seed) {
  ClassGrades grades;
  grades.title = "Deep learning from scratch, spring 2026";
  grades.graded_at = "2026-03-09 14:12";
  grades.seed = seed;
  grades.sandbox_level = "full";
  grades.sandbox_parts = {"no network, and no view of the repository",
                          "memory and processes are limited by cgroups",
                          "system calls are filtered"};
  for (std::size_t i = 0; i < exercises; ++i) {
    const std::size_t module = i / 12, number = i % 12;
    grades.exercises.push_back({fmt::format("{}.{}", module + 1, number + 1),
                                fmt::format("exercise_{}", i + 1), kTitles[number],
                                fmt::format("{:02}_module", module + 1),
                                static_cast<double>(2 + i % 4), number >= 10});
  }

  Draws draws(seed);
  for (std::size_t s = 0; s < students; ++s) {
    StudentGrade student;
    student.student = fmt::format("student{:03}", s + 1);
    student.name = fmt::format("Ada Number {}", s + 1);
    student.email = student.student + "@example.org";
    student.platform_id = std::to_string(4000 + s);
    student.section = s % 2 == 0 ? "Monday" : "Thursday";
    student.pseudonym = fmt::format("S{:03}", s + 1);
    student.submitted = s % 40 != 39;
    if (student.submitted) student.submitted_at = "2026-03-01 23:59";
    if (draws.uniform() < 0.1) student.days_late = 1 + static_cast<int>(draws.below(3));

    const double ability = draws.bell();
    bool gave_up = false;
    for (std::size_t i = 0; i < exercises; ++i) {
      ExerciseGrade grade;
      grade.exercise = grades.exercises[i].id;
      grade.factor = student.days_late == 0 ? 1 : 1 - 0.25 * student.days_late;
      const double hard =
          (i % 5 == 4 ? 0.9 : -1.1) + 1.6 * static_cast<double>(i) / static_cast<double>(exercises);
      gave_up |= draws.uniform() < 0.015 * (2 - ability);
      if (student.submitted && !gave_up) {
        if (ability + draws.bell() > hard) {
          grade.state = State::done;
          grade.share = 1;
          for (std::size_t c = 0; c < 8; ++c)
            grade.cases.push_back(passed_case(grades.exercises[i].name, c));
        } else {
          fail(grade, grades.exercises[i].name, draws);
        }
        if (draws.uniform() < 0.001) grade.state = State::infrastructure;
      } else if (student.submitted) {
        grade.state = State::not_started;
      }
      grade.points = grade.share * grade.factor * grades.exercises[i].points;
      student.points += grade.points;
      student.exercises.push_back(std::move(grade));
    }
    grades.students.push_back(std::move(student));
  }
  return grades;
}

ClassGrades hostile_class() {
  using namespace std::string_literals;
  const std::vector<std::string> texts = {
      "=HYPERLINK(\"http://example.org\";\"mark\")",
      "+1+cmd|' /C calc'!A0",
      "-2+3",
      "@SUM(A1:A9)",
      "\t=1+1",
      "\r=1+1",
      " =1+1",
      "＝1+1",
      "a, \"quoted\", 'name'; with\nlines\r\nof all kinds",
      "<script>document.title='owned'</script><img src=http://example.org/x onerror=alert(1)>",
      "\"><style>*{display:none}</style><a href=\"javascript:alert(1)\">x</a>",
      "</script></textarea></title></style><!-- {{title}} {{{title}}} -->",
      "]]><oops/> <![CDATA[ &amp; &#0; &nope; <?php ?>",
      "caf\xe9 \xff\xfe \xc0\xaf \xed\xa0\x80 \xf4\x90\x80\x80 \xe2\x82",
      "nul\0esc\x1b[31m bell\a del\x7f vt\v ff\f"s,
      "abc\u202Egnp.exe\u2066 \u200F\u061C \uFEFF end",
      "\u2028 line \u2029 and \uFFFE \uFFFF",
      "../../etc/passwd",
      "/etc/passwd",
      "..",
      ".hidden",
      "CON",
      "nul.txt",
      "student",
      "Student",
      "STUDENT",
      "a/b",
      "a\\b",
      "a?b",
      "",
      "עברית and العربية",
      std::string(10000, 'x'),
      std::string(10001, 'x')};
  ClassGrades grades = made_class(texts.size(), 12, 5);
  grades.title = texts[9];
  for (std::size_t s = 0; s < texts.size(); ++s) {
    StudentGrade& student = grades.students[s];
    const std::string& text = texts[s];
    student.student = student.name = student.email = student.section = text;
    student.platform_id = text;
    student.notes = {text};
    student.submitted = true;
    for (std::size_t i = 0; i < student.exercises.size(); ++i) {
      ExerciseGrade& grade = student.exercises[i];
      const std::string& other = texts[(s + i) % texts.size()];
      if (grade.state == State::done || grade.state == State::missing) continue;
      grade.messages = {other, other + "\n" + text};
      grade.integration = i % 3 == 0 ? other : "";
      if (i % 4 == 0) grade.override = Override{1.5, other};
      for (CaseResult& result : grade.cases) {
        result.detail = result.call = result.inputs = result.label = result.difference = other;
        result.expected = result.got = result.largest = result.printed = text;
        result.shapes = {other};
      }
    }
  }
  return grades;
}

ClassGrades class_with_markers() {
  ClassGrades grades = made_class(12, 12, 3);
  for (StudentGrade& student : grades.students) {
    for (ExerciseGrade& grade : student.exercises) {
      for (CaseResult& result : grade.cases) {
        result.detail = "HIDDEN_DETAIL";
        result.call = "HIDDEN_CALL";
        result.inputs = "HIDDEN_INPUTS";
        result.label = "HIDDEN_LABEL";
        result.difference = "HIDDEN_DIFFERENCE";
        result.expected = "HIDDEN_EXPECTED";
        result.got = "HIDDEN_GOT";
        result.largest = "HIDDEN_LARGEST";
        result.printed = "HIDDEN_PRINTED";
        result.shapes = {"HIDDEN_SHAPES"};
      }
    }
  }
  return grades;
}

}  // namespace gradbook
