#include <gmock/gmock.h>

#include "06_training/optimizers.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

TEST(Sgd, StepsDownTheSlope) {
  Parameter theta(Matrix{{1, 2}});
  SGD sgd({&theta}, {.rate = 0.5});
  theta.grad() = Matrix{{4, -2}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 2}, {-1, 3})) << "1 − 0.5 · 4, 2 + 0.5 · 2";
  EXPECT_THAT(theta.grad(), is_matrix({1, 2}, {4, -2})) << "a step leaves the gradient as it is";
}

TEST(Sgd, AddsDecayToTheGradient) {
  Parameter theta(Matrix{{1, -2}});
  SGD sgd({&theta}, {.rate = 0.1, .weight_decay = 0.5});
  theta.grad() = Matrix{{0, 0}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 2}, {0.95, -1.9}))
      << "g = 0 + 0.5 θ, a step of 0.1 g towards 0";
  EXPECT_THAT(theta.grad(), is_matrix({1, 2}, {0, 0})) << "g is a number of its own";
}

TEST(Sgd, GathersSpeedWithMomentum) {
  Parameter theta(Matrix{{0}});
  SGD sgd({&theta}, {.rate = 1, .momentum = 0.5});
  theta.grad() = Matrix{{1}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-1})) << "v = 1, all of the first gradient";
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-2.5})) << "v = 0.5 · 1 + 1 = 1.5";
  sgd.rate = 0.1;
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-2.675}))
      << "v = 0.5 · 1.5 + 1 = 1.75, and a step of 0.1 v: the velocity does not know the rate";
}

TEST(Sgd, LooksAheadWithNesterov) {
  Parameter theta(Matrix{{0}});
  SGD sgd({&theta}, {.rate = 1, .momentum = 0.5, .nesterov = true});
  theta.grad() = Matrix{{1}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-1.5})) << "v = 1, and g + 0.5 v = 1.5";
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-3.25})) << "v = 1.5, and g + 0.5 v = 1.75";
}

// PyTorch says so: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.3)
TEST(Sgd, StepsAsPyTorchDoes) {
  Parameter theta(Matrix{{0.5, -1.25, 2}});
  SGD sgd({&theta}, {.rate = 0.1, .momentum = 0.9, .weight_decay = 0.3});
  theta.grad() = Matrix{{0.5, -2, 0.25}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 3}, {0.435, -1.0125, 1.915}));
  theta.grad() = Matrix{{-1, 0.125, 3}};
  sgd.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 3}, {0.46345, -0.780875, 1.48105}))
      << "the decay of the first step is in the velocity of the second";
}

TEST(Sgd, SkipsWhatHasNoGradient) {
  Parameter frozen(Matrix{{1, 2}}), learnt(Matrix{{3}});
  SGD sgd({&frozen, &learnt}, {.rate = 1, .momentum = 0.5, .weight_decay = 1});
  learnt.grad() = Matrix{{1}};
  sgd.step();
  EXPECT_THAT(frozen.value(), is_matrix({1, 2}, {1, 2})) << "no gradient, and not even decay";
  EXPECT_THAT(learnt.value(), is_matrix({1, 1}, {-1})) << "but who comes after it has its step";
}

}  // namespace
}  // namespace gradbook
