#include <gmock/gmock.h>

#include <cmath>

#include "05_modules/normalisation.hpp"
#include "support/matrix_matchers.hpp"
#include "support/module_passes.hpp"

namespace gradbook {
namespace {

// Mean 3, variance 4; mean 0, variance 16; mean square 13 and 16
const Matrix kRows = matrix_of({2, 4}, {1, 5, 1, 5, 4, -4, 4, -4});
const Matrix kOnes = matrix_of({1, 4}, {1, 1, 1, 1}), kZeros = matrix_of({1, 4}, {0, 0, 0, 0}),
             kTens = matrix_of({1, 4}, {1, 10, 100, 1000}), kBias = matrix_of({1, 4}, {5, 6, 7, 8});

TEST(LayerNorm, BringsEachRowToMeanZeroAndDeviationOne) {
  LayerNorm layer(4, 0);
  EXPECT_THAT(forward_of(layer, {kRows, kOnes, kZeros}),
              is_matrix({2, 4}, {-1, 1, -1, 1, 1, -1, 1, -1}))
      << "row 0 has mean 3 and variance 4, row 1 mean 0 and variance 16: divide by D, not by D − 1";
}

TEST(LayerNorm, StretchesEachColumnAndThenMovesIt) {
  LayerNorm layer(4, 0);
  EXPECT_THAT(forward_of(layer, {kRows, kTens, kBias}),
              is_matrix({2, 4}, {4, 16, -93, 1008, 6, -4, 107, -992}))
      << "first times the weight, then plus the bias; both are the same for every row";
}

TEST(LayerNorm, KeepsAConstantRowFinite) {
  LayerNorm layer(4);
  EXPECT_THAT(forward_of(layer, {matrix_of({1, 4}, {3, 3, 3, 3}), kTens, kBias}),
              is_matrix({1, 4}, {5, 6, 7, 8}))
      << "nothing is left of it but the bias: epsilon is under the root";
}

TEST(LayerNorm, AddsEpsilonToTheVariance) {
  LayerNorm layer(4, 5);
  const double third = 2.0 / 3;
  EXPECT_THAT(forward_of(layer, {matrix_of({1, 4}, {1, 5, 1, 5}), kOnes, kZeros}),
              is_matrix({1, 4}, {-third, third, -third, third}))
      << "the variance is 4 and epsilon is 5, so the row is divided by √(4 + 5) = 3";
}

TEST(LayerNorm, KeepsSmallDifferencesOfLargeNumbers) {
  LayerNorm layer(4, 0);
  EXPECT_THAT(
      forward_of(layer, {matrix_of({1, 4}, {1000000001, 1000000005, 1000000001, 1000000005}), kOnes,
                         kZeros}),
      is_matrix({1, 4}, {-1, 1, -1, 1}))
      << "mean(a²) − mean(a)² subtracts two numbers that are equal in all digits that there are";
}

TEST(LayerNorm, SumsTheGradientsOfWeightAndBiasOverExamples) {
  LayerNorm layer(4, 0);
  const Passes passes =
      passes_of(layer, {kRows, kTens, kBias}, matrix_of({2, 4}, {1, 2, 3, 4, 10, 20, 30, 40}));
  EXPECT_THAT(passes.gradients[1], is_matrix({1, 4}, {9, -18, 27, -36})) << "of the weight";
  EXPECT_THAT(passes.gradients[2], is_matrix({1, 4}, {11, 22, 33, 44})) << "of the bias";
}

// What differences of Σ grad_out ⊙ b say of the gradient by a
Matrix differences(Module& module, std::vector<Matrix> inputs, const Matrix& grad_out) {
  constexpr double h = 1e-5;
  Matrix result = inputs[0];
  const auto weighted = [&] {
    const Matrix b = forward_of(module, inputs);
    double sum = 0;
    for (std::size_t i = 0; i < b.size(); ++i) sum += b.data()[i] * grad_out.data()[i];
    return sum;
  };
  for (std::size_t i = 0; i < result.size(); ++i) {
    Real& x = inputs[0].data()[i];
    const Real kept = x;
    x = kept + h;
    const double above = weighted();
    x = kept - h;
    result.data()[i] = (above - weighted()) / (2 * h);
    x = kept;
  }
  return result;
}

const Matrix kOthers = matrix_of({2, 4}, {0.5, 2, -1, 1, 3, 0.1, -2, 1}),
             kWeight = matrix_of({1, 4}, {2, 0.5, -1, 1.5}),
             kGradient = matrix_of({2, 4}, {1, -2, 0.5, 3, -1, 2, 4, 0.3});

TEST(LayerNorm, HasTheGradientThatDifferencesSay) {
  LayerNorm layer(4);
  const Matrix gradient = passes_of(layer, {kOthers, kWeight, kZeros}, kGradient).gradients[0],
               expected = differences(layer, {kOthers, kWeight, kZeros}, kGradient);
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_NEAR(gradient.data()[i], expected.data()[i], 1e-6)
        << "row " << i / 4 << ", column " << i % 4 << ": mean and deviation depend on a, too";
}

TEST(RMSNorm, BringsEachRowToAMeanSquareOfOne) {
  RMSNorm layer(4, 0);
  const double root = std::sqrt(13);
  EXPECT_THAT(forward_of(layer, {kRows, kOnes}),
              is_matrix({2, 4}, {1 / root, 5 / root, 1 / root, 5 / root, 1, -1, 1, -1}))
      << "no mean is taken away";
}

TEST(RMSNorm, HasTheGradientThatDifferencesSay) {
  RMSNorm layer(4);
  const Passes passes = passes_of(layer, {kOthers, kWeight}, kGradient);
  const Matrix expected = differences(layer, {kOthers, kWeight}, kGradient);
  for (std::size_t i = 0; i < 8; ++i)
    EXPECT_NEAR(passes.gradients[0].data()[i], expected.data()[i], 1e-6)
        << "row " << i / 4 << ", column " << i % 4;
}

TEST(RMSNorm, SumsTheGradientsOfTheWeightOverExamples) {
  RMSNorm layer(4, 0);
  const Matrix a = matrix_of({2, 4}, {3, -3, 3, -3, 5, 5, 5, 5});
  EXPECT_THAT(
      passes_of(layer, {a, kTens}, matrix_of({2, 4}, {1, 2, 3, 4, 10, 20, 30, 40})).gradients[1],
      is_matrix({1, 4}, {11, 18, 33, 36}))
      << "grad_out ⊙ â summed over rows, and the rows of â are (1, −1, 1, −1) and (1, 1, 1, 1)";
}

TEST(Normalisation, RefusesExamplesOfAnotherWidth) {
  LayerNorm layer(4);
  RMSNorm rms(4);
  for (const std::size_t width : {1, 3, 5}) {
    const Matrix a = matrix_of({2, width}, std::vector<double>(2 * width, 1.0));
    EXPECT_THROW(forward_of(layer, {a, kOnes, kZeros}), ShapeError) << "4 and " << width;
    EXPECT_THROW(forward_of(rms, {a, kOnes}), ShapeError) << "4 and " << width;
  }
}

}  // namespace
}  // namespace gradbook
