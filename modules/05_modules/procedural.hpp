/// @file
/// A network with one hidden layer whose forward and backward pass are written out, line by line.
#pragma once

#include "05_modules/product.hpp"

namespace gradbook {

/// All that the forward pass computes, in its order. Rows are examples.
struct Activations {
  Matrix a;      ///< (N, H), x αᵀ
  Matrix z;      ///< (N, H), σ(a)
  Matrix b;      ///< (N, K), z βᵀ
  Matrix y_hat;  ///< (N, K), softmax of each row of b
  Real loss;     ///< J, the mean over the examples of −Σ_k y_k log ŷ_k
};

/// The gradient of J by each of them, in the order in which backward finds them.
struct ActivationGradients {
  Matrix y_hat;  ///< (N, K)
  Matrix b;      ///< (N, K)
  Matrix beta;   ///< (K, H)
  Matrix z;      ///< (N, H)
  Matrix a;      ///< (N, H)
  Matrix alpha;  ///< (H, D)
};

// ---- exercise 5.1 -------------------------------------------------------------------------------

/// Linear, sigmoid, linear, softmax, cross-entropy: a = x αᵀ, z = σ(a), b = z βᵀ, ŷ = softmax(b),
/// J = −Σ y ⊙ log ŷ / N.
/// @param x      (N, D), N ≥ 1
/// @param y      (N, K), a probability for each class: rows that sum to 1
/// @param alpha  (H, D)
/// @param beta   (K, H)
/// @throws ShapeError  before anything is computed, where the sizes do not fit or there is no
///                     example, with all four shapes
/// @see    [GenAI], "procedural method"
Activations nn_forward(const Matrix& x, const Matrix& y, const Matrix& alpha, const Matrix& beta);

/// The same steps backwards, each from the gradient before: g_ŷ = −y ÷ ŷ / N,
/// g_b = ŷ ⊙ (g_ŷ − Σ_k g_ŷ ŷ), g_β = g_bᵀ z, g_z = g_b β, g_a = g_z ⊙ z ⊙ (1 − z), g_α = g_aᵀ x.
/// @param x        (N, D)
/// @param y        (N, K)
/// @param alpha    (H, D)
/// @param beta     (K, H)
/// @param forward  what nn_forward gave for all of these; nothing of it is computed again
ActivationGradients nn_backward(const Matrix& x, const Matrix& y, const Matrix& alpha,
                                const Matrix& beta, const Activations& forward);

}  // namespace gradbook
