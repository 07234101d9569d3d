#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "05_modules/activations.hpp"
#include "support/matrix_matchers.hpp"
#include "support/module_passes.hpp"

namespace gradbook {
namespace {

TEST(Tanh, SquashesEveryNumber) {
  Tanh tanh;
  EXPECT_THAT(forward_of(tanh, {matrix_of({2, 2}, {0.5, -0.5, 0, 100})}),
              is_matrix({2, 2}, {0.46211715726000976, -0.46211715726000976, 0, 1}));
}

TEST(Tanh, KnowsItsSlopeFromItsValue) {
  Tanh tanh;
  const Passes passes =
      passes_of(tanh, {matrix_of({1, 3}, {0.5, 0, 100})}, matrix_of({1, 3}, {10, 2, 3}));
  EXPECT_THAT(passes.gradients[0], is_matrix({1, 3}, {7.864477329659274, 2, 0}))
      << "where b is 0 the gradient that comes in goes on whole, and where b is 1 nothing does";
}

TEST(ReLU, KeepsWhatIsAboveZero) {
  ReLU relu;
  EXPECT_THAT(forward_of(relu, {matrix_of({3, 1}, {3, -3, 0})}), is_matrix({3, 1}, {3, 0, 0}));
  EXPECT_THAT(forward_of(relu, {matrix_of({1, 1}, {std::nan("")})}),
              is_matrix({1, 1}, {std::nan("")}))
      << "who meets NaN says so, and does not make a 0 of it";
}

TEST(ReLU, LetsTheGradientThroughWhereTheInputWasPositive) {
  ReLU relu;
  const Passes passes =
      passes_of(relu, {matrix_of({3, 1}, {3, -3, 0})}, matrix_of({3, 1}, {-5, 7, 9}));
  EXPECT_THAT(passes.gradients[0], is_matrix({3, 1}, {-5, 0, 0})) << "at 0 the slope is 0";
}

TEST(ReLU, StopsAnInfiniteGradient) {
  ReLU relu;
  const Passes passes = passes_of(relu, {matrix_of({1, 1}, {-1})},
                                  matrix_of({1, 1}, {std::numeric_limits<double>::infinity()}));
  EXPECT_THAT(passes.gradients[0], is_matrix({1, 1}, {0}))
      << "infinity times 0 is NaN: choose, do not multiply";
}

TEST(GELU, IsTheNumberTimesTheShareOfANormalDistributionBelowIt) {
  GELU exact;
  EXPECT_THAT(forward_of(exact, {matrix_of({2, 2}, {1, -1, 0, 2})}),
              is_matrix({2, 2}, {0.8413447460685429, -0.15865525393145707, 0, 1.9544997361036416}));
}

TEST(GELU, HasAFormWithTanhThatIsClose) {
  GELU with_tanh(GELU::Form::tanh);
  EXPECT_THAT(forward_of(with_tanh, {matrix_of({2, 2}, {1, -1, 0, 2})}),
              is_matrix({2, 2}, {0.8411919906082768, -0.15880800939172324, 0, 1.954597694087775}))
      << "close to the exact form, but not equal";
}

TEST(GELU, HasTheSlopeOfTheFormThatForwardUses) {
  constexpr double h = 1e-5;
  for (const GELU::Form form : {GELU::Form::exact, GELU::Form::tanh}) {
    GELU gelu(form);
    for (const double a : {-3.0, -0.7, 0.0, 0.4, 2.0}) {
      const Matrix around = forward_of(gelu, {matrix_of({2, 1}, {a + h, a - h})}),
                   slope = passes_of(gelu, {matrix_of({1, 1}, {a})}, matrix_of({1, 1}, {10}))
                               .gradients[0];
      EXPECT_NEAR(slope(0, 0), 10 * (around(0, 0) - around(1, 0)) / (2 * h), 1e-8)
          << "at a = " << a << (form == GELU::Form::exact ? ", exact" : ", with tanh")
          << ": the product rule has two terms, and a gradient of 10 came in";
    }
  }
}

}  // namespace
}  // namespace gradbook
