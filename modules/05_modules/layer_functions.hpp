/// @file
/// The mathematics of a layer: forward b = f(a), and backward, which makes ∇_a J of ∇_b J.
///
/// Rows are examples. `grad_b` is the gradient of the loss by what forward returned, and has its
/// shape; what backward returns has the shape of the argument that it is named for.
#pragma once

#include <cstdint>
#include <span>

#include "05_modules/product.hpp"

namespace gradbook {

// ---- exercise 5.2 -------------------------------------------------------------------------------

/// The gradients of a linear layer.
struct LinearGradients {
  Matrix a;       ///< (N, A), grad_b · weight; no elements where it was not asked for
  Matrix weight;  ///< (B, A), grad_bᵀ · a
  Matrix bias;    ///< (1, B), the sum of grad_b's rows
};

/// b = a weightᵀ + bias, the bias added to every row.
/// @param a       (N, A)
/// @param weight  (B, A)
/// @param bias    (1, B), or without elements: then nothing is added
/// @returns       (N, B)
/// @throws ShapeError  where the bias is not (1, B), and "linear_forward: a (7, 3) and weight
///                     (2, 4): inner sizes 3 and 4 differ"
Matrix linear_forward(const Matrix& a, const Matrix& weight, const Matrix& bias);

/// The three gradients. That by the bias is there even if there was no bias: it costs little.
/// @param a             (N, A), what went into forward
/// @param weight        (B, A)
/// @param grad_b        (N, B)
/// @param wants_grad_a  whether anybody needs the gradient by a: the first layer of a network does
///                      not, and it costs as much as forward
/// @throws ShapeError   where grad_b is not (N, B)
LinearGradients linear_backward(const Matrix& a, const Matrix& weight, const Matrix& grad_b,
                                bool wants_grad_a = true);

// ---- exercise 5.3 -------------------------------------------------------------------------------

/// b = σ(a) = 1 / (1 + e^−a), element by element, without overflow for any a.
/// @param a   (N, A)
/// @returns   (N, A)
Matrix sigmoid_forward(const Matrix& a);

/// grad_b ⊙ b ⊙ (1 − b).
/// @param b       (N, A), what forward returned
/// @param grad_b  (N, A)
/// @returns       (N, A)
/// @throws ShapeError  where the shapes differ
Matrix sigmoid_backward(const Matrix& b, const Matrix& grad_b);

// ---- exercise 5.4 -------------------------------------------------------------------------------

/// b_k = exp(a_k) / Σ_j exp(a_j), row by row; adding a number to a whole row changes nothing, and
/// nothing overflows. −∞ gives 0, as long as something else is in the row.
/// @param a   (N, K)
/// @returns   (N, K), rows that sum to 1
Matrix softmax_forward(const Matrix& a);

/// grad_bᵀ (diag(b) − b bᵀ) for every row, without building a K×K matrix:
/// b ⊙ (grad_b − Σ_k grad_b_k b_k).
/// @param b       (N, K), what forward returned
/// @param grad_b  (N, K)
/// @returns       (N, K), rows that sum to 0
/// @throws ShapeError  where the shapes differ
Matrix softmax_backward(const Matrix& b, const Matrix& grad_b);

// ---- exercise 5.5 -------------------------------------------------------------------------------

/// The number of a class, from 0; signed, so that −1 is an error and no large number.
using Label = std::int64_t;

/// The least probability that log is taken of: where the model says 0, the loss is large but
/// finite.
inline constexpr Real kLeastProbability = Real(1e-30);

/// J = −Σ_n Σ_k y_nk log max(ŷ_nk, kLeastProbability) / N. A class of y = 0 counts nothing,
/// whatever ŷ is, NaN included; elsewhere a NaN stays NaN.
/// @param y_hat  (N, K), probabilities, N ≥ 1
/// @param y      (N, K), the probabilities that are right
/// @throws ShapeError  where the shapes differ, or there is no example
Real cross_entropy_forward(const Matrix& y_hat, const Matrix& y);

/// −grad · y ÷ max(ŷ, kLeastProbability) / N, and 0 where y is.
/// @param y_hat  (N, K)
/// @param y      (N, K)
/// @param grad   the gradient of the loss by J, 1 where J is the loss
/// @returns      (N, K)
/// @throws ShapeError  as forward
Matrix cross_entropy_backward(const Matrix& y_hat, const Matrix& y, Real grad);

/// The same with the number of the right class of each example.
/// @param y_hat   (N, K), N ≥ 1
/// @param labels  (N), each in {0, …, K − 1}
/// @throws RangeError  where a label is no class, the first of them: "cross_entropy: label 3 of
///                     example 7 is not below 3"
/// @throws ShapeError  where there are not N labels, or there is no example
Real cross_entropy_forward(const Matrix& y_hat, std::span<const Label> labels);

/// The same with the number of the right class of each example.
/// @returns  (N, K)
/// @throws RangeError, ShapeError  as forward
Matrix cross_entropy_backward(const Matrix& y_hat, std::span<const Label> labels, Real grad);

// ---- exercise 5.6 -------------------------------------------------------------------------------

/// A loss, and what its backward needs.
struct SoftmaxLoss {
  Real loss;             ///< the mean over the examples of log Σ_k exp(a_k) − a_label
  Matrix probabilities;  ///< (N, K), softmax of each row of the logits
};

/// Softmax and cross-entropy in one, straight from the logits, exact for logits of any size.
/// @param logits  (N, K), N ≥ 1
/// @param labels  (N), each in {0, …, K − 1}
/// @throws RangeError, ShapeError  as cross_entropy_forward
SoftmaxLoss softmax_cross_entropy_forward(const Matrix& logits, std::span<const Label> labels);

/// grad · (softmax − onehot) / N.
/// @param probabilities  (N, K), from forward
/// @param labels         (N), the same
/// @param grad           the gradient of the loss by this one, mostly 1
/// @returns              (N, K), rows that sum to 0
Matrix softmax_cross_entropy_backward(const Matrix& probabilities, std::span<const Label> labels,
                                      Real grad);

}  // namespace gradbook
