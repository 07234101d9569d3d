/// @file
/// A network of three layers that says for points in the plane to which of two classes they belong.
#pragma once

#include <cstdint>

#include "04_autograd/functions.hpp"

namespace gradbook {

// ---- exercise 4.10 ------------------------------------------------------------------------------

/// A linear layer: out[b, o] = Σᵢ x[b, i] · weights[i, o] + bias[o], without a loop over elements.
/// @param x        (B, I): a row is one example of the batch
/// @param weights  (I, O)
/// @param bias     (O), added to every row
/// @returns        (B, O)
/// @throws ShapeError  where x or weights is no matrix, their inner sizes differ, or bias has not
///                     the shape (O); the message has the shapes
Tensor linear(const Tensor& x, const Tensor& weights, const Tensor& bias);

/// The probability that a point belongs to class 1, from two coordinates, through H and H hidden
/// units: 2 → H → H → 1, with relu, relu and sigmoid.
class Network {
 public:
  /// Draws the initial values (given), in the order of parameters(): weights and biases alike are
  /// normal, with variance 2 / I in a layer of I inputs.
  /// @param hidden  H; 0 leaves the last bias alone in the result
  /// @param seed    equal seeds give equal networks
  /// @see  He, Zhang, Ren and Sun, "Delving deep into rectifiers", 2015 (the variance)
  Network(std::int64_t hidden, std::uint64_t seed);
  Network(const Network&) = delete;  // copies would share their parameters
  Network& operator=(const Network&) = delete;

  /// One probability for each point.
  /// @param x   (B, 2)
  /// @returns   (B)
  /// @throws ShapeError  as linear does
  Tensor operator()(const Tensor& x) const;

  /// Handles of the six parameters, not copies of their numbers: weights (2, H), bias (H), weights
  /// (H, H), bias (H), weights (H, 1), bias (1).
  std::vector<Tensor> parameters() const;

 private:
  Tensor weights_[3];
  Tensor biases_[3];
};

/// The mean of −log(out · y + (out − 1)(y − 1)): how surprised somebody who believed `out` is by y.
/// For a y of 1 the inner term is out, for a y of 0 it is 1 − out.
/// @param out  (B), probabilities
/// @param y    (B), 0 or 1 each
/// @returns    rank 0; NaN of none
/// @throws ShapeError  where the shapes differ, with both: (B, 1) and (B) would broadcast to (B, B)
/// @see        [Mini]; chapter 04, "4.10 network"
Tensor binary_cross_entropy(const Tensor& out, const Tensor& y);

}  // namespace gradbook
