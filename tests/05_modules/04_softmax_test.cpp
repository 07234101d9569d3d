#include <gtest/gtest.h>

#include <cmath>

#include "05_modules/layer_functions.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

// Logits whose exponentials are 1, 2, 5 and 8
const double k1 = 0, k2 = std::log(2.0), k5 = std::log(5.0), k8 = std::log(8.0);

TEST(SoftmaxForward, MakesProbabilitiesOfEveryRow) {
  EXPECT_THAT(softmax_forward(matrix_of({2, 3}, {k1, k2, k5, k8, k1, k1})),
              is_matrix({2, 3}, {0.125, 0.25, 0.625, 0.8, 0.1, 0.1}))
      << "rows are examples: each of them sums to 1 by itself";
}

TEST(SoftmaxForward, DependsOnDifferencesAlone) {
  const Matrix b = softmax_forward(matrix_of({2, 2}, {1e4, 1e4 + k8, -1e4, -1e4 + k8}));
  for (std::size_t n = 0; n < 2; ++n)
    EXPECT_NEAR(b(n, 1), 8.0 / 9, 1e-9)
        << "exp(1e4) is infinite, exp(−1e4) is 0: subtract a number of the row first";
}

TEST(SoftmaxForward, TakesEachRowsOwnLargest) {
  EXPECT_THAT(softmax_forward(matrix_of({2, 2}, {1000, 1000, 0, 0})),
              is_matrix({2, 2}, {0.5, 0.5, 0.5, 0.5}))
      << "less 1000, all of the second row would be 0";
}

TEST(SoftmaxForward, GivesNoProbabilityToMinusInfinity) {
  EXPECT_THAT(softmax_forward(matrix_of({1, 3}, {-INFINITY, -3, -INFINITY})),
              is_matrix({1, 3}, {0, 1, 0}));
}

TEST(SoftmaxBackward, TakesAwayWhatTheRowHasInCommon) {
  const Matrix b = matrix_of({2, 2}, {0.25, 0.75, 0.5, 0.5}),
               grad_b = matrix_of({2, 2}, {4, 8, 1, 1});
  EXPECT_THAT(softmax_backward(b, grad_b), is_matrix({2, 2}, {-0.75, 0.75, 0, 0}))
      << "Σ grad_b b is 7 in the first row, so 0.25 · (4 − 7) and 0.75 · (8 − 7); in the second "
         "both want the same, and the sum cannot grow";
}

TEST(SoftmaxBackward, KnowsNoOtherRow) {
  EXPECT_THAT(
      softmax_backward(matrix_of({2, 2}, {0.5, 0.5, 0.5, 0.5}), matrix_of({2, 2}, {1, 0, 0, 0})),
      is_matrix({2, 2}, {0.25, -0.25, 0, 0}));
}

TEST(SoftmaxBackward, RefusesShapesThatDiffer) {
  const Matrix b = matrix_of({2, 2}, {0.25, 0.75, 0.5, 0.5});
  EXPECT_THROW(softmax_backward(b, matrix_of({1, 2}, {1, 2})), ShapeError);
}

}  // namespace
}  // namespace gradbook
