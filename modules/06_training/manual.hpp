/// @file
/// The network that a lecture trains by hand: 64 examples, 1000 inputs, 100 hidden units, 10
/// outputs.
#pragma once

#include <vector>

#include "05_modules/product.hpp"

namespace gradbook {

/// Two matrices, no biases.
struct TwoLayers {
  Matrix w1;  ///< (D, H)
  Matrix w2;  ///< (H, K)
};

// ---- exercise 6.6 -------------------------------------------------------------------------------

/// One step of descent, with gradients by hand: h = max(x w1, 0), p = h w2, J = Σ (p − y)².
/// @param network  w1 (D, H) and w2 (H, K), which make the step
/// @param x        (N, D)
/// @param y        (N, K)
/// @param rate     w ← w − rate · ∂J/∂w, for both from the same J
/// @returns        J before the step
/// @throws ShapeError  where the sizes do not fit; then nothing has changed
/// @see    [HW], "two-layer network"
Real manual_step(TwoLayers& network, const Matrix& x, const Matrix& y, double rate);

}  // namespace gradbook
