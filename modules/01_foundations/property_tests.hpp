/// @file
/// Tests that need no list of right answers: laws of right operators, tried on random numbers.
#pragma once

#include "00_course/not_started.hpp"
#include "00_course/random.hpp"

namespace gradbook {

/// A set of operators behind pointers. Whether they are right is for the tests to find out.
///
/// A right set computes what stands beside each name up to rounding: a result may be off by 10⁻¹²
/// of the largest of 1, its own size and those of its arguments, while lt and eq are exact. That
/// holds for |a|, |b| ≤ 10⁶, for inv and log also |a| ≥ 0.001, and for exp and sigmoid |a| ≤ 10;
/// elsewhere nothing is promised.
struct Operators {
  double (*add)(double a, double b);  ///< a + b
  double (*mul)(double a, double b);  ///< a · b
  double (*neg)(double a);            ///< −a
  double (*inv)(double a);            ///< 1 / a, for a ≠ 0
  bool (*lt)(double a, double b);     ///< whether a < b
  bool (*eq)(double a, double b);     ///< whether a = b
  double (*max)(double a, double b);  ///< the larger of both
  double (*relu)(double a);           ///< max(a, 0)
  double (*exp)(double a);            ///< eᵃ
  double (*log)(double a);            ///< the natural logarithm, for a > 0
  double (*sigmoid)(double a);        ///< 1 / (1 + e⁻ᵃ)
};

// ---- exercise 1.7 -------------------------------------------------------------------------------

/// Whether no law of arithmetic, order or analysis that you test is broken by `operators`.
///
/// A right set must pass for every state of `random`. In a wrong set at least one operator is off
/// by 0.001 or more (lt and eq: for numbers that are equal, or at least 0.001 apart):
/// - everywhere, or for one in 200 random numbers from [−10, 10], or for one in 200 pairs of them;
/// - or only where two arguments are equal, or one is 0.
///
/// Some wrong sets obey every law, and only a known value gives them away.
/// @param operators  a set that may be right or wrong
/// @param random     where the numbers to try come from
/// @see   K. Claessen and J. Hughes, "QuickCheck: a lightweight tool for random testing of Haskell
///        programs", 2000
bool satisfies_properties(const Operators& operators, Random& random);

}  // namespace gradbook
