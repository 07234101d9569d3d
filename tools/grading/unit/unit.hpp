/// @file
/// A unit of grading: one file of one exercise. Students who handed in the same bytes share it.
#pragma once

#include <string>
#include <vector>

#include "grading/judge/results.hpp"
#include "grading/state.hpp"

namespace gradbook {

/// What grading found out about a unit.
struct UnitResult {
  State state = State::infrastructure;
  double share = 0;                        // of its cases' weight
  std::vector<std::string> messages = {};  // of the compiler, the linker or the audit
  std::vector<CaseResult> cases = {};      // empty where it did not come to that
  bool set_aside = false;     // gradbook died over it again and again: it is not tried any more
  double seconds = 0;         // that it took, all in all …
  double judged_seconds = 0;  // … and of it in sandbox and judge

  bool is_final() const { return state != State::infrastructure; }
};

/// The result as text for the journal, and back. @throws UserError for what is none
std::string to_text(const UnitResult& result);
UnitResult unit_result_from(const std::string& text);

}  // namespace gradbook
