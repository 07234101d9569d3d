/// @file
/// The course file: what counts, when it is due, what lateness costs, and what an instructor set by
/// hand.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/score/grades.hpp"

namespace gradbook {

/// What lateness costs. The default: nothing.
struct LatePolicy {
  bool on = false;              // false: late is as good as on time
  std::vector<double> factors;  // left on day 1, 2, … after the due time: {0.75, 0.5, 0.25}; then 0
  int grace_days = 0;           // for the term; used where they help
};

/// More time for one student.
struct Extension {
  std::string student, module;                    // module "" is every module
  int days = 0;                                   // after the due time, or …
  std::optional<std::chrono::sys_seconds> until;  // … this due time instead
  std::string reason;
  std::string where;  // it stands: "course.toml:12"
};

/// Points set by hand.
struct CourseOverride {
  std::string student, exercise;
  Override override;
  std::string where;
};

/// What one case, or one run of the compiler, may use.
struct CourseLimits {
  int cpu_seconds = 10;
  int wall_seconds = 30;
  int memory_mib = 1024;
  int processes = 64;
  int output_kib = 64;  // kept of what is printed
};

struct Course {
  std::string title = "gradbook";
  std::chrono::minutes timezone{0};  // ahead of UTC; of times without an offset of their own
  std::map<std::string, std::chrono::sys_seconds> due;  // module "02_scalar" → when
  LatePolicy late;
  std::vector<Extension> extensions;
  std::vector<CourseOverride> overrides;
  std::string require_level;  // of the sandbox; "" for none
  CourseLimits limits;
  std::vector<GradedExercise> exercises;  // those that are graded, in the order of the book

  /// When `module` is due for `student`, extensions included; nothing where it never is.
  std::optional<std::chrono::sys_seconds> due_for(const std::string& student,
                                                  const std::string& module) const;

  const CourseOverride* override_of(const std::string& student, const std::string& exercise) const;

  /// One sentence for each student whom the course file names and who is not in `students`.
  std::vector<std::string> unknown_students(const std::vector<std::string>& students) const;
};

/// The course without a course file: everything counts, nothing is late.
Course whole_book(const Book& book);

/// Reads course.toml; docs/course.md says what may stand in it. @throws UserError with file and
/// line for what does not parse, is unknown, misspelt, out of range or given twice
Course read_course(const Book& book, const fs::path& path);

}  // namespace gradbook
