#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "02_scalar/training.hpp"

using ::testing::AllOf;
using ::testing::HasSubstr;

namespace gradbook {
namespace {

TEST(MeanSquaredError, IsTheSquareOfASingleError) {
  const std::vector<Scalar> predictions = {2.0};
  const std::vector<double> targets = {5.0};
  EXPECT_DOUBLE_EQ(mean_squared_error(predictions, targets).value(), 9) << "(2 − 5)²";
}

TEST(MeanSquaredError, AveragesOverAllExamples) {
  const std::vector<Scalar> predictions = {1.0, 2.0, -1.0};
  const std::vector<double> targets = {2.0, 2.0, 1.0};
  EXPECT_DOUBLE_EQ(mean_squared_error(predictions, targets).value(), 5.0 / 3)
      << "(1 + 0 + 4) / 3: the sum of the squares, divided by how many there are";
}

TEST(MeanSquaredError, PullsEachPredictionTowardsItsTarget) {
  const std::vector<Scalar> predictions = {1.0, 2.0, -1.0, 0.0};
  const std::vector<double> targets = {2.0, 2.0, 1.0, -3.0};
  mean_squared_error(predictions, targets).backward();
  const double expected[] = {-0.5, 0, -1, 1.5};
  for (int i = 0; i < 4; ++i) {
    EXPECT_DOUBLE_EQ(predictions[i].grad(), expected[i])
        << "example " << i
        << ": the gradient is 2 (prediction − target) / n; it is 0 where a value() "
           "cuts the graph";
  }
}

// What is thrown for so many predictions and targets, as its message
std::string refusal(std::size_t predictions, std::size_t targets) {
  try {
    mean_squared_error(std::vector<Scalar>(predictions), std::vector<double>(targets));
  } catch (const ShapeError& error) {
    return error.what();
  }
  return "no ShapeError was thrown";
}

TEST(MeanSquaredError, RefusesLengthsThatDiffer) {
  EXPECT_THAT(refusal(12, 17), AllOf(HasSubstr("12"), HasSubstr("17")))
      << "say both lengths: they are the news";
  EXPECT_THAT(refusal(17, 12), AllOf(HasSubstr("12"), HasSubstr("17")))
      << "too few targets are as wrong as too many";
}

TEST(MeanSquaredError, RefusesNoExamplesAtAll) {
  EXPECT_THAT(refusal(0, 0), HasSubstr("0"))
      << "there is no average of nothing: 0 / 0 would be NaN";
}

}  // namespace
}  // namespace gradbook
