/// @file
/// Under which key the journal files the result of a unit.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "grading/sandbox/sandbox.hpp"
#include "grading/unit/desk.hpp"

namespace gradbook {

/// Keys that name all that a result hangs on: the file, what judges it, the seed, the limits, the
/// audit and the level of the sandbox.
class UnitKeys {
 public:
  UnitKeys(const Workshop& workshop, std::span<const Exercise* const> exercises,
           const GradingRules& rules, Level level);

  /// Whether it is one of the exercises.
  bool has(const std::string& exercise) const { return fingerprints_.count(exercise) > 0; }

  std::string of(const std::string& exercise, std::string_view bytes) const;

 private:
  std::map<std::string, std::string> fingerprints_;
};

}  // namespace gradbook
