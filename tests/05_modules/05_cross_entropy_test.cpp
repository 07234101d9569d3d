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

const Matrix kYHat = matrix_of({2, 3}, {0.5, 0.25, 0.25, 0.1, 0.1, 0.8});
const Matrix kOneHot = matrix_of({2, 3}, {0, 1, 0, 0, 0, 1});

TEST(CrossEntropyForward, IsTheMeanSurpriseAtWhatIsRight) {
  const double expected = (std::log(4.0) + std::log(1.25)) / 2;
  EXPECT_NEAR(cross_entropy_forward(kYHat, kOneHot), expected, 1e-14)
      << "1/4 was given to the right class of the first example, 4/5 to that of the second";
  EXPECT_NEAR(cross_entropy_forward(kYHat, Labels{1, 2}), expected, 1e-14)
      << "the same, said by the numbers of the classes";
}

TEST(CrossEntropyForward, TakesProbabilitiesForWhatIsRight) {
  EXPECT_NEAR(cross_entropy_forward(matrix_of({1, 2}, {0.25, 0.75}), matrix_of({1, 2}, {0.5, 0.5})),
              (std::log(4.0) + std::log(4.0 / 3)) / 2, 1e-14)
      << "y need not be 0 or 1";
}

TEST(CrossEntropyForward, IsFiniteWhereTheModelIsSureAndWrong) {
  const Matrix sure = matrix_of({1, 2}, {0, 1}), y = matrix_of({1, 2}, {1, 0});
  EXPECT_NEAR(cross_entropy_forward(sure, Labels{0}), 30 * std::log(10.0), 1e-4)
      << "−log of kLeastProbability";
  EXPECT_NEAR(cross_entropy_forward(sure, y), 30 * std::log(10.0), 1e-4);
  EXPECT_EQ(cross_entropy_backward(sure, y, 1)(0, 0), -1 / kLeastProbability);
}

TEST(CrossEntropyForward, CountsNoClassWhoseYIs0) {
  const Matrix y_hat = matrix_of({1, 3}, {NAN, 1, INFINITY}), y = matrix_of({1, 3}, {0, 1, 0});
  EXPECT_EQ(cross_entropy_forward(y_hat, y), 0)
      << "0 · log of infinity is NaN: a class of y = 0 must not be counted at all";
  EXPECT_THAT(cross_entropy_backward(y_hat, y, 1), is_matrix({1, 3}, {0, -1, 0}))
      << "nor does it get a gradient";
}

TEST(CrossEntropyForward, KeepsNaN) {
  const Matrix y_hat = matrix_of({1, 2}, {NAN, 0.5});
  EXPECT_TRUE(std::isnan(cross_entropy_forward(y_hat, Labels{0})))
      << "what went wrong before must show: std::max(a, b) gives a where either is NaN";
  EXPECT_TRUE(std::isnan(cross_entropy_forward(y_hat, matrix_of({1, 2}, {1, 0}))));
}

TEST(CrossEntropyBackward, IsMinusOneByTheProbabilityOfWhatIsRight) {
  const auto expected = is_matrix({2, 3}, {0, -2, 0, 0, 0, -0.625});
  EXPECT_THAT(cross_entropy_backward(kYHat, kOneHot, 1), expected) << "−1 / 0.25 / 2, −1 / 0.8 / 2";
  EXPECT_THAT(cross_entropy_backward(kYHat, Labels{1, 2}, 1), expected);
  EXPECT_THAT(cross_entropy_backward(kYHat, Labels{1, 2}, 8),
              is_matrix({2, 3}, {0, -16, 0, 0, 0, -5}))
      << "times the gradient that comes from above";
}

TEST(CrossEntropy, NamesAWrongLabel) {
  EXPECT_THAT(message_of<RangeError>([] {
                cross_entropy_forward(kYHat, Labels{0, 3});
              }),
              AllOf(HasSubstr("label 3"), HasSubstr("example 1")));
  EXPECT_THROW(cross_entropy_forward(kYHat, Labels{-1, 0}), RangeError);
  EXPECT_THROW(cross_entropy_backward(kYHat, Labels{0, 3}, 1), RangeError);
}

TEST(CrossEntropy, RefusesShapesThatDoNotFit) {
  EXPECT_THROW(cross_entropy_forward(kYHat, matrix_of({1, 3}, {0, 1, 0})), ShapeError);
  EXPECT_THROW(cross_entropy_forward(kYHat, matrix_of({3, 2}, {0, 1, 0, 1, 0, 1})), ShapeError);
  EXPECT_THROW(cross_entropy_forward(kYHat, Labels{0}), ShapeError) << "two examples, one label";
  EXPECT_THROW(cross_entropy_forward(kYHat, Labels{0, 1, 2}), ShapeError);
}

TEST(CrossEntropy, RefusesAMeanOfNothing) {
  const Matrix none = matrix_of({0, 3}, {});
  EXPECT_THROW(cross_entropy_forward(none, none), ShapeError);
  EXPECT_THROW(cross_entropy_forward(none, Labels{}), ShapeError);
}

}  // namespace
}  // namespace gradbook
