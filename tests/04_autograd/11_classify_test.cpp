#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "04_autograd/datasets.hpp"
#include "04_autograd/training.hpp"
#include "support/array_matchers.hpp"

using ::testing::ElementsAre;

namespace gradbook {
namespace {

const Array kPoints({5, 2}, {0.1, 0.2, 0.9, 0.8, 0.3, 0.1, 0.7, 0.9, 0.2, 0.4});
const Array kLabels({5}, {1, 0, 1, 0, 1});

double loss_of(const Network& network, const Array& points, const Array& labels) {
  return binary_cross_entropy(network(points), labels).item();
}

TEST(Accuracy, IsTheShareThatIsRight) {
  EXPECT_DOUBLE_EQ(accuracy(Tensor({4}, {0.9, 0.1, 0.6, 0.3}), Tensor({4}, {1, 0, 0, 0})), 0.75);
  EXPECT_DOUBLE_EQ(accuracy(Tensor({2}, {0.5, 0.5}), Tensor({2}, {1, 0})), 0.5)
      << "class 1 is said above a half, not at it";
  EXPECT_THROW(accuracy(Tensor({2, 1}, {0.5, 0.5}), Tensor({2}, {1, 0})), ShapeError);
}

TEST(Classify, RecordsTheLossBeforeTheStep) {
  const Network network(4, 1);
  const double before = loss_of(network, kPoints, kLabels);
  const LearningCurve curve = classify(network, kPoints, kLabels, {.epochs = 7});
  ASSERT_EQ(curve.losses.size(), 7u) << "one loss an epoch";
  ASSERT_EQ(curve.accuracies.size(), 7u);
  EXPECT_DOUBLE_EQ(curve.losses[0], before);
}

TEST(Classify, StepsAgainstTheGradient) {
  const Network network(3, 1), other(3, 1);
  binary_cross_entropy(other(kPoints), kLabels).backward();
  classify(network, kPoints, kLabels, {.epochs = 1, .rate = 0.2});
  const std::vector<Tensor> parameters = network.parameters(), before = other.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const Tensor expected = before[i].detach() - 0.2 * before[i].grad();
    EXPECT_THAT(parameters[i].value(), is_array(expected.shape(), elements(expected.value())))
        << "p - rate * gradient for parameter " << i << ": write into mutable_value(), in place";
  }
}

TEST(Classify, TakesAStepAfterEachBatch) {
  const Network network(3, 1), other(3, 1);
  classify(network, kPoints, kLabels, {.epochs = 1, .batch = 2});
  for (const Slice& rows : {Slice{0, 2}, {2, 4}, {4, 5}})
    classify(other, slice(kPoints, 0, rows), slice(kLabels, 0, rows), {.epochs = 1});
  const std::vector<Tensor> parameters = network.parameters(), expected = other.parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i)
    EXPECT_THAT(parameters[i].value(), is_array(expected[i].shape(), elements(expected[i].value())))
        << "five points in batches of two are batches of 2, 2 and 1";
}

TEST(Classify, CountsEveryPointAlike) {
  const Network network(3, 1), other(3, 1);
  const double rate = 1e-12;  // so small that the network stays as it is
  const LearningCurve curve =
      classify(network, kPoints, kLabels, {.epochs = 1, .rate = rate, .batch = 2});
  EXPECT_NEAR(curve.losses[0], loss_of(other, kPoints, kLabels), 1e-9)
      << "a batch of one point counts half as much as one of two";
  EXPECT_NEAR(curve.accuracies[0], accuracy(other(kPoints), kLabels), 1e-9);
}

TEST(Classify, ForgetsEarlierGradients) {
  const Network network(3, 1), other(3, 1);
  sum(network(kPoints)).backward();
  classify(network, kPoints, kLabels, {.epochs = 2});
  classify(other, kPoints, kLabels, {.epochs = 2});
  EXPECT_DOUBLE_EQ(loss_of(network, kPoints, kLabels), loss_of(other, kPoints, kLabels))
      << "zero_grad before backward, for backward adds";
}

TEST(Classify, TellsOfItsProgress) {
  const Network network(2, 1);
  std::vector<int> epochs;
  std::vector<double> losses;
  const LearningCurve curve =
      classify(network, kPoints, kLabels, {.epochs = 3}, [&](int epoch, double loss, double) {
        epochs.push_back(epoch);
        losses.push_back(loss);
      });
  EXPECT_THAT(epochs, ElementsAre(1, 2, 3));
  EXPECT_EQ(losses, curve.losses);
}

TEST(Classify, LetsEachGraphGo) {
  const Network network(2, 1);
  const std::int64_t before = live_variables();
  std::vector<std::int64_t> live;
  classify(network, kPoints, kLabels, {.epochs = 3},
           [&](int, double, double) { live.push_back(live_variables() - before); });
  EXPECT_THAT(live, ElementsAre(0, 0, 0)) << "keep losses as numbers: a tensor keeps its graph";
  EXPECT_TRUE(grad_enabled()) << "leave recording to a NoGrad guard in a block of its own";
}

TEST(Classify, RefusesWhatDoesNotGoTogether) {
  const Network network(2, 1);
  EXPECT_THROW(classify(network, kPoints, slice(kLabels, 0, {0, 4})), ShapeError);
  EXPECT_THROW(classify(network, Array({0, 2}), Array(Shape{0})), ShapeError) << "no points";
  EXPECT_THROW(classify(network, kPoints, kLabels, {.batch = 0}), RangeError);
}

TEST(Classify, LearnsToTellLeftFromRight) {
  const PointSet set = draw_point_set("simple", 50, 1);
  const Network network(10, 1);
  classify(network, set.points, set.labels, {.epochs = 100, .rate = 0.5});
  EXPECT_GE(accuracy(network(set.points), set.labels), 0.94);
}

}  // namespace
}  // namespace gradbook
