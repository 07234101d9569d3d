/// @file
/// Proves every exercise: stubs earn nothing, solutions earn all, stubs match solutions, mutants
/// die.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "grading/build/workshop.hpp"

namespace gradbook {

/// What verify found out about one exercise.
struct Proof {
  std::string id;
  std::vector<std::string> faults;  // empty: it is proven
  bool to_do = false;               // it is only scaffolded so far
  bool known = false;               // nothing has changed since it was proven
  int tests = 0, cases = 0, proofs = 0;
  int mutants = 0, killed = 0, killed_by_public = 0;
  double seconds = 0;
};

/// Proves the exercises, two or more at a time; what has not changed since it was proven is not
/// done again.
/// @param fresh     do it again all the same
/// @param finished  called after each, one at a time
std::vector<Proof> verify(const Workshop& workshop, std::span<const Exercise* const> exercises,
                          bool fresh, const std::function<void(const Proof&)>& finished);

/// The table, with the faults below it.
std::string to_text(const std::vector<Proof>& proofs, const Book& book);

}  // namespace gradbook
