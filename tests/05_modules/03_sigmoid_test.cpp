#include <gtest/gtest.h>

#include <cmath>

#include "05_modules/layer_functions.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

const double kLog3 = std::log(3.0);

TEST(SigmoidForward, LiesBetween0And1) {
  EXPECT_THAT(
      sigmoid_forward(matrix_of({2, 3}, {0, kLog3, -kLog3, 2 * kLog3, 1, -1})),
      is_matrix({2, 3}, {0.5, 0.75, 0.25, 0.9, 1 / (1 + std::exp(-1)), 1 / (1 + std::exp(1))}))
      << "σ(log 3) = 1 / (1 + 1/3)";
}

TEST(SigmoidForward, NeitherOverflowsNorLosesSmallNumbers) {
  const Matrix b = sigmoid_forward(matrix_of({1, 4}, {800, -800, 50, -50}));
  EXPECT_EQ(b(0, 0), 1);
  EXPECT_EQ(b(0, 1), 0) << "exp(800) is infinite, and infinity / infinity is no number";
  EXPECT_EQ(b(0, 2), 1);
  EXPECT_NEAR(b(0, 3) / std::exp(-50), 1, 1e-12)
      << "σ(−50) is e⁻⁵⁰ = 2e-22, not 0: 1 − σ(50) has lost it";
}

TEST(SigmoidBackward, TakesTheSlopeFromTheValue) {
  const Matrix b = matrix_of({1, 3}, {0.5, 0.75, 0.1}), grad_b = matrix_of({1, 3}, {1, 16, -100});
  EXPECT_THAT(sigmoid_backward(b, grad_b), is_matrix({1, 3}, {0.25, 3, -9}))
      << "b ⊙ (1 − b), times what comes from above";
}

TEST(SigmoidBackward, IsExactlyFlatFarOut) {
  EXPECT_THAT(sigmoid_backward(matrix_of({1, 2}, {1, 0}), matrix_of({1, 2}, {7, 7})),
              is_matrix({1, 2}, {0, 0}));
}

TEST(SigmoidBackward, RefusesShapesThatDiffer) {
  const Matrix b = matrix_of({2, 2}, {0.1, 0.2, 0.3, 0.4});
  EXPECT_THROW(sigmoid_backward(b, matrix_of({1, 2}, {1, 2})), ShapeError)
      << "a row would broadcast to both examples";
  EXPECT_THROW(sigmoid_backward(b, matrix_of({2, 1}, {1, 2})), ShapeError);
}

}  // namespace
}  // namespace gradbook
