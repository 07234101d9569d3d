/// @file
/// What a student has reached so far, kept in the workbook: .gradbook/progress.json, which may be
/// committed.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "book/book.hpp"
#include "student/verdict.hpp"

namespace gradbook {

/// What is known of one exercise.
struct ExerciseProgress {
  bool started = false;  // its file was changed, or something of it passed
  bool done = false;
  double share = 0;  // of its cases, at the last check
  int hints = 0;     // how many were taken, of three; kept, never punished
};

/// The state of a workbook. Every change is written at once and atomically: a kill or a full disk
/// costs at most the last change, never the file. A change reads the file first, so that two
/// gradbooks lose nothing of each other's.
class Progress {
 public:
  /// Reads the state. One that is damaged is kept aside as progress.json.damaged, and `warning`
  /// says so; a missing one is a new student's. @throws UserError for one that may not be read, or
  /// that a newer gradbook wrote
  Progress(const Book& book, const fs::path& workbook);

  const ExerciseProgress& of(const std::string& id) const;

  /// Whether this is the first time that the workbook is opened.
  bool is_new() const { return is_new_; }

  /// Whether the state was damaged and has not been rebuilt since, in this run or an earlier one:
  /// check what is written, note it, and say that it is rebuilt().
  bool is_damaged() const { return is_damaged_; }
  void rebuilt();

  /// What the student should be told about the state file; empty when all is well.
  const std::string& warning() const { return warning_; }

  /// The exercise that the student is at: the first that is not done, unless another was chosen;
  /// the last when all are done. Choosing "" goes back to the first that is not done.
  const Exercise& current() const;
  void set_current(const std::string& id);

  /// Notes the outcome of a check. @throws UserError when it cannot be written
  void note(const Verdict& verdict);

  /// One hint more, up to three. @returns how many are taken now
  int take_hint(const std::string& id);

  /// Points of what is done, and of all.
  double points() const;
  double points_in_all() const;

 private:
  void load();
  void save() const;
  void change(const std::function<void()>& edit);  // takes turns, reads anew, edits, saves

  const Book& book_;
  fs::path path_;
  std::map<std::string, ExerciseProgress> exercises_;
  std::string current_;  // chosen by the student; empty: the first that is not done
  std::string warning_;
  bool is_new_ = true;
  bool is_damaged_ = false;
};

}  // namespace gradbook
