#include "06_training/find_the_bug.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "05_modules/classifier.hpp"
#include "05_modules/dropout.hpp"
#include "05_modules/sequential.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::DoubleNear;
using testing::Each;
using testing::ElementsAre;
using testing::Le;

// A linear layer without bias, whose weights are these
struct OneLayer {
  explicit OneLayer(const Matrix& weights)
      : random(1), layer(weights.shape(1), weights.shape(0), random, false) {
    layer.weight.value() = weights;
  }
  Random random;
  Linear layer;
};

// n points left (class 0) and right (class 1) of 0
Examples two_sides(std::size_t n) {
  Examples all{Matrix::from_shape({n, 1}), {}};
  Random random(3);
  for (std::size_t i = 0; i < n; ++i) {
    all.labels.push_back(static_cast<Label>(random.below(2)));
    all.inputs(i, 0) = (all.labels.back() == 0 ? -1 : 1) * random.uniform(1, 3);
  }
  return all;
}

TEST(Program1, HalvesTheDistanceInEveryStep) {
  OneLayer model({{0}});
  GradientDescent descent(model.layer.parameters(), 0.25);
  EXPECT_THAT(fit_numbers(model.layer, descent, {{1}}, {{8}}, 4), ElementsAre(64, 16, 4, 1))
      << "the slope of (w - 8)² is 2 (w - 8); a quarter of it, and the distance is half of what it "
         "was. If yours overshoots: where does the rest of the step come from?";
  EXPECT_NEAR(model.layer.weight.value()(0, 0), 7.5, 1e-12);
}

TEST(Program1, DoesNotMindGradientsOfBefore) {
  OneLayer model({{0}});
  model.layer.weight.grad() = {{1000}};
  GradientDescent descent(model.layer.parameters(), 0.25);
  EXPECT_THAT(fit_numbers(model.layer, descent, {{1}}, {{8}}, 2), ElementsAre(64, 16));
}

TEST(Program2, HasALossOfAlmostNothingWhereTheModelIsSureAndRight) {
  OneLayer model({{30}, {0}});
  GradientDescent descent(model.layer.parameters(), 0.0);
  const Examples one{{{1}}, {0}};
  EXPECT_THAT(fit_classes(model.layer, descent, one, 1), ElementsAre(DoubleNear(0, 1e-9)))
      << "logits of 30 and 0 are a probability of 1 for class 0. Which loss would probabilities of "
         "1 and 0 have, if somebody took them for logits?";
}

TEST(Program2, BeginsAtTheLogarithmOfTheClassesAndFalls) {
  OneLayer model(Matrix({4, 1}, 0));
  GradientDescent descent(model.layer.parameters(), 1.0);
  const Examples one{{{2}}, {3}};
  const std::vector<double> losses = fit_classes(model.layer, descent, one, 20);
  EXPECT_NEAR(losses.front(), std::log(4), 1e-12) << "four classes, each as likely";
  EXPECT_LT(losses.back(), 0.05) << "one example can be learnt by heart: what keeps it from that?";
}

TEST(Program3, SaysTheSameTwice) {
  Sequential model;
  Random random(1);
  model.add<Dropout>(0.5, 7);
  model.add<Linear>(1, 2, random).weight.value() = {{-1}, {1}};
  const Examples examples = two_sides(200);
  const double first = share_wrong(model, examples), second = share_wrong(model, examples);
  EXPECT_EQ(first, second) << "nothing was learnt in between: which module rolls dice?";
  EXPECT_EQ(first, 0) << "it is right on every example, if all of it takes part";
  EXPECT_TRUE(model.training()) << "whoever measures leaves things as they were";
  EXPECT_TRUE(tape().empty());
}

TEST(Program4, LearnsFromBatchesWhatIsEasilyLearnt) {
  OneLayer model(Matrix({2, 1}, 0));
  GradientDescent descent(model.layer.parameters(), 0.5);
  const std::vector<double> means = fit_in_batches(model.layer, descent, two_sides(60), 8, 5, 1);
  ASSERT_EQ(means.size(), 5u);
  EXPECT_LT(means.back(), 0.05)
      << "left is class 0 and right is class 1. A loss that stays near log 2 = 0.69 learns from "
         "noise: print a batch, inputs beside labels";
}

TEST(Program5, CountsTheStepsOfTheOptimiser) {
  OneLayer model(Matrix({2, 1}, 0));
  GradientDescent descent(model.layer.parameters(), 9.0);
  EXPECT_THAT(fit_on_schedule(model.layer, descent, two_sides(5), 2, 2,
                              {.peak = 0.4, .floor = 0, .warmup = 4, .total = 8}),
              ElementsAre(DoubleNear(0.1, 1e-12), DoubleNear(0.2, 1e-12), DoubleNear(0.3, 1e-12),
                          DoubleNear(0.4, 1e-12), DoubleNear(0.4, 1e-12),
                          DoubleNear(0.2 * (1 + std::cos(std::acos(-1.0) / 4)), 1e-12)))
      << "5 examples in batches of 2 are 3 steps an epoch; four steps up, and then down";
}

TEST(Program6, NeverGoesFurtherThanItMay) {
  OneLayer model(Matrix({2, 1}, 0));
  GradientDescent descent(model.layer.parameters(), 1.0);
  const Examples wild{{{1000}}, {1}};
  Matrix before = model.layer.weight.value();
  EXPECT_THAT(fit_clipped(model.layer, descent, wild, 0.1, 1),
              ElementsAre(DoubleNear(500 * std::sqrt(2), 1e-9)))
      << "the length before it was cut";
  const Matrix moved = model.layer.weight.value() - before;
  EXPECT_LE(std::hypot(moved(0, 0), moved(1, 0)), 0.1)
      << "with a rate of 1 a step is as long as the gradient. What was cut, and who had used it "
         "already?";
  EXPECT_GT(std::hypot(moved(0, 0), moved(1, 0)), 0.09);
}

}  // namespace
}  // namespace gradbook
