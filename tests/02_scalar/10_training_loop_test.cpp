#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "02_scalar/training.hpp"

using ::testing::Each;
using ::testing::ElementsAre;

namespace gradbook {
namespace {

const std::vector<double> kInputs = {-1.0, -0.5, 0.0, 0.5, 1.0, 1.5};
const std::vector<double> kTargets = {1.0, 0.25, 0.0, 0.25, 1.0, 2.25};

double loss_of(const Model& model) {
  std::vector<Scalar> predictions;
  for (double x : kInputs) predictions.push_back(model(x));
  return mean_squared_error(predictions, kTargets).value();
}

TEST(Fit, RecordsTheLossBeforeEachStep) {
  Model model(4);
  const double before = loss_of(model);
  const History history = fit(model, kInputs, kTargets, {.epochs = 7});
  ASSERT_EQ(history.size(), 7u) << "one loss an epoch";
  EXPECT_DOUBLE_EQ(history[0], before) << "the first loss is that of the model as it came";
}

TEST(Fit, TakesOneStepOfGradientDescentAnEpoch) {
  // With no hidden unit, f(x) = b₂: its gradient is 2 (b₂ − mean of the targets)
  Model model(0);
  Scalar b2 = model.parameters().at(0);
  b2.set_value(5);
  const std::vector<double> inputs = {7, 8}, targets = {1, 3};
  fit(model, inputs, targets, {.epochs = 1, .learning_rate = 0.25});
  EXPECT_DOUBLE_EQ(b2.value(), 3.5)
      << "5 − 0.25 · 2 (5 − 2): one step, by the learning rate of the options";
  fit(model, inputs, targets, {.epochs = 2, .learning_rate = 0.25});
  EXPECT_DOUBLE_EQ(b2.value(), 2.375) << "3.5 → 2.75 → 2.375: training goes on where it stopped, "
                                         "and no gradient is left over from before";
}

TEST(Fit, BringsTheLossDown) {
  Model model(20);
  const History history = fit(model, kInputs, kTargets);
  ASSERT_EQ(history.size(), 100u) << "100 epochs unless told otherwise";
  EXPECT_LT(history.back(), 0.05) << "six points of a parabola are easy for twenty units";
}

TEST(Fit, ReportsEveryEpoch) {
  Model model(3);
  std::vector<int> epochs;
  History reported;
  const History history = fit(model, kInputs, kTargets, {.epochs = 4}, [&](int epoch, double loss) {
    epochs.push_back(epoch);
    reported.push_back(loss);
  });
  EXPECT_THAT(epochs, ElementsAre(1, 2, 3, 4)) << "epochs are counted from 1";
  EXPECT_EQ(reported, history) << "with the loss that goes into the history";
}

TEST(Fit, LetsTheGraphOfEachEpochGo) {
  Model model(3);
  std::vector<std::size_t> live;
  fit(model, kInputs, kTargets, {.epochs = 5}, [&](int, double) { live.push_back(live_nodes()); });
  ASSERT_EQ(live.size(), 5u);
  EXPECT_THAT(live, Each(live[0])) << "memory must not grow with the number of epochs";
}

TEST(Fit, RefusesDataThatDoNotGoTogether) {
  Model model(3);
  const std::vector<double> inputs = {1, 2, 3}, targets = {1, 2};
  EXPECT_THROW(fit(model, inputs, targets), ShapeError);
  EXPECT_THROW(fit(model, {}, {}), ShapeError) << "there is nothing to learn from";
}

}  // namespace
}  // namespace gradbook
