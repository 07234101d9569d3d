/// @file
/// The weights of a recurrent layer in hidden cases: drawn, looked at afterwards, and their names.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "07_language_models/rnn.hpp"
#include "support/modules.hpp"

namespace gradbook {

/// How many sequences, numbers that go in, and numbers of the state.
struct RnnSizes {
  std::size_t n, inputs, hidden;
};

/// The sizes in words: "15 sequences of 11 numbers to 12".
inline std::string text(const RnnSizes& s) {
  return fmt::format("N = {}, I = {}, H = {}", s.n, s.inputs, s.hidden);
}

/// Weights, small enough that φ is not flat where it is evaluated.
struct DrawnRnn {
  /// Draws them; without a bias it has no elements.
  DrawnRnn(const RnnSizes& s, bool with_bias)
      : xh(input_matrix("W_xh", s.hidden, s.inputs, -0.5, 0.5)),
        hh(input_matrix("W_hh", s.hidden, s.hidden, -0.5, 0.5)),
        bias(with_bias ? input_matrix("bias", 1, s.hidden, -0.5, 0.5) : Matrix()),
        drawn{xh, hh, bias} {}

  /// As the layer gets them.
  RnnWeights with(Nonlinearity nonlinearity) const { return {xh, hh, bias, nonlinearity}; }

  /// Whether nobody changed them.
  bool as_drawn() const {
    return same_bits(xh, drawn[0]) && same_bits(hh, drawn[1]) && same_bits(bias, drawn[2]);
  }

  Matrix xh;    ///< (H, I)
  Matrix hh;    ///< (H, H)
  Matrix bias;  ///< (1, H), or without elements

 private:
  Matrix drawn[3];
};

/// A step in loops over sequences, units and numbers: a state after it that no exercise computed.
inline Matrix step_in_loops(const Matrix& x, const Matrix& h, const RnnWeights& weights) {
  const std::size_t hidden = weights.hh.shape(0);
  auto out = Matrix::from_shape({x.shape(0), hidden});
  for (std::size_t n = 0; n < x.shape(0); ++n) {
    for (std::size_t j = 0; j < hidden; ++j) {
      Real a = weights.bias.size() > 0 ? weights.bias(0, j) : 0;
      for (std::size_t i = 0; i < x.shape(1); ++i) a += x(n, i) * weights.xh(j, i);
      for (std::size_t k = 0; k < (h.size() > 0 ? hidden : 0); ++k) a += h(n, k) * weights.hh(j, k);
      out(n, j) =
          weights.nonlinearity == Nonlinearity::tanh ? std::tanh(a) : 1 / (1 + std::exp(-a));
    }
  }
  return out;
}

/// Observes all five gradients of a step, or of all steps.
inline void observe(const std::string& of, const RnnGradients& grads, Tolerance tolerance) {
  observe("gradient by x, " + of, grads.x, tolerance);
  observe("gradient by h, " + of, grads.h, tolerance);
  observe("gradient by W_xh, " + of, grads.xh, tolerance);
  observe("gradient by W_hh, " + of, grads.hh, tolerance);
  observe("gradient by the bias, " + of, grads.bias, tolerance);
}

}  // namespace gradbook
