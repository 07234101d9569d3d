/// @file
/// The gradients of one module alone, checked by differences.
#pragma once

#include <optional>
#include <vector>

#include "00_course/random.hpp"
#include "05_modules/module.hpp"

namespace gradbook {

// ---- exercise 5.8 -------------------------------------------------------------------------------

/// A gradient that is not what differences say.
struct LayerFault {
  std::size_t argument;  ///< which input, from 0
  std::size_t row;       ///< of the element that is furthest off
  std::size_t column;    ///< likewise
  double backward;       ///< what the module says; NaN where it set no gradient of the right shape
  double differences;    ///< (J(x + h) − J(x − h)) / 2h
};

/// Runs one module on the test bench: calls forward, draws a gradient r of its output, calls
/// backward, and compares what each input that wants a gradient gets with central differences of
/// J = Σ r ⊙ b, element by element, h = 6·10⁻⁶ max(1, |x|).
///
/// How far two are apart is |backward − differences| / max(1, |differences|); NaN is further than
/// any number. Nothing is applied, so nothing is put on the tape, and values of inputs are as
/// before afterwards.
/// @param module   one that computes something itself; the same inputs give it the same output
/// @param inputs   Inputs and Parameters, each once; those that want a gradient are checked
/// @param random   for r, uniform(−1, 1) for each element in row-major order
/// @param within   how far two may be apart
/// @returns        of the first input that has an element further apart, the one that is furthest;
///                 nothing where all is right
/// @throws         what the module throws
std::optional<LayerFault> layer_check(Module& module, const std::vector<Module*>& inputs,
                                      Random& random, double within = 1e-6);

// ---- given --------------------------------------------------------------------------------------

/// The fault in words: "Linear: argument 1, element (2, 0): backward says 0.5, differences say 1".
std::string text(const Module& module, const LayerFault& fault);

}  // namespace gradbook
