/// @file
/// What a save runs: compile, link, public tests, then hidden cases where they are here.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "grading/build/workshop.hpp"
#include "grading/judge/run_judge.hpp"
#include "student/verdict.hpp"

namespace gradbook {

struct CheckOptions {
  fs::path workbook = {};  // where the student's files are: the root, or a copy
  std::uint64_t seed = 1;
  std::string only_test = {};          // a public test, by name
  std::string only_case = {};          // a hidden case, by name
  Substitutes substitutes = {};        // objects to link with in place of references
  std::chrono::seconds test_limit{5};  // for one public test
  WorkerLimits case_limits{10, 30,
                           4096};  // memory: a mistake must not take the student's machine down

  std::function<void(int files)> takes_long = {};  // see Workshop::bring_up_to_date

  JudgeOptions judging() const;
};

/// Checks the student's file of one exercise, with references for all others.
/// @throws UserError for what is not the student's doing (a missing compiler, a full disk)
Verdict check(const Workshop& workshop, const Exercise& exercise, const CheckOptions& options);

/// Checks a given object of that exercise: the same, from linking on. (For verify, which compiles
/// mutants.)
/// @param folder  where its programs go
/// @param stop_at_public  whether hidden cases are left out once public tests have failed
Verdict check_object(const Workshop& workshop, const Exercise& exercise, const Compiled& compiled,
                     const fs::path& folder, const CheckOptions& options, bool stop_at_public);

}  // namespace gradbook
