#include "instructor/class_work.hpp"

#include <unistd.h>

#include <algorithm>
#include <thread>

#include "instructor/grade_table.hpp"

namespace gradbook {
namespace {

std::vector<const Exercise*> exercises_of(const Book& book, const Course& course) {
  std::vector<const Exercise*> exercises;
  for (const GradedExercise& graded : course.exercises) exercises.push_back(book.find(graded.id));
  return exercises;
}

int default_jobs() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

}  // namespace

ClassWork::ClassWork(const Workshop& workshop, const GradeOptions& options, Course course,
                     std::vector<Submission> submissions, Journal& journal)
    : workshop_(workshop),
      options_(options),
      course_(std::move(course)),
      submissions_(std::move(submissions)),
      journal_(journal),
      sandbox_(open_sandbox(course_, options.allow_level)),
      exercises_(exercises_of(workshop.book(), course_)),
      run_{.rules = rules_of(course_, options, journal.seed()),
           .folder = workshop.build() / "grading" / digest(options.out.string()).substr(0, 12),
           .jobs = options.jobs > 0 ? options.jobs : default_jobs()},
      keys_(workshop, exercises_, run_.rules, sandbox_.level()),
      preparation_(workshop) {}

ClassWork::~ClassWork() {
  std::error_code ignored;
  fs::remove_all(run_.folder, ignored);
}

bool ClassWork::is_selected(const Submission& s, const std::string& exercise) const {
  const auto in = [](const std::vector<std::string>& list, const std::string& text) {
    return list.empty() || std::ranges::find(list, text) != list.end();
  };
  return in(options_.only, s.student) && in(options_.exercises, exercise);
}

std::string ClassWork::key_of(const std::string& exercise, const std::string& bytes) const {
  return keys_.has(exercise) ? keys_.of(exercise, bytes) : "";
}

const UnitResult* ClassWork::result(const std::string& key) const {
  const auto found = results_.find(key);
  return found == results_.end() ? nullptr : &found->second;
}

void ClassWork::take_known(const std::string& key) {
  if (auto known = journal_.result(key)) results_[key] = std::move(*known);
}

State ClassWork::state_of(const Submission& s, const std::string& exercise) const {
  const auto file = s.files.find(exercise);
  if (file == s.files.end()) return State::missing;
  const UnitResult* found = result(key_of(exercise, file->second));
  return found == nullptr ? State::infrastructure : found->state;
}

void ClassWork::do_all(const std::vector<Shared>& shared, const std::string& what,
                       const States& states) {
  std::map<std::string, int> handed_in;  // by exercise
  std::map<std::string, int> students;   // by key
  std::vector<Task> tasks;
  for (const Shared& one : shared) {
    for (const Exercise* e : one.task.exercises) handed_in[e->id] += one.students;
    students[one.task.key] = one.students;
    tasks.push_back(one.task);
  }
  std::vector<const Exercise*> shown = exercises_;
  std::erase_if(shown, [&](const Exercise* e) { return !handed_in.count(e->id); });

  GradeTable table(shown, handed_in, tasks.size(), what, isatty(STDOUT_FILENO));
  results_.merge(run_class(preparation_, sandbox_, journal_, tasks, run_,
                           [&](const Task& task, const UnitResult& result, bool known) {
                             for (const Exercise* e : task.exercises)
                               table.count(*e, states(result, *e), students.at(task.key));
                             table.finish_one(known);
                           }));
}

}  // namespace gradbook
