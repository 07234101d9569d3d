#include <gmock/gmock.h>

#include "06_training/data.hpp"
#include "06_training/glyphs.hpp"
#include "06_training/images.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using Labels = std::vector<Label>;

// Pictures of one pixel
Array3 pixels(const std::vector<double>& numbers) {
  return filled<Array3>({numbers.size(), 1, 1}, numbers);
}

// Logits x, 0 and −x of a picture of one pixel x: class 0 where it is above 0, class 2 below
struct SignTest : testing::Test {
  SignTest() {
    model.weight.value() = matrix_of({3, 1}, {1, 0, -1});
    model.bias.value() = matrix_of({1, 3}, {0, 0, 0});
  }
  ~SignTest() override { tape().clear(); }

  Random random{1};
  Linear model{1, 3, random};
};

TEST_F(SignTest, CountsWhereTheLargestLogitIsTheLabels) {
  EXPECT_DOUBLE_EQ(accuracy_of(model, pixels({5, -5, 2, -2}), Labels{0, 2, 2, 0}), 0.5);
  EXPECT_DOUBLE_EQ(accuracy_of(model, pixels({5, -5, 2}), Labels{0, 2, 1}), 2.0 / 3)
      << "two of three: divide as doubles";
}

TEST_F(SignTest, TakesTheFirstOfEqualLogits) {
  EXPECT_DOUBLE_EQ(accuracy_of(model, pixels({0}), Labels{0}), 1)
      << "all logits are 0, and class 0 comes first";
  EXPECT_DOUBLE_EQ(accuracy_of(model, pixels({0}), Labels{2}), 0);
}

TEST_F(SignTest, LeavesTapeAndModeAsTheyWere) {
  Input x(matrix_of({1, 1}, {5}));
  Sigmoid unfinished;
  unfinished.apply_fwd({&x});
  accuracy_of(model, pixels({5}), Labels{0});
  EXPECT_EQ(tape().size(), 1u) << "somebody may be between forward and backward: use a NoTape";
  EXPECT_TRUE(model.training()) << "it was in training before";
  model.eval();
  accuracy_of(model, pixels({5}), Labels{0});
  EXPECT_FALSE(model.training()) << "it was in evaluation before";
}

// Says whether it was applied in training, and passes on what comes in
struct Watched final : Module {
  const char* name() const override { return "Watched"; }
  Module& operator()(Module& x) override {
    in_training.push_back(training());
    return inner(x);
  }
  explicit Watched(Module& model) : inner(model) { register_module("inner", model); }
  Module& inner;
  std::vector<bool> in_training;
};

TEST_F(SignTest, EvaluatesInEvaluationAndTrainsInTraining) {
  Watched watched(model);
  accuracy_of(watched, pixels({5}), Labels{0});
  watched.eval();
  GradientDescent descent(watched.parameters(), 0.1);
  train_on_images(watched, descent, pixels({5}), Labels{0}, {.epochs = 1});
  EXPECT_THAT(watched.in_training, ElementsAre(false, true));
}

TEST_F(SignTest, TakesAStepForEachBatchOfEachEpoch) {
  const Array3 images = pixels({1, 2, 3, 4, 5});
  const Labels labels = {0, 1, 2, 0, 1};
  Linear by_hand{1, 3, random};
  by_hand.weight.value() = model.weight.value();
  by_hand.bias.value() = model.bias.value();
  GradientDescent descent(model.parameters(), 0.1), descent_by_hand(by_hand.parameters(), 0.1);

  std::vector<double> expected;
  for (const std::uint64_t epoch : {0, 1, 2}) {
    double sum = 0;
    for (const Batch& batch : batches_of_epoch(5, 2, 8, epoch)) {
      std::vector<double> some;
      Labels their_labels;
      for (const std::size_t i : batch)
        some.push_back(images(i, 0, 0)), their_labels.push_back(labels[i]);
      const auto share = static_cast<double>(batch.size()) / 5;
      sum += share * one_step_of_sgd(by_hand, descent_by_hand, pixels(some), their_labels);
    }
    expected.push_back(sum);
  }
  const std::vector<double> losses =
      train_on_images(model, descent, images, labels, {.epochs = 3, .batch = 2, .seed = 8});
  EXPECT_THAT(losses, ElementsAre(DoubleNear(expected[0], 1e-12), DoubleNear(expected[1], 1e-12),
                                  DoubleNear(expected[2], 1e-12)))
      << "batches of two, two and one pictures: the last counts half as much as the others";
  EXPECT_THAT(model.weight.value(),
              is_matrix({3, 1}, {by_hand.weight.value().begin(), by_hand.weight.value().end()}));
}

TEST_F(SignTest, RefusesNoPicturesAndMissingLabels) {
  GradientDescent descent(model.parameters(), 0.1);
  EXPECT_THROW(accuracy_of(model, pixels({}), {}), ShapeError);
  EXPECT_THROW(accuracy_of(model, pixels({1, 2}), Labels{0}), ShapeError);
  EXPECT_THROW(train_on_images(model, descent, pixels({}), {}, {}), ShapeError);
  EXPECT_THROW(train_on_images(model, descent, pixels({1, 2}), Labels{0}, {}), ShapeError);
}

TEST(ClassifyImages, ReadsDigits) {
  const Glyphs glyphs = draw_glyphs(200, 1);
  Random random(1);
  FlattenClassifier model(28 * 28, 16, 10, random);
  GradientDescent descent(model.parameters(), 0.5);
  const std::vector<double> losses =
      train_on_images(model, descent, glyphs.images, glyphs.labels, {.epochs = 20, .batch = 10});
  EXPECT_LT(losses.back(), losses.front() / 4);
  EXPECT_GT(accuracy_of(model, glyphs.images, glyphs.labels), 0.95);
}

}  // namespace
}  // namespace gradbook
