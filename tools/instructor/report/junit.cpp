#include "instructor/report/junit.hpp"

#include <mstch/mstch.hpp>

#include "instructor/report/embedded.hpp"
#include "instructor/report/feedback_text.hpp"
#include "instructor/report/plain_text.hpp"

namespace gradbook {
namespace {

struct Counts {
  int tests = 0, failures = 0, errors = 0, skipped = 0;

  void add(State state) {
    ++tests;
    if (state == State::infrastructure)
      ++errors;
    else if (state == State::not_started || state == State::missing)
      ++skipped;
    else if (state != State::done)
      ++failures;
  }

  void write(mstch::map& map) const {
    map["tests"] = std::to_string(tests);
    map["failures"] = std::to_string(failures);
    map["errors"] = std::to_string(errors);
    map["skips"] = std::to_string(skipped);
  }
};

mstch::node test_case(const GradedExercise& exercise, const SeenExercise& seen) {
  mstch::map map = {{"module", one_line(exercise.module)},
                    {"test", seen.id + " " + one_line(exercise.name)},
                    {"state", std::string(name(seen.state))},
                    {"text", exercise_text(seen)}};
  Counts counts;
  counts.add(seen.state);
  map["failure"] = counts.failures == 1;
  map["error"] = counts.errors == 1;
  map["skip"] = counts.skipped == 1;
  return map;
}

}  // namespace

std::string junit_xml(const ClassGrades& grades, const ReportOptions& options) {
  // States are the point of this file, which is the instructor's
  ReportOptions with_states = options;
  if (options.release == Release::score) with_states.release = Release::state;

  Counts all;
  mstch::array suites;
  for (const StudentGrade& student : grades.students) {
    const Feedback feedback = feedback_for(grades, student, with_states);
    Counts counts;
    mstch::array cases;
    for (const SeenExercise& seen : feedback.exercises) {
      counts.add(seen.state);
      all.add(seen.state);
      cases.push_back(test_case(grades.exercises[seen.index], seen));
    }
    mstch::map suite = {{"student", feedback.student}, {"cases", std::move(cases)}};
    counts.write(suite);
    suites.push_back(std::move(suite));
  }
  mstch::map root = {{"title", one_line(grades.title)}, {"suites", std::move(suites)}};
  all.write(root);
  return mstch::render(embedded("junit.mustache"), root);
}

}  // namespace gradbook
