/// @file
/// The network, data and weights that every scalar engine is timed on: one full gradient of 65,818
/// nodes.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <vector>

#include "00_course/random.hpp"

namespace gradbook::bench {

constexpr std::size_t kSamples = 100;
constexpr std::size_t kWidths[] = {2, 16, 16, 1};  // inputs, two hidden layers, score
constexpr std::size_t kWeights = (2 + 1) * 16 + (16 + 1) * 16 + (16 + 1);  // a bias after each row

/// What a plain engine makes of one gradient: 65,077 operations, 337 weights, 404 constants.
constexpr double kNodes = 65'818;

/// Two half moons that do not quite touch, and the weights at which the gradient is taken.
struct Problem {
  std::vector<double> points;   // (kSamples, 2)
  std::vector<double> labels;   // (kSamples), -1 or 1
  std::vector<double> weights;  // (kWeights)
};

/// Always the same problem; object_engine.py draws the same numbers.
inline Problem make_problem() {
  Random random(1);
  Problem problem;
  for (std::size_t i = 0; i < kSamples; ++i) {
    const double angle = std::numbers::pi * static_cast<double>(i) / 50;
    const bool upper = i < kSamples / 2;
    const double x = upper ? std::cos(angle) : 1 - std::cos(angle);
    const double y = upper ? std::sin(angle) : 0.5 - std::sin(angle);
    problem.points.push_back(x + 0.1 * random.normal());
    problem.points.push_back(y + 0.1 * random.normal());
    problem.labels.push_back(upper ? -1 : 1);
  }
  for (std::size_t i = 0; i < kWeights; ++i) problem.weights.push_back(random.uniform(-1, 1));
  return problem;
}

/// The hinge loss of all samples, plus a penalty on large weights; T is any number with history.
template <class T>
T mlp_loss(const Problem& problem, std::span<const T> weights) {
  std::vector<T> inputs, outputs;
  T total = 0.0;
  for (std::size_t sample = 0; sample < kSamples; ++sample) {
    inputs.clear();
    for (std::size_t i = 0; i < 2; ++i) inputs.push_back(problem.points[2 * sample + i]);

    const T* w = weights.data();
    for (std::size_t layer = 0; layer < 3; ++layer) {
      outputs.clear();
      for (std::size_t j = 0; j < kWidths[layer + 1]; ++j) {
        T sum = w[kWidths[layer]];
        for (const T& x : inputs) sum = sum + *w++ * x;
        ++w;  // the bias
        outputs.push_back(layer < 2 ? relu(sum) : sum);
      }
      inputs.swap(outputs);
    }
    total = total + relu(1.0 + -problem.labels[sample] * inputs[0]);
  }

  T penalty = 0.0;
  for (const T& w : weights) penalty = penalty + w * w;
  return total * 0.01 + penalty * 1e-4;
}

/// What all engines must agree on: the loss plus the sum of its gradient.
inline double checksum(double loss, std::span<const double> gradient) {
  for (double g : gradient) loss += g;
  return loss;
}

}  // namespace gradbook::bench
