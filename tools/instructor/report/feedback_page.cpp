#include "instructor/report/feedback_page.hpp"

#include <mstch/mstch.hpp>

#include "instructor/report/embedded.hpp"
#include "instructor/report/plain_text.hpp"
#include "instructor/report/signs.hpp"

namespace gradbook {
namespace {

mstch::node case_node(const SeenCase& seen) {
  mstch::array hidden;
  for (const auto& [what, value] : seen.hidden)
    hidden.push_back(mstch::map{{"what", what}, {"value", value}});
  const bool has_hidden = !hidden.empty();
  return mstch::map{{"case", seen.name},
                    {"case_state", seen.state},
                    {"says", seen.says},
                    {"has_hidden", has_hidden},
                    {"hidden", std::move(hidden)}};
}

mstch::node exercise_node(const SeenExercise& exercise) {
  mstch::array messages, failed;
  for (const std::string& message : exercise.messages)
    messages.push_back(mstch::map{{"message", message}});
  for (const SeenCase& seen : exercise.failed) failed.push_back(case_node(seen));
  const bool changed = !exercise.computed.empty();
  const bool more = changed || !exercise.integration.empty() || !messages.empty() ||
                    (exercise.state != State::done && !exercise.count.empty());
  const bool has_failed = !failed.empty();
  return mstch::map{{"id", exercise.id},
                    {"exercise", exercise.title},
                    {"sign", std::string(sign(exercise.state))},
                    {"class", std::string(style_class(exercise.state))},
                    {"state", std::string(name(exercise.state))},
                    {"meaning", meaning(exercise.state)},
                    {"points", exercise.points},
                    {"out_of", exercise.out_of},
                    {"more", more},
                    {"changed", changed},
                    {"computed", exercise.computed},
                    {"reason", exercise.reason},
                    {"mistake", exercise.mistake},
                    {"integration", exercise.integration},
                    {"count", exercise.count},
                    {"messages", std::move(messages)},
                    {"has_failed", has_failed},
                    {"failed", std::move(failed)}};
}

}  // namespace

std::string feedback_page(const ClassGrades& grades, const Feedback& feedback) {
  mstch::array modules, exercises, notes, parts;
  for (const SeenModule& module : feedback.modules)
    modules.push_back(
        mstch::map{{"module", module.name}, {"points", module.points}, {"out_of", module.out_of}});
  for (const SeenExercise& exercise : feedback.exercises)
    exercises.push_back(exercise_node(exercise));
  for (const std::string& note : feedback.notes) notes.push_back(mstch::map{{"note", note}});
  for (const std::string& part : grades.sandbox_parts)
    parts.push_back(mstch::map{{"part", one_line(part)}});
  const bool has_exercises = !exercises.empty(), has_notes = !notes.empty();
  return mstch::render(embedded("feedback.mustache"),
                       mstch::map{{"style", embedded("feedback.css")},
                                  {"title", one_line(grades.title)},
                                  {"student", feedback.student},
                                  {"points", feedback.points},
                                  {"out_of", feedback.out_of},
                                  {"lateness", feedback.lateness},
                                  {"nothing", !feedback.submitted},
                                  {"modules", std::move(modules)},
                                  {"has_exercises", has_exercises},
                                  {"exercises", std::move(exercises)},
                                  {"has_notes", has_notes},
                                  {"notes", std::move(notes)},
                                  {"graded_at", one_line(grades.graded_at)},
                                  {"seed", std::to_string(grades.seed)},
                                  {"level", one_line(grades.how_run())},
                                  {"parts", std::move(parts)}});
}

}  // namespace gradbook
