#include <gmock/gmock.h>

#include "05_modules/classifier.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(FlatRows, PutsRowBehindRow) {
  const Array3 images = {{{1, 2, 3}, {4, 5, 6}}, {{7, 8, 9}, {10, 11, 12}}};
  const Matrix rows = flat_rows(images);
  EXPECT_THAT(sizes_of(rows), ElementsAre(2, 6)) << "two pictures of 2 · 3 pixels";
  EXPECT_THAT(listed(rows), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
  EXPECT_THAT(sizes_of(flat_rows(filled<Array3>({0, 2, 3}, {}))), ElementsAre(0, 6));
}

TEST(GradientDescent, StepsAgainstTheGradient) {
  Parameter a(Matrix{{1, 2}});
  a.grad() = Matrix{{10, -20}};
  GradientDescent descent({&a}, 0.1);
  descent.step();
  EXPECT_THAT(listed(a.value()), ElementsAre(0, 4));
  EXPECT_THAT(listed(a.grad()), ElementsAre(10, -20)) << "step leaves gradients to zero_grad";
  descent.rate = 0.2;
  descent.step();
  EXPECT_THAT(listed(a.value()), ElementsAre(-2, 8)) << "the rate is that of this step";
}

TEST(GradientDescent, LeavesOutWhoHasNoGradient) {
  Parameter a(Matrix{{1, 2}}), b(Matrix{{3}});
  b.grad() = Matrix{{1}};
  GradientDescent descent({&a, &b}, 1);
  descent.step();
  EXPECT_THAT(listed(a.value()), ElementsAre(1, 2)) << "it took no part in the loss";
  EXPECT_THAT(listed(b.value()), ElementsAre(2));
}

struct Classifier : testing::Test {
  Random random{1};
  FlattenClassifier model{4, 3, 2, random};
  GradientDescent descent{model.parameters(), 0.5};
  Array3 images = filled<Array3>({3, 2, 2}, {0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0});
  std::vector<Label> labels = {0, 1, 1};

  Real loss_now() {
    Input x(flat_rows(images));
    SoftmaxCrossEntropy loss;
    const NoTape quiet;
    return loss(model(x), labels).out_tensor(0, 0);
  }
};

TEST_F(Classifier, IsLinearSigmoidLinear) {
  Input x(flat_rows(images));
  Module& logits = model(x);
  EXPECT_EQ(&logits, &model.second) << "logits come out of the second layer: no σ, no softmax";
  EXPECT_THAT(sizes_of(logits.out_tensor), ElementsAre(3, 2));
  EXPECT_EQ(&*model.second.in_modules[0], &model.sigmoid);
  EXPECT_EQ(&*model.sigmoid.in_modules[0], &model.first);
  EXPECT_EQ(&*model.first.in_modules[0], &x);
  tape().clear();
}

TEST_F(Classifier, ReturnsTheLossBeforeTheStep) {
  const Real before = loss_now();
  EXPECT_EQ(one_step_of_sgd(model, descent, images, labels), before);
  EXPECT_LT(loss_now(), before) << "and the step makes it smaller";
  EXPECT_TRUE(tape().empty());
}

TEST_F(Classifier, TakesEveryStepWithItsOwnGradient) {
  Random same(1);
  FlattenClassifier twin(4, 3, 2, same);
  GradientDescent of_twin(twin.parameters(), 0.5);
  one_step_of_sgd(model, descent, images, labels);
  one_step_of_sgd(twin, of_twin, images, labels);
  twin.zero_grad();
  one_step_of_sgd(model, descent, images, labels);
  one_step_of_sgd(twin, of_twin, images, labels);
  EXPECT_EQ(model.second.bias.value(), twin.second.bias.value())
      << "the twin's gradients were forgotten by hand between two steps: without that, the second "
         "step must not go along the first one's gradient again";
}

// Changes nothing, and counts
class Lazy final : public ModuleOptimizer {
 public:
  using ModuleOptimizer::ModuleOptimizer;
  void step() override { ++steps; }
  int steps = 0;
};

TEST_F(Classifier, LetsTheOptimiserStep) {
  Lazy lazy(model.parameters(), 1);
  const Matrix before = model.first.weight.value();
  one_step_of_sgd(model, lazy, images, labels);
  EXPECT_EQ(lazy.steps, 1);
  EXPECT_EQ(model.first.weight.value(), before) << "this optimiser changes nothing";
  EXPECT_TRUE(model.first.weight.has_gradient()) << "but backward has run, and nobody forgets yet";
}

TEST_F(Classifier, RefusesALabelThatIsNoClass) {
  EXPECT_THROW(one_step_of_sgd(model, descent, images, std::vector<Label>{0, 1, 2}), RangeError);
  EXPECT_NO_THROW(one_step_of_sgd(model, descent, images, labels)) << "and goes on afterwards";
}

TEST_F(Classifier, LearnsThreePictures) {
  for (int i = 0; i < 300; ++i) one_step_of_sgd(model, descent, images, labels);
  EXPECT_LT(loss_now(), 0.1);
}

}  // namespace
}  // namespace gradbook
