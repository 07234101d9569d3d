/// @file
/// The loop that teaches a network which points belong together.
#pragma once

#include "04_autograd/network.hpp"

namespace gradbook {

// ---- exercise 4.11 ------------------------------------------------------------------------------

/// How long, and in what steps.
struct ClassifyOptions {
  int epochs = 100;         ///< how often all points are seen
  double rate = 0.1;        ///< how far a step goes, per unit of gradient
  std::int64_t batch = 10;  ///< points for each step; the last batch of an epoch may have fewer
};

/// What each epoch saw, from first to last. A batch is looked at before its step, so this is what
/// the network said of points that it had not just been corrected on.
struct LearningCurve {
  std::vector<double> losses;      ///< the mean over all points
  std::vector<double> accuracies;  ///< the share of points whose class was said right
};

/// The share of points whose class is right: class 1 is said where out > 0.5.
/// @param out  (B), probabilities
/// @param y    (B), 0 or 1 each
/// @returns    from 0 to 1; NaN of none
/// @throws ShapeError  where the shapes differ, with both
double accuracy(const Tensor& out, const Tensor& y);

/// Trains `network` to say the labels of points, by gradient descent on binary_cross_entropy.
///
/// Each epoch goes through the points from first to last in batches. For each batch: predict, loss,
/// forget the old gradients, backward, and then p ← p − rate · grad p for every parameter, under a
/// NoGrad guard and in place. A batch's graph goes before the next one is built.
/// @param network   starts from the numbers that it has
/// @param points    (N, 2), N ≥ 1
/// @param labels    (N), 0 or 1 each
/// @param options   100 epochs at a rate of 0.1 in batches of 10, unless it says otherwise
/// @param progress  called once an epoch, with its number (from 1 on), its loss and its accuracy
/// @throws ShapeError  where points and labels have other shapes, with both
///         RangeError  where a batch has fewer than one point; the network is unchanged then
/// @see             [Mini]; chapter 04, "4.11 classify"
LearningCurve classify(
    const Network& network, const Array& points, const Array& labels,
    const ClassifyOptions& options = {},
    function_ref<void(int epoch, double loss, double accuracy)> progress = [](int, double, double) {
    });

}  // namespace gradbook
