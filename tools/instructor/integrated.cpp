#include "instructor/integrated.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "grading/unit/together.hpp"

namespace gradbook {
namespace {

// A student's own files beneath an exercise
std::vector<std::string> own_beneath(const ClassWork& work, const Submission& s,
                                     const Exercise& e) {
  std::vector<std::string> own;
  for (const std::string& id : work.book().foundations(e)) {
    if (id != e.id && comes_to_the_cases(work.state_of(s, id))) own.push_back(id);
  }
  return own;
}

fs::path object_of(Desk& desk, const Book& book, const Submission& s, const std::string& id) {
  return desk.object_of(*book.find(id), s.files.at(id));
}

// What a student wrote for one module and beneath it, as far as it can be linked, and the
// exercises of the module that are tried on it: those that pass alone and stand on some of it.
// A module at a time, for students who differ in one may be equal in the next
struct Whole {
  const Submission* student;
  std::vector<std::string> own;
  std::vector<const Exercise*> exercises;
  std::string key;
};

Whole whole_of(const ClassWork& work, const Submission& s, const Module& module) {
  Whole whole{&s, {}, {}, {}};
  std::set<std::string> own, tried;
  for (const Exercise& e : module.exercises) {
    const State state = work.state_of(s, e.id);
    if (!comes_to_the_cases(state)) continue;
    own.insert(e.id);
    const auto beneath = own_beneath(work, s, e);
    own.insert(beneath.begin(), beneath.end());
    if (state != State::done || beneath.empty()) continue;
    whole.exercises.push_back(&e);
    tried.insert(e.id);
  }
  std::string all = "whole";
  for (const std::string& id : own) {
    all += " " + work.key_of(id, s.files.at(id)) + (tried.count(id) > 0 ? " tried" : "");
    whole.own.push_back(id);
  }
  whole.key = digest(all);
  return whole;
}

std::vector<Whole> wholes_of(const ClassWork& work) {
  std::vector<Whole> wholes;
  for (const Module& module : work.book().modules()) {
    for (const Submission& s : work.submissions()) {
      Whole whole = whole_of(work, s, module);
      if (!whole.exercises.empty()) wholes.push_back(std::move(whole));
    }
  }
  return wholes;
}

// The result of a whole names what does not pass in its messages
UnitResult try_whole(Desk& desk, const Book& book, const Whole& whole) {
  Substitutes files;
  for (const std::string& id : whole.own)
    files.emplace(id, object_of(desk, book, *whole.student, id));
  const auto passing = desk.passing_together(whole.exercises, files);
  UnitResult result{.state = State::done};
  for (const Exercise* e : whole.exercises) {
    if (passing.count(e->id)) continue;
    result.state = State::wrong;
    result.messages.push_back(e->id);
  }
  return result;
}

State state_in_whole(const UnitResult& result, const Exercise& e) {
  if (!result.is_final()) return result.state;
  return std::ranges::count(result.messages, e.id) > 0 ? State::wrong : State::done;
}

// Tasks of which equal ones are shared. What is not to be graded now is known, or left out
class SharedTasks {
 public:
  explicit SharedTasks(ClassWork& work) : work_(work) {}

  void add(Task task, bool selected) {
    if (!selected) {
      work_.take_known(task.key);
    } else if (const auto found = places_.find(task.key); found != places_.end()) {
      ++tasks_[found->second].students;
    } else {
      places_[task.key] = tasks_.size();
      tasks_.push_back({std::move(task)});
    }
  }

  // Under a headline, where there is something new among them
  void do_all(const char* headline, const char* what, const ClassWork::States& states) {
    if (tasks_.empty()) return;
    const bool all_known = std::ranges::all_of(tasks_, [&](const ClassWork::Shared& one) {
      return work_.journal().result(one.task.key).has_value();
    });
    if (!all_known) fmt::print("{}\n", headline);
    work_.do_all(tasks_, what, states);
  }

 private:
  ClassWork& work_;
  std::map<std::string, std::size_t> places_;  // by key
  std::vector<ClassWork::Shared> tasks_;
};

// What breaks an exercise that does not pass in its whole
std::string look_for_culprit(ClassWork& work, SharedTasks& tasks, const Submission& s,
                             const Exercise& e) {
  const auto own = own_beneath(work, s, e);
  std::string all = "together " + work.key_of(e.id, s.files.at(e.id));
  for (const std::string& id : own) all += " " + work.key_of(id, s.files.at(id));
  const std::string key = digest(all);
  std::vector<OwnFile> files;  // without their objects yet
  for (const std::string& id : own) files.push_back({id, {}, work.state_of(s, id) == State::done});
  tasks.add({key,
             {&e},
             [&book = work.book(), &e, &s, files](Desk& desk) mutable {
               for (OwnFile& file : files) file.object = object_of(desk, book, s, file.id);
               const std::string says = together(desk, e, object_of(desk, book, s, e.id), files);
               return UnitResult{.state = says.empty() ? State::done : State::wrong,
                                 .messages = {says}};
             }},
            work.is_selected(s, e.id));
  return key;
}

}  // namespace

Integration grade_together(ClassWork& work) {
  const std::vector<Whole> wholes = wholes_of(work);
  SharedTasks whole_tasks(work);
  for (const Whole& whole : wholes) {
    const bool selected = std::ranges::any_of(whole.exercises, [&](const Exercise* e) {
      return work.is_selected(*whole.student, e->id);
    });
    whole_tasks.add(
        {whole.key, whole.exercises,
         [&book = work.book(), &whole](Desk& desk) { return try_whole(desk, book, whole); }},
        selected);
  }
  whole_tasks.do_all("with all of each student's own files:", "programs run", state_in_whole);

  // A whole that could not be had says nothing: then all of its exercises are looked at
  SharedTasks searches(work);
  std::map<std::pair<std::string, std::string>, std::string> keys;
  for (const Whole& whole : wholes) {
    const UnitResult* result = work.result(whole.key);
    for (const Exercise* e : whole.exercises) {
      if (result != nullptr && state_in_whole(*result, *e) == State::done) continue;
      keys[{whole.student->student, e->id}] = look_for_culprit(work, searches, *whole.student, *e);
    }
  }
  searches.do_all("what breaks those that pass alone only:", "looked at",
                  [](const UnitResult& result, const Exercise&) { return result.state; });

  Integration integration;
  for (const auto& [who, key] : keys) {
    const UnitResult* result = work.result(key);
    if (result != nullptr && result->state == State::wrong)
      integration[who] = result->messages.front();
  }
  return integration;
}

}  // namespace gradbook
