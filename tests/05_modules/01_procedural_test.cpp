#include <gtest/gtest.h>

#include <cmath>

#include "05_modules/procedural.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const double kLog3 = std::log(3.0);

// One example, two of everything, with round numbers: the worked example of the chapter
const Matrix kX = matrix_of({1, 2}, {1, 2}), kY = matrix_of({1, 2}, {0, 1}),
             kAlpha = matrix_of({2, 2}, {2, -1, kLog3, 0}),
             kBeta = matrix_of({2, 2}, {kLog3, -kLog3 * 2 / 3, 2 * kLog3, 0});

// The same activations, by hand: backward gets them whatever your forward does
Activations by_hand() {
  return {matrix_of({1, 2}, {0, kLog3}), matrix_of({1, 2}, {0.5, 0.75}),
          matrix_of({1, 2}, {0, kLog3}), matrix_of({1, 2}, {0.25, 0.75}),
          static_cast<Real>(std::log(4.0 / 3))};
}

TEST(NNForward, KeepsEveryStep) {
  const Activations f = nn_forward(kX, kY, kAlpha, kBeta);
  EXPECT_THAT(f.a, is_matrix({1, 2}, {0, kLog3})) << "a = x αᵀ: 1 · 2 − 2 · 1, and 1 · log 3";
  EXPECT_THAT(f.z, is_matrix({1, 2}, {0.5, 0.75})) << "σ(0), and σ(log 3) = 1 / (1 + 1/3)";
  EXPECT_THAT(f.b, is_matrix({1, 2}, {0, kLog3})) << "b = z βᵀ";
  EXPECT_THAT(f.y_hat, is_matrix({1, 2}, {0.25, 0.75})) << "e⁰ and e^(log 3), by their sum";
  EXPECT_NEAR(f.loss, std::log(4.0 / 3), 1e-14) << "−log of 3/4";
}

TEST(NNForward, TakesTheMeanOverRows) {
  const Matrix x = matrix_of({3, 1}, {1, 1, 1}), y = matrix_of({3, 2}, {1, 0, 0.5, 0.5, 0, 1}),
               alpha = matrix_of({1, 1}, {0}), beta = matrix_of({2, 1}, {0, 2 * kLog3});
  const Activations f = nn_forward(x, y, alpha, beta);
  EXPECT_THAT(f.y_hat, is_matrix({3, 2}, {0.25, 0.75, 0.25, 0.75, 0.25, 0.75}));
  EXPECT_NEAR(f.loss, (std::log(4.0) + std::log(4.0 / 3)) / 2, 1e-14)
      << "the second example is half of either class, and its loss the mean of theirs";
}

TEST(NNForward, DoesNotOverflow) {
  const Matrix one = matrix_of({1, 1}, {1}), y = matrix_of({1, 2}, {0, 1});
  const Activations f = nn_forward(one, y, one * 50, matrix_of({2, 1}, {1000, 1000 + kLog3}));
  EXPECT_NEAR(f.y_hat(0, 1), 0.75, 1e-12)
      << "exp(1000) is infinite: subtract the largest of the row from all of it first";
}

TEST(NNForward, ChecksAllSizesFirst) {
  const Matrix wide = matrix_of({3, 3}, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  EXPECT_THAT(message_of<ShapeError>([&] { nn_forward(kX, kY, wide, kBeta); }),
              AllOf(HasSubstr("(1, 2)"), HasSubstr("(3, 3)")));
  EXPECT_THROW(nn_forward(kX, kY, kAlpha, wide), ShapeError);
  EXPECT_THROW(nn_forward(kX, matrix_of({2, 2}, {0, 1, 1, 0}), kAlpha, kBeta), ShapeError)
      << "one example, and two right answers";
  EXPECT_THROW(nn_forward(matrix_of({0, 2}, {}), matrix_of({0, 2}, {}), kAlpha, kBeta), ShapeError)
      << "a mean of nothing";
}

TEST(NNBackward, GoesBackLineByLine) {
  const ActivationGradients g = nn_backward(kX, kY, kAlpha, kBeta, by_hand());
  EXPECT_THAT(g.y_hat, is_matrix({1, 2}, {0, -4.0 / 3})) << "−y ÷ ŷ";
  EXPECT_THAT(g.b, is_matrix({1, 2}, {0.25, -0.25})) << "Σ g_ŷ ŷ is −1, and goes off both";
  EXPECT_THAT(g.beta, is_matrix({2, 2}, {0.125, 0.1875, -0.125, -0.1875})) << "g_bᵀ z";
  EXPECT_THAT(g.z, is_matrix({1, 2}, {-kLog3 / 4, -kLog3 / 6})) << "g_b β";
  EXPECT_THAT(g.a, is_matrix({1, 2}, {-kLog3 / 16, -kLog3 / 32})) << "g_z ⊙ z ⊙ (1 − z)";
  EXPECT_THAT(g.alpha, is_matrix({2, 2}, {-kLog3 / 16, -kLog3 / 8, -kLog3 / 32, -kLog3 / 16}))
      << "g_aᵀ x";
}

TEST(NNBackward, AddsUpWhatExamplesShare) {
  const Activations f = {matrix_of({2, 1}, {0, kLog3}), matrix_of({2, 1}, {0.5, 0.75}),
                         matrix_of({2, 2}, {0, 0, 0, 0}), matrix_of({2, 2}, {0.5, 0.5, 0.5, 0.5}),
                         static_cast<Real>(std::log(2.0))};
  const ActivationGradients g =
      nn_backward(matrix_of({2, 3}, {0, 0, 0, 1, 2, 3}), matrix_of({2, 2}, {1, 0, 1, 0}),
                  matrix_of({1, 3}, {0, 0, 0}), matrix_of({2, 1}, {0, 16}), f);
  EXPECT_THAT(g.b, is_matrix({2, 2}, {-0.25, 0.25, -0.25, 0.25})) << "half of ŷ − y: a mean of two";
  EXPECT_THAT(g.beta, is_matrix({2, 1}, {-0.3125, 0.3125})) << "0.25 · 0.5 + 0.25 · 0.75";
  EXPECT_THAT(g.a, is_matrix({2, 1}, {1, 0.75}));
  EXPECT_THAT(g.alpha, is_matrix({1, 3}, {0.75, 1.5, 2.25}));
}

}  // namespace
}  // namespace gradbook
