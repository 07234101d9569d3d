/// @file
/// Whether what a student's code showed is what the reference showed, and if not, where and by how
/// much.
#pragma once

#include <optional>
#include <string>

#include "support/observation.hpp"

namespace gradbook {

/// The first thing in which two streams of observations differ, in words for the student.
struct Difference {
  std::string label;  // of the observation
  std::string says;   // what is wrong with it: missing, of another shape, too far away, …
  std::string
      expected;  // what the reference has, at the first difference; empty where that says nothing
  std::string got;
  std::string
      largest;  // the largest error of all elements, and where; empty where there is no number
};

/// What is compared of each observation.
enum class Depth {
  form,    // labels, order, count and types: a JUDGE looks at the values
  values,  // and shapes, emptiness, NaN, infinities and every element
};

/// Compares `student` with `reference`, both whole streams as decoded.
///
/// What is right is taken from the reference alone: labels, their order and number, types, shapes,
/// tolerances. A NaN equals only a NaN and an infinity only itself.
/// @returns  the first difference, or nothing when there is none
std::optional<Difference> compare(const Observations& student, const Observations& reference,
                                  Depth depth);

/// What went in before `label` was observed, as the reader of a failure sees it: "x = 1.5, n = 7".
/// The whole stream's where nothing has that label.
std::string inputs_text(const Observations& stream, const std::string& label);

/// The last call that was announced before `label` was observed; the last of all where nothing has
/// that label.
std::string call_text(const Observations& stream, const std::string& label);

}  // namespace gradbook
