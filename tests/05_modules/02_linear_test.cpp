#include <gtest/gtest.h>

#include "05_modules/layer_functions.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Matrix kNoBias;

TEST(LinearForward, MultipliesEveryExampleByTheWeights) {
  const Matrix a = matrix_of({1, 3}, {1, 2, 3}),
               weight = matrix_of({2, 3}, {1, 10, 100, 1000, 0, -1});
  EXPECT_THAT(linear_forward(a, weight, kNoBias), is_matrix({1, 2}, {321, 997}))
      << "a row of the weights for each output: 1·1 + 2·10 + 3·100";
}

TEST(LinearForward, AddsTheBiasToEveryRow) {
  const Matrix a = matrix_of({3, 1}, {1, 2, 3}), weight = matrix_of({2, 1}, {10, 100}),
               bias = matrix_of({1, 2}, {5, 7});
  EXPECT_THAT(linear_forward(a, weight, bias), is_matrix({3, 2}, {15, 107, 25, 207, 35, 307}))
      << "three examples, each with the same bias";
}

TEST(LinearForward, SaysWhatDoesNotFit) {
  const Matrix a = matrix_of({1, 3}, {1, 2, 3}),
               weight = matrix_of({2, 4}, {1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_THAT(message_of<ShapeError>([&] { linear_forward(a, weight, kNoBias); }),
              AllOf(HasSubstr("(1, 3)"), HasSubstr("(2, 4)")));
  const Matrix fitting = matrix_of({1, 4}, {1, 2, 3, 4});
  EXPECT_THROW(linear_forward(fitting, weight, matrix_of({1, 1}, {5})), ShapeError)
      << "one number for two outputs: it would broadcast, and learn to be the wrong thing";
  EXPECT_THROW(linear_forward(fitting, weight, matrix_of({2, 1}, {5, 6})), ShapeError)
      << "a bias is a row";
}

TEST(LinearBackward, HasTheShapeOfWhatItIsTheGradientOf) {
  const Matrix a = matrix_of({1, 3}, {1, 2, 3}), weight = matrix_of({2, 3}, {1, 2, 3, 4, 5, 6}),
               grad_b = matrix_of({1, 2}, {1, 10});
  const LinearGradients grads = linear_backward(a, weight, grad_b);
  EXPECT_THAT(grads.a, is_matrix({1, 3}, {41, 52, 63})) << "grad_b · weight";
  EXPECT_THAT(grads.weight, is_matrix({2, 3}, {1, 2, 3, 10, 20, 30})) << "grad_bᵀ · a";
  EXPECT_THAT(grads.bias, is_matrix({1, 2}, {1, 10}));
}

TEST(LinearBackward, AddsUpOverTheExamples) {
  const Matrix a = matrix_of({2, 1}, {2, 3}), weight = matrix_of({1, 1}, {5}),
               grad_b = matrix_of({2, 1}, {1, 10});
  const LinearGradients grads = linear_backward(a, weight, grad_b);
  EXPECT_THAT(grads.a, is_matrix({2, 1}, {5, 50})) << "each example has a gradient of its own";
  EXPECT_THAT(grads.weight, is_matrix({1, 1}, {32})) << "both examples used this weight: 2 + 30";
  EXPECT_THAT(grads.bias, is_matrix({1, 1}, {11})) << "and this bias: a sum, and no mean";
}

TEST(LinearBackward, SavesWorkThatNobodyAsksFor) {
  const Matrix a = matrix_of({1, 1}, {2}), weight = matrix_of({1, 1}, {5});
  EXPECT_EQ(linear_backward(a, weight, a, false).a.size(), 0u) << "no elements where not wanted";
}

TEST(LinearBackward, RefusesAGradientOfAnotherShape) {
  const Matrix a = matrix_of({2, 1}, {2, 3}), weight = matrix_of({1, 1}, {5});
  EXPECT_THROW(linear_backward(a, weight, matrix_of({1, 1}, {1})), ShapeError) << "two examples";
  EXPECT_THROW(linear_backward(a, weight, matrix_of({2, 2}, {1, 2, 3, 4})), ShapeError)
      << "one output";
}

}  // namespace
}  // namespace gradbook
