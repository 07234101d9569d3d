#include "instructor/report/feedback_text.hpp"

#include <fmt/format.h>

#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

std::string indented(std::string_view text, std::string_view by) {
  std::string result(by);
  for (char c : text) {
    result += c;
    if (c == '\n') result += by;
  }
  return result + "\n";
}

}  // namespace

std::string heading_text(const Feedback& feedback) {
  std::string text = feedback.submitted ? "" : "Nothing was submitted.\n";
  text += fmt::format("{} of {} points\n", feedback.points, feedback.out_of);
  for (const SeenModule& module : feedback.modules)
    text += fmt::format("  {}: {} of {}\n", module.name, module.points, module.out_of);
  if (!feedback.lateness.empty()) text += fmt::format("Submitted {}\n", feedback.lateness);
  for (const std::string& note : feedback.notes) text += fmt::format("Note: {}\n", note);
  return text;
}

std::string grading_text(const ClassGrades& grades) {
  return fmt::format("Graded {} with seed {}, sandbox level {}.\n", one_line(grades.graded_at),
                     grades.seed, one_line(grades.how_run()));
}

std::string exercise_text(const SeenExercise& exercise) {
  std::string text = fmt::format("{}: {}\n", name(exercise.state), meaning(exercise.state));
  const auto line = [&](const char* what, const std::string& value) {
    if (!value.empty()) text += fmt::format("{}{}\n", what, value);
  };
  line("", exercise.count);
  if (!exercise.computed.empty())
    text += fmt::format("set by hand to {} (computed: {}): {}\n", exercise.points,
                        exercise.computed, exercise.reason);
  line("It fails as this mistake does: ", exercise.mistake);
  line("Among your other files: ", exercise.integration);
  for (const std::string& message : exercise.messages) text += indented(message, "| ");
  for (const SeenCase& seen : exercise.failed) {
    text += fmt::format("- {} ({}){}{}\n", seen.name, seen.state, seen.says.empty() ? "" : ": ",
                        seen.says);
    for (const auto& [what, value] : seen.hidden)
      text += fmt::format("    {}:\n{}", what, indented(value, "      "));
  }
  return text;
}

std::string feedback_text(const ClassGrades& grades, const Feedback& feedback) {
  std::string text =
      fmt::format("{}\nFeedback for {}\n\n", one_line(grades.title), feedback.student);
  text += heading_text(feedback);
  for (const SeenExercise& exercise : feedback.exercises) {
    text += fmt::format("\n{} {} ({} of {} points)\n", exercise.id, exercise.title, exercise.points,
                        exercise.out_of);
    text += indented(exercise_text(exercise), "  ");
  }
  return text + "\n" + grading_text(grades);
}

}  // namespace gradbook
