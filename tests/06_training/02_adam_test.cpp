#include <gmock/gmock.h>

#include "06_training/optimizers.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using testing::Each;

TEST(Adam, TakesAFirstStepAsLongAsTheRate) {
  Parameter theta(Matrix{{0, 0, 0}});
  Adam adam({&theta}, {.rate = 0.1, .epsilon = 0});
  theta.grad() = Matrix{{5, -0.005, 1e6}};
  adam.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 3}, {-0.1, 0.1, -0.1}))
      << "both means lack the same share of g and g², so the size of g cancels";
}

TEST(Adam, KeepsBothMeansAndCounts) {
  Parameter theta(Matrix{{0, 0}});
  Adam adam({&theta}, {.beta1 = 0.5, .beta2 = 0.75});
  theta.grad() = Matrix{{2, -4}};
  adam.step();
  const auto state = adam.state();
  EXPECT_THAT(*state.at(0).matrix, is_matrix({1, 2}, {1, -2})) << "0.5 · 0 + 0.5 g";
  EXPECT_THAT(*state.at(1).matrix, is_matrix({1, 2}, {1, 4})) << "0.75 · 0 + 0.25 g²";
  EXPECT_THAT(*state.at(2).matrix, is_matrix({1, 1}, {1})) << "t";
}

// PyTorch says so: torch.optim.Adam(p, lr=0.1, betas=(0.5, 0.75), eps=0.01)
TEST(Adam, StepsAsPyTorchDoes) {
  Parameter theta(Matrix{{0.5, -1.25, 2}});
  Adam adam({&theta}, {.rate = 0.1, .beta1 = 0.5, .beta2 = 0.75, .epsilon = 0.01});
  theta.grad() = Matrix{{0.5, -2, 0.25}};
  adam.step();
  EXPECT_THAT(theta.value(),
              is_matrix({1, 3}, {0.4019607843137255, -1.150497512437811, 1.9038461538461537}))
      << "a little less than 0.1, since ε = 0.01 is added to the corrected root of v";
  theta.grad() = Matrix{{-1, 0.125, 3}};
  adam.step();
  EXPECT_THAT(theta.value(),
              is_matrix({1, 3}, {0.46193047771417817, -1.106396220326067, 1.8126193227318788}));
}

TEST(Adam, AddsDecayToTheGradient) {
  Parameter theta(Matrix{{2, -4}});
  Adam adam({&theta}, {.rate = 0.1, .epsilon = 0, .weight_decay = 0.5});
  theta.grad() = Matrix{{0, 0}};
  adam.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 2}, {1.9, -3.9}))
      << "g = 1 and −2: a step of the rate for both, however large λ θ is";
}

TEST(AdamW, ShrinksBesideTheGradient) {
  Parameter theta(Matrix{{2, -4}});
  AdamW adamw({&theta}, {.rate = 0.1, .weight_decay = 0.5});
  theta.grad() = Matrix{{0, 0}};
  adamw.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 2}, {1.9, -3.8}))
      << "times 1 − 0.1 · 0.5, whatever the means are";
  EXPECT_THAT(listed(*adamw.state().at(0).matrix), Each(0)) << "which know nothing of the decay";
}

TEST(Adam, TakesTheRateAsItIsNow) {
  Parameter theta(Matrix{{0}});
  Adam adam({&theta}, {.rate = 0.1, .epsilon = 0});
  adam.rate = 0.01;
  theta.grad() = Matrix{{3}};
  adam.step();
  EXPECT_THAT(theta.value(), is_matrix({1, 1}, {-0.01})) << "`rate`, not options_.rate";
}

TEST(Adam, CountsTheStepsOfEachParameter) {
  Parameter late(Matrix{{1}}), early(Matrix{{1}});
  Adam adam({&late, &early}, {.rate = 0.1, .epsilon = 0});
  early.grad() = Matrix{{2}};
  adam.step();
  EXPECT_THAT(late.value(), is_matrix({1, 1}, {1})) << "no gradient, no step";
  EXPECT_THAT(early.value(), is_matrix({1, 1}, {0.9})) << "those after it have theirs";
  late.grad() = Matrix{{2}};
  adam.step();
  EXPECT_THAT(late.value(), is_matrix({1, 1}, {0.9})) << "this is its first step, t = 1";
}

}  // namespace
}  // namespace gradbook
