/// @file
/// A network with one hidden layer, whose weights are numbers that know their gradients.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "02_scalar/scalar.hpp"

namespace gradbook {

// ---- exercise 2.7 -------------------------------------------------------------------------------

/// f(x) = w₂ᵀ relu(w₁ x + b₁) + b₂: one number in, one number out, H hidden units between them.
///
/// A model owns its parameters, so it is not copied: copies of a Scalar are the same number, and
/// two models would train each other.
class Model {
 public:
  static constexpr double kScale = 0.5;  ///< the standard deviation of an initial value

  /// Draws the initial values from Random(seed), in the order of parameters(): kScale · normal().
  /// @param hidden  H, the number of hidden units; with none, f(x) = b₂
  /// @param seed    equal seeds give equal models
  explicit Model(std::size_t hidden, std::uint64_t seed = 1);
  Model(const Model&) = delete;  // copies would share their parameters
  Model& operator=(const Model&) = delete;

  /// f(x), as a number that remembers x and every parameter it was computed from.
  Scalar operator()(const Scalar& x) const;

  /// The 3H + 1 parameters themselves, not their copies: w₁, b₁ and w₂ with H each, then b₂.
  /// @see  chapter 02, "2.7 model"
  std::vector<Scalar> parameters() const;

 private:
  std::vector<Scalar> w1_;  // (H): from the input to each hidden unit
  std::vector<Scalar> b1_;  // (H): added to it
  std::vector<Scalar> w2_;  // (H): from each hidden unit to the output
  Scalar b2_;               // added to the output
};

}  // namespace gradbook
