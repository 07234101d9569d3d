/// @file
/// Tells which known mistake a submission has made: that of the mutant which fails in exactly the
/// same places.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "grading/build/workshop.hpp"
#include "grading/judge/results.hpp"

namespace gradbook {

/// Where a file fails: (case, observation).
using FailureSignature = std::set<std::pair<std::string, std::string>>;

FailureSignature signature_of(const std::vector<CaseResult>& cases);

/// The known mistakes of one exercise.
class Mistakes {
 public:
  /// Takes what verify found out about the mutants; proves the exercise first where that is missing
  /// or old.
  Mistakes(const Workshop& workshop, const Exercise& e);

  /// The mistake in one sentence; empty where none fits, or several do.
  std::string of(const std::vector<CaseResult>& cases) const;

 private:
  std::map<FailureSignature, std::string> says_;  // "" where two mutants fail alike
};

}  // namespace gradbook
