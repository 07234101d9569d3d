#include <gtest/gtest.h>

#include <cmath>

#include "05_modules/layer_functions.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using Labels = std::vector<Label>;

// Logits whose exponentials are 1, 2, 5 and 8
const double k1 = 0, k2 = std::log(2.0), k5 = std::log(5.0), k8 = std::log(8.0);

TEST(SoftmaxCrossEntropyForward, IsTheMeanOfLogSumExpLessTheRightLogit) {
  const SoftmaxLoss result =
      softmax_cross_entropy_forward(matrix_of({2, 3}, {k1, k2, k5, k8, k1, k1}), Labels{1, 0});
  EXPECT_NEAR(result.loss, (std::log(4.0) + std::log(1.25)) / 2, 1e-14)
      << "2 of 8 in the first example, 8 of 10 in the second";
  EXPECT_THAT(result.probabilities, is_matrix({2, 3}, {0.125, 0.25, 0.625, 0.8, 0.1, 0.1}))
      << "what backward will need";
}

TEST(SoftmaxCrossEntropyForward, IsExactForLogitsOfAnySize) {
  const Matrix logits = matrix_of({2, 2}, {1e4, 0, -1e4, -1e4});
  const SoftmaxLoss result = softmax_cross_entropy_forward(logits, Labels{1, 0});
  EXPECT_NEAR(result.loss, (1e4 + std::log(2.0)) / 2, 1e-9)
      << "the first is wrong by 1e4: no probability is small enough to say that, its log has to "
         "be taken before there is one";
  EXPECT_THAT(result.probabilities, is_matrix({2, 2}, {1, 0, 0.5, 0.5}));
}

TEST(SoftmaxCrossEntropyForward, KeepsSmallLosses) {
  const SoftmaxLoss result = softmax_cross_entropy_forward(matrix_of({1, 2}, {0, -30}), Labels{0});
  EXPECT_NEAR(result.loss / std::exp(-30.0), 1, 1e-2) << "log(1 + e⁻³⁰) is about e⁻³⁰";
}

TEST(SoftmaxCrossEntropyForward, NamesAWrongLabel) {
  const Matrix logits = matrix_of({2, 2}, {1, 2, 3, 4});
  EXPECT_THAT(message_of<RangeError>([&] {
                softmax_cross_entropy_forward(logits, Labels{0, 2});
              }),
              AllOf(HasSubstr("label 2"), HasSubstr("example 1")));
  EXPECT_THROW(softmax_cross_entropy_forward(logits, Labels{0, -1}), RangeError);
  EXPECT_THROW(softmax_cross_entropy_forward(logits, Labels{0}), ShapeError);
  EXPECT_THROW(softmax_cross_entropy_forward(matrix_of({0, 2}, {}), Labels{}), ShapeError);
}

TEST(SoftmaxCrossEntropyBackward, IsWhatWasSaidLessWhatIsRight) {
  const Matrix probabilities = matrix_of({2, 3}, {0.125, 0.25, 0.625, 0.8, 0.1, 0.1});
  EXPECT_THAT(softmax_cross_entropy_backward(probabilities, Labels{1, 0}, 1),
              is_matrix({2, 3}, {0.0625, -0.375, 0.3125, -0.1, 0.05, 0.05}))
      << "half of each difference, for the loss is a mean of two";
  EXPECT_THAT(softmax_cross_entropy_backward(probabilities, Labels{1, 0}, 10),
              is_matrix({2, 3}, {0.625, -3.75, 3.125, -1, 0.5, 0.5}))
      << "times what comes from above";
}

}  // namespace
}  // namespace gradbook
