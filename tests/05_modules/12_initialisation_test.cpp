#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>

#include "05_modules/initialisation.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using Fill = void (*)(Matrix&, Random&, Gain);

// 200 outputs, 300 inputs; what it was before must not count
Matrix drawn(Fill fill, Gain gain) {
  auto weight = Matrix::from_shape({200, 300});
  weight.fill(1e6);
  Random random(3);
  fill(weight, random, gain);
  return weight;
}

double deviation(const Matrix& weight) {
  double squares = 0;
  for (const Real w : weight) squares += w * w;
  return std::sqrt(squares / static_cast<double>(weight.size()));
}

double largest(const Matrix& weight) { return *std::max_element(weight.begin(), weight.end()); }
double least(const Matrix& weight) { return *std::min_element(weight.begin(), weight.end()); }

TEST(Xavier, IsUniformWithinItsBounds) {
  const double l = std::sqrt(6.0 / 500);
  const Matrix weight = drawn(xavier_uniform, Gain::linear);
  EXPECT_LE(largest(weight), l);
  EXPECT_GT(largest(weight), 0.99 * l) << "of 60000 numbers one comes close to the bound";
  EXPECT_LT(least(weight), -0.99 * l) << "and one to the other bound, below 0";
}

TEST(Xavier, IsNormalWithADeviationOfInputsAndOutputs) {
  EXPECT_NEAR(deviation(drawn(xavier_normal, Gain::linear)), std::sqrt(2.0 / 500), 6e-4);
  EXPECT_NEAR(deviation(drawn(xavier_normal, Gain::tanh)), 5.0 / 3 * std::sqrt(2.0 / 500), 1e-3)
      << "tanh makes numbers smaller, so its weights are 5/3 times as large";
}

TEST(Xavier, IsWiderForLayersWithAGain) {
  EXPECT_NEAR(largest(drawn(xavier_uniform, Gain::relu)), std::sqrt(2 * 6.0 / 500), 1e-3);
}

TEST(Kaiming, IsUniformWithinBoundsOfTheInputsAlone) {
  const double l = std::sqrt(6.0 / 300);
  EXPECT_NEAR(largest(drawn(kaiming_uniform, Gain::relu)), l, 0.01 * l)
      << "√2 · √(3 / inputs): the columns of a weight are its inputs";
  EXPECT_NEAR(least(drawn(kaiming_uniform, Gain::linear)), -std::sqrt(3.0 / 300), 0.001);
}

TEST(Kaiming, IsNormalWithADeviationOfTheInputsAlone) {
  EXPECT_NEAR(deviation(drawn(kaiming_normal, Gain::relu)), std::sqrt(2.0 / 300), 1e-3);
  EXPECT_NEAR(deviation(drawn(kaiming_normal, Gain::linear)), std::sqrt(1.0 / 300), 1e-3);
}

TEST(Initialisation, DrawsRowByRow) {
  auto weight = Matrix::from_shape({2, 2});
  Random random(7), same(7);
  xavier_uniform(weight, random);
  const double l = std::sqrt(6.0 / 4);
  for (const std::size_t row : {0, 1}) {
    for (const std::size_t column : {0, 1})
      EXPECT_DOUBLE_EQ(weight(row, column), same.uniform(-l, l))
          << "the numbers of the first row are drawn before those of the second";
  }
  kaiming_normal(weight, random);
  for (const std::size_t row : {0, 1}) {
    for (const std::size_t column : {0, 1})
      EXPECT_DOUBLE_EQ(weight(row, column), same.normal()) << "√2 / √2 times a normal number";
  }
}

}  // namespace
}  // namespace gradbook
