/// @file
/// The recurrent network: one step, and all steps of a sequence, forward and backward.
///
/// T steps of N sequences lie in one matrix, step by step: rows t·N to t·N + N − 1 are step t.
#pragma once

#include <cstdint>

#include "05_modules/layer_functions.hpp"

namespace gradbook {

/// φ, what makes a step more than a linear map.
enum class Nonlinearity { tanh, sigmoid };

/// What a recurrent layer has learnt; the same for all steps. It must not outlive the matrices.
struct RnnWeights {
  const Matrix& xh;    ///< (H, I), by what goes in
  const Matrix& hh;    ///< (H, H), by the state before
  const Matrix& bias;  ///< (1, H), or without elements: then nothing is added
  Nonlinearity nonlinearity = Nonlinearity::tanh;  ///< φ
};

/// The gradients of one step, or of all.
struct RnnGradients {
  Matrix x;     ///< by what went in, (N, I) or (T·N, I); no elements where it was not asked for
  Matrix h;     ///< by the state before the first step, (N, H)
  Matrix xh;    ///< (H, I), of all steps together
  Matrix hh;    ///< (H, H)
  Matrix bias;  ///< (1, H), there even if there was no bias
};

// ---- exercise 7.6 -------------------------------------------------------------------------------

/// h_t = φ(x_t W_xhᵀ + h_{t−1} W_hhᵀ + b).
/// @param x        (N, I)
/// @param h        the state before, (N, H), or without elements: zeros
/// @param weights  of the layer
/// @returns        the state after, (N, H)
/// @throws ShapeError  where anything does not fit: "rnn_step_forward: x (15, 3) and W_xh (12, 4):
///                     inner sizes 3 and 4 differ"
/// @see  [GenAI], "recurrent neural networks"
Matrix rnn_step_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights);

/// The gradients of one step.
/// @param x         (N, I), what went into forward
/// @param h         (N, H), or without elements; then the gradient by it is there all the same
/// @param weights   of the layer
/// @param out       what forward returned: φ′ is best said with φ
/// @param grad_out  (N, H)
/// @throws ShapeError  where grad_out is not of the shape of out
RnnGradients rnn_step_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                               const Matrix& out, const Matrix& grad_out);

// ---- exercise 7.7 -------------------------------------------------------------------------------

/// T steps, with the same weights in each.
/// @param x        (T·N, I), step by step
/// @param h        the state before the first step, (N, H): it says what N is
/// @param weights  of the layer
/// @returns        the states after each step, (T·N, H); no rows for T = 0
/// @throws ShapeError  where x has no multiple of N rows, or anything else does not fit
Matrix rnn_forward(const Matrix& x, const Matrix& h, const RnnWeights& weights);

/// Backpropagation through time: from the last step to the first, each step's state gets a gradient
/// from its output and one from the step after it; what all steps share gets the sum over all.
/// @param x            (T·N, I)
/// @param h            (N, H)
/// @param weights      of the layer
/// @param states       what forward returned
/// @param grad_states  (T·N, H), by all states
/// @param wants_grad_x  whether anybody needs the gradient by x
/// @throws ShapeError  where grad_states is not of the shape of states
RnnGradients rnn_backward(const Matrix& x, const Matrix& h, const RnnWeights& weights,
                          const Matrix& states, const Matrix& grad_states,
                          bool wants_grad_x = true);

// ---- given --------------------------------------------------------------------------------------

/// Some rows of a matrix, without a copy. It must not outlive `m`.
/// @param m      (M, N)
/// @param first  the first of them
/// @param count  how many; first + count is at most M
/// @returns      a view (count, N)
MatrixView rows_of(const Matrix& m, std::size_t first, std::size_t count);

/// φ of every number, in place: vectors of them at a time.
void apply(Nonlinearity nonlinearity, std::span<Real> numbers);

/// φ′ at a, said with b = φ(a).
inline Real slope(Nonlinearity nonlinearity, Real b) {
  return nonlinearity == Nonlinearity::tanh ? 1 - b * b : b * (1 - b);
}

}  // namespace gradbook
