/// @file
/// The grades of a class as plain data: what the journal gives and every report is written from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grading/judge/results.hpp"
#include "grading/state.hpp"

namespace gradbook {

/// What an instructor set in place of the computed points; both are kept.
struct Override {
  double points = 0;
  std::string reason;
};

/// One exercise of one student.
struct ExerciseGrade {
  std::string exercise;  // "2.2"
  State state = State::missing;
  double share = 0;   // of the cases' weight, 0 to 1
  double factor = 1;  // left of it after the late policy, 0 to 1
  double points = 0;  // that count: share × factor × the exercise's, or the override
  std::optional<Override> override = {};
  std::vector<std::string> messages = {};  // of the compiler, linker or audit, for the student
  std::vector<CaseResult> cases = {};      // judged; empty where it did not come to that
  std::string mistake = {};      // in one sentence, where it fails exactly as a known mistake does
  std::string integration = {};  // what is wrong with it among the student's other files; else ""
  double seconds = 0;            // that it took to grade
  int days_late = 0;             // before grace days
  bool set_aside = false;        // it killed the grader twice: it is not tried again by itself
};

/// One student of the class.
struct StudentGrade {
  std::string student;  // how the submission and the learning platform call them: unique
  std::string name;     // for people
  std::string email = {};
  std::string platform_id = {};  // of the learning platform, where the roster has one
  std::string section = {};
  std::string pseudonym;  // stands for them in reports: "S017"
  bool submitted = false;
  std::string submitted_at = {};  // "2026-03-01 23:59", where it is known
  int days_late = 0, grace_days_used = 0;
  double points = 0;                     // of all exercises that count
  std::vector<ExerciseGrade> exercises;  // in the order of ClassGrades::exercises
  std::vector<std::string> notes = {};  // what was odd about the submission: a link was refused, …
  double possible = 0;  // points that could be had: bonus and infrastructure are left out
};

/// What a report has to know of an exercise.
struct GradedExercise {
  std::string id, name, title, module;
  double points = 0;
  bool stretch = false;
  bool bonus = false;             // adds to a student's points, not to what can be had
  std::string module_title = {};  // for people: "02 Scalar autograd"
};

struct ClassGrades {
  std::string title;  // of the course
  std::string graded_at;
  std::uint64_t seed = 0;
  std::string sandbox_level;               // in force: "full", …
  std::vector<std::string> sandbox_parts;  // what that means here, a sentence each
  std::string kernels_ran_on = {};         // where kernels are among them: "emulated (no GPU)"
  std::vector<GradedExercise> exercises;
  std::vector<StudentGrade> students;

  /// How all of it was run: "full", and where kernels are among it "full, kernels emulated (no
  /// GPU)".
  std::string how_run() const {
    return sandbox_level + (kernels_ran_on.empty() ? "" : ", kernels " + kernels_ran_on);
  }
};

}  // namespace gradbook
