#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "01_foundations/slopes.hpp"

using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace gradbook {
namespace {

double square(std::span<const double> x) { return x[0] * x[0]; }

// x y² + z, with slopes y², 2xy and 1
double three(std::span<const double> x) { return x[0] * x[1] * x[1] + x[2]; }

TEST(CentralDifference, FindsTheSlopeOfASquare) {
  const std::vector<double> x = {3};
  EXPECT_NEAR(central_difference(square, x, 0), 6, 1e-8)
      << "take f at x + h and at x - h, which are 2h apart, and divide by that: (f(x + h) - f(x - "
         "h)) / (2 * h)";
}

TEST(CentralDifference, IsExactForASquareEvenWithALargeStep) {
  const std::vector<double> x = {3};
  EXPECT_NEAR(central_difference(square, x, 0, 0.5), 6, 1e-12)
      << "(3.5² - 2.5²) / 1 = 6: step up and down from x itself, not only up";
}

TEST(CentralDifference, MovesOneArgumentOnly) {
  const std::vector<double> x = {3, 5, 7};
  EXPECT_NEAR(central_difference(three, x, 0), 25, 1e-7) << "the slope in x is y²";
  EXPECT_NEAR(central_difference(three, x, 1), 30, 1e-7) << "the slope in y is 2xy";
  EXPECT_NEAR(central_difference(three, x, 2), 1, 1e-7) << "the last argument counts too";
}

TEST(CentralDifference, LeavesItsArgumentsAlone) {
  const std::vector<double> x = {3, 5, 7};
  central_difference(three, x, 1);
  EXPECT_THAT(x, ElementsAre(3, 5, 7)) << "move a copy: the caller still needs the point";
}

TEST(CentralDifference, TakesTheStepThatItIsGiven) {
  std::vector<double> seen;
  const std::vector<double> x = {1};
  central_difference([&](std::span<const double> at) { return seen.emplace_back(at[0]); }, x, 0,
                     0.25);
  EXPECT_THAT(seen, ::testing::UnorderedElementsAre(0.75, 1.25)) << "two calls, at x - h and x + h";
}

TEST(CentralDifference, RefusesAnArgumentThatIsNotThere) {
  const std::vector<double> x = {3, 5};
  EXPECT_THROW(central_difference(three, x, 2), RangeError) << "arguments are counted from 0";
  EXPECT_THROW(central_difference(three, {}, 0), RangeError)
      << "of no arguments, none can be moved";
  try {
    central_difference(three, x, 7);
  } catch (const RangeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("7")) << "say which argument was asked for";
    EXPECT_THAT(error.what(), HasSubstr("2")) << "say how many there are";
  }
}

}  // namespace
}  // namespace gradbook
