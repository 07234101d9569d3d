#include <gmock/gmock.h>

#include "00_course/random.hpp"
#include "06_training/manual.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using testing::ElementsAreArray;

Matrix drawn(std::size_t rows, std::size_t columns, Random& random) {
  auto m = Matrix::from_shape({rows, columns});
  for (Real& number : m) number = static_cast<Real>(random.uniform(-1, 1));
  return m;
}

// h = (2, 0), p = (2, 4), J = (2 − 1)² + (4 − 0)²; ∂J/∂p = (2, 8), ∂J/∂w2 = (4 16; 0 0),
// ∂J/∂h = (18, 10), of which the second unit, at exactly 0, gets nothing
TEST(ManualStep, IsWhatYouComputeOnPaper) {
  TwoLayers network{{{1, 1}, {1, -1}}, {{1, 2}, {1, 1}}};
  EXPECT_EQ(manual_step(network, {{1, 1}}, {{1, 0}}, 0.5), 17) << "J, before the step";
  EXPECT_THAT(network.w2, is_matrix({2, 2}, {-1, -6, 1, 1})) << "w2 − 0.5 (4 16; 0 0)";
  EXPECT_THAT(network.w1, is_matrix({2, 2}, {-8, 1, -8, -1}))
      << "w1 − 0.5 (18 0; 18 0): the slope of max(h, 0) at 0 is 0";
}

TEST(ManualStep, SumsOverExamples) {
  TwoLayers network{{{1}}, {{1}}};
  EXPECT_EQ(manual_step(network, {{1}, {-1}, {2}}, {{0}, {3}, {1}}, 0.1), 1 + 9 + 1)
      << "p is 1, 0 and 2, and J no mean";
  EXPECT_THAT(network.w1, is_matrix({1, 1}, {1 - 0.1 * (2 + 0 + 4)}));
  EXPECT_THAT(network.w2, is_matrix({1, 1}, {1 - 0.1 * (2 + 0 + 4)}));
}

TEST(ManualStep, IsAsSteepAsDifferencesSay) {
  Random random(1);
  const Matrix x = drawn(6, 3, random), y = drawn(6, 2, random);
  const TwoLayers network{drawn(3, 5, random), drawn(5, 2, random)};
  TwoLayers stepped = network;
  manual_step(stepped, x, y, 1);
  for (std::size_t i = 0; i < network.w1.size(); ++i) {
    TwoLayers above = network, below = network;
    above.w1.data()[i] += 1e-5;
    below.w1.data()[i] -= 1e-5;
    const double slope = (manual_step(above, x, y, 0) - manual_step(below, x, y, 0)) / 2e-5;
    EXPECT_NEAR(network.w1.data()[i] - stepped.w1.data()[i], slope, 1e-6)
        << "number " << i << " of w1";
  }
}

TEST(ManualStep, ComesDownStepByStep) {
  Random random(2);
  const Matrix x = drawn(8, 10, random), y = drawn(8, 3, random);
  TwoLayers network{drawn(10, 7, random), drawn(7, 3, random)};
  Real before = manual_step(network, x, y, 2e-3);
  for (int step = 0; step < 20; ++step) {
    const Real loss = manual_step(network, x, y, 2e-3);
    EXPECT_LT(loss, before) << "step " << step;
    before = loss;
  }
}

TEST(ManualStep, ChangesNothingWhereSizesDoNotFit) {
  Random random(3);
  const Matrix x = drawn(3, 4, random);
  TwoLayers network{drawn(4, 5, random), drawn(5, 2, random)};
  const TwoLayers before = network;
  EXPECT_THROW(manual_step(network, drawn(3, 3, random), drawn(3, 2, random), 1), ShapeError);
  EXPECT_THROW(manual_step(network, x, drawn(2, 2, random), 1), ShapeError) << "2 rows for 3";
  EXPECT_THROW(manual_step(network, x, drawn(3, 1, random), 1), ShapeError) << "1 column for 2";
  EXPECT_THAT(listed(network.w1), ElementsAreArray(listed(before.w1)));
  EXPECT_THAT(listed(network.w2), ElementsAreArray(listed(before.w2)));
}

}  // namespace
}  // namespace gradbook
