/// @file
/// Grades a class: from a folder of submissions to reports.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "grading/build/workshop.hpp"
#include "grading/sandbox/sandbox.hpp"
#include "grading/score/course.hpp"
#include "grading/unit/desk.hpp"
#include "instructor/report/report.hpp"

namespace gradbook {

struct GradeOptions {
  fs::path submissions;
  fs::path out;
  fs::path course;                     // course.toml; empty: everything counts, nothing is late
  fs::path roster;                     // CSV; empty: whoever handed something in
  std::vector<std::string> only = {};  // grade these students; empty: all
  std::vector<std::string> exercises = {};  // grade these; empty: all that count
  bool fresh = false;                       // draw anew and grade everything again
  std::optional<std::uint64_t> seed = {};   // of the class, when it is graded first
  std::string allow_level = {};             // the weakest sandbox that is good enough; empty: full
  bool audit = true;
  bool integrated = true;  // try each student's files together, too, and say what breaks what
  bool explain = true;     // name known mistakes, which proves the exercises first
  int jobs = 0;            // files at once; 0: one a core
  ReportOptions report = {};
};

/// `gradbook grade`. @returns the exit code. @throws UserError
int grade(const Workshop& workshop, const GradeOptions& options);

/// `gradbook grade --one FOLDER --results FILE`: one submission, written as Gradescope wants it.
int grade_one(const Workshop& workshop, const GradeOptions& options, const fs::path& results);

/// A seed for a class, drawn so that nobody can foresee it.
std::uint64_t draw_seed();

/// What `options` and the course file say about limits, seed and audit.
GradingRules rules_of(const Course& course, const GradeOptions& options, std::uint64_t seed);

/// Opens a sandbox that is good enough for course and options. @throws UserError
Sandbox open_sandbox(const Course& course, const std::string& allow_level);

}  // namespace gradbook
