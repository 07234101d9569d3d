/// @file
/// What a check found out about one exercise, and how it is told: as text for a student, as JSON
/// for programs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/judge/results.hpp"
#include "grading/state.hpp"
#include "student/gpu_result.hpp"
#include "student/public_tests.hpp"

namespace gradbook {

/// The most telling of the things that failed.
struct Failure {
  std::string title;               // the test or case, and where it stands
  std::vector<std::string> lines;  // what was called with what, expected and got, what it means
  std::string again;               // the command that runs this one alone
};

struct Verdict {
  const Exercise* exercise = nullptr;
  State state = State::done;
  std::string file = {};  // the student's, as shown
  std::vector<std::string> messages =
      {};  // of the compiler, the linker, the audit, or of the file itself
  std::vector<TestResult> tests = {};  // public
  std::vector<CaseResult> cases = {};  // hidden; empty where they are not here or were not reached
  std::optional<Failure> failure = {};
  std::vector<std::string> also = {};            // the other tests and cases that failed, by name
  std::vector<std::string> from_reference = {};  // prerequisites that the student has not done
  std::vector<std::string> own = {};     // the student's own files, where there are no references
  std::vector<std::string> stubs = {};   // and of those the ones that are not written yet
  std::string no_references = {};        // why
  std::string printed = {};              // by the student's code
  std::string ran_on = {};               // of kernels: "emulated (no GPU)"
  std::optional<GpuResult> on_gpu = {};  // a second result, which changes nothing above
  double share = 0;                      // of the cases' weight; 1 for a done exercise
  double seconds = 0;
};

/// At most 24 lines, without colour; ends in a newline.
std::string to_text(const Verdict& verdict);

/// One line for a table of many; counts are written shorter, or left out, where it would not fit
/// into `columns`.
std::string to_line(const Verdict& verdict, std::size_t columns = 100);

/// The verdicts as a JSON array: stable keys, for editors and scripts.
std::string to_json(const std::vector<Verdict>& verdicts);

}  // namespace gradbook
