/// @file
/// What one run of `gradbook grade` works on, and what it has found out so far.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "grading/submission/submission.hpp"
#include "instructor/class_run.hpp"
#include "instructor/grade.hpp"
#include "instructor/unit_keys.hpp"

namespace gradbook {

/// A class that is being graded: its submissions, what they are graded with, and all results by
/// their keys.
class ClassWork {
 public:
  ClassWork(const Workshop& workshop, const GradeOptions& options, Course course,
            std::vector<Submission> submissions, Journal& journal);
  ~ClassWork();  // removes the folders that it worked in
  ClassWork(const ClassWork&) = delete;
  ClassWork& operator=(const ClassWork&) = delete;

  const Book& book() const { return workshop_.book(); }
  const Workshop& workshop() const { return workshop_; }
  const Course& course() const { return course_; }
  const Sandbox& sandbox() const { return sandbox_; }
  Journal& journal() const { return journal_; }
  std::uint64_t seed() const { return run_.rules.seed; }
  const std::vector<Submission>& submissions() const { return submissions_; }
  const std::vector<const Exercise*>& exercises() const { return exercises_; }

  /// Whether --only and --exercise leave it to be graded now.
  bool is_selected(const Submission& s, const std::string& exercise) const;

  /// The key of a file; "" for an exercise that does not count.
  std::string key_of(const std::string& exercise, const std::string& bytes) const;

  /// The result under a key, in this run or, as far as take_known() was asked, an earlier one.
  const UnitResult* result(const std::string& key) const;

  /// Takes a result from the journal if it is there, for what is not graded now.
  void take_known(const std::string& key);

  /// What came of a student's file; infrastructure where it was not graded.
  State state_of(const Submission& s, const std::string& exercise) const;

  /// One task, how many students share it, and what its result says of each of its exercises.
  struct Shared {
    Task task;
    int students = 1;
  };
  using States = std::function<State(const UnitResult&, const Exercise&)>;

  /// Does the tasks before the reader's eyes. @param what  what is said of those
  /// that are done: "files graded"
  void do_all(const std::vector<Shared>& tasks, const std::string& what, const States& states);

 private:
  const Workshop& workshop_;
  const GradeOptions& options_;
  const Course course_;
  const std::vector<Submission> submissions_;
  Journal& journal_;
  const Sandbox sandbox_;
  const std::vector<const Exercise*> exercises_;  // that count
  const ClassRunOptions run_;
  const UnitKeys keys_;
  Preparation preparation_;
  std::map<std::string, UnitResult> results_;  // by key
};

}  // namespace gradbook
