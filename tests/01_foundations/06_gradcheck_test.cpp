#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "01_foundations/slopes.hpp"

using ::testing::HasSubstr;

namespace gradbook {
namespace {

// x² y, with slopes 2xy and x²; at (3, 5) they are 30 and 9
double product(std::span<const double> x) { return x[0] * x[0] * x[1]; }
const std::vector<double> kPoint = {3, 5};

TEST(Gradcheck, AcceptsTheRightGradient) {
  EXPECT_TRUE(gradcheck(product, kPoint, std::vector<double>{30, 9}).accepted)
      << "30 and 9 are right: do you compare each with its own argument's central difference?";
}

TEST(Gradcheck, RejectsAGradientThatIsOnePercentOff) {
  const GradientCheck check = gradcheck(product, kPoint, std::vector<double>{30, 9.09});
  EXPECT_FALSE(check.accepted);
  EXPECT_EQ(check.worst, 1u) << "the second coordinate is wrong, and is to be looked at";
  EXPECT_EQ(check.analytic, 9.09) << "analytic is what the gradient says";
  EXPECT_NEAR(check.numeric, 9, 1e-6) << "numeric is what central differences say";
  EXPECT_NEAR(check.error, 0.09 / 9.09, 1e-6)
      << "|9.09 - 9| / 9.09: the distance against the larger of both";
}

TEST(Gradcheck, RejectsAWrongSign) {
  EXPECT_FALSE(gradcheck(product, kPoint, std::vector<double>{-30, 9}).accepted);
  EXPECT_FALSE(gradcheck(product, kPoint, std::vector<double>{30, -9}).accepted)
      << "a difference of -18 is no smaller than one of 18: take its size";
}

TEST(Gradcheck, RejectsACoordinateThatIsMissing) {
  EXPECT_FALSE(gradcheck(product, kPoint, std::vector<double>{0, 9}).accepted) << "0 is not 30";
  EXPECT_THROW(gradcheck(product, kPoint, std::vector<double>{30}), ShapeError);
  try {
    gradcheck(product, kPoint, std::vector<double>{30, 9, 1, 1, 1});
    ADD_FAILURE() << "a gradient of 5 numbers does not belong to 2 arguments";
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("2")) << "name both lengths";
    EXPECT_THAT(error.what(), HasSubstr("5")) << "name both lengths";
  }
}

TEST(Gradcheck, RejectsNaN) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const GradientCheck check = gradcheck(product, kPoint, std::vector<double>{nan, 9});
  EXPECT_FALSE(check.accepted) << "error > worst is false for NaN: look for it with std::isnan";
  EXPECT_EQ(check.worst, 0u);
}

TEST(Gradcheck, ReportsTheWorstNotTheFirst) {
  const GradientCheck check = gradcheck(product, kPoint, std::vector<double>{30.3, 18});
  EXPECT_EQ(check.worst, 1u) << "9 and 18 are farther apart, for their size, than 30 and 30.3";
}

TEST(Gradcheck, MeasuresLargeNumbersByTheirSize) {
  const auto steep = [](std::span<const double> x) { return 1e9 * x[0] + 1e6 * x[0] * x[0]; };
  const std::vector<double> x = {0.3}, right = {1e9 + 0.6e6};
  EXPECT_TRUE(gradcheck(steep, x, right).accepted)
      << "rounding alone makes slopes of a thousand million differ by 0.01: divide by their size";
}

TEST(Gradcheck, TakesTheToleranceThatItIsGiven) {
  const std::vector<double> off = {30, 9.09};
  EXPECT_TRUE(gradcheck(product, kPoint, off, 0.02).accepted) << "1% off is within 2%";
  EXPECT_FALSE(gradcheck(product, kPoint, off, 0.005).accepted);
}

}  // namespace
}  // namespace gradbook
