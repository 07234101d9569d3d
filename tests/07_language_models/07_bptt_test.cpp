#include <gmock/gmock.h>

#include <cmath>

#include "07_language_models/rnn.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

const Matrix kNone;

// Two steps of one sequence and one unit: h₁ = tanh(log 2) = 0.6, h₂ = tanh(log 3) = 0.8
struct TwoSteps : testing::Test {
  Matrix x = matrix_of({2, 1}, {std::log(2.0) - 1, std::log(3.0) - 1.2}),
         h = matrix_of({1, 1}, {0.5}), xh = matrix_of({1, 1}, {1}), hh = matrix_of({1, 1}, {2}),
         states = matrix_of({2, 1}, {0.6, 0.8});
  RnnWeights weights{xh, hh, kNone};
};

TEST_F(TwoSteps, StartEachFromTheStateBefore) {
  EXPECT_THAT(rnn_forward(x, h, weights), is_matrix({2, 1}, {0.6, 0.8}))
      << "log 2 − 1 + 2 · 0.5 is log 2, and log 3 − 1.2 + 2 · 0.6 is log 3";
}

TEST_F(TwoSteps, BringAGradientBackFromTheSecondToTheFirst) {
  const RnnGradients grads = rnn_backward(x, h, weights, states, matrix_of({2, 1}, {0, 100}));
  EXPECT_THAT(grads.x, is_matrix({2, 1}, {46.08, 36}))
      << "100 times the slope 1 − 0.8² is 36; W_hh makes 72 of it, and the slope 1 − 0.6² 46.08";
  EXPECT_THAT(grads.h, is_matrix({1, 1}, {92.16})) << "W_hh once more, to the state at the start";
}

TEST_F(TwoSteps, AddWhatComesBackToWhatTheStateGetsItself) {
  const RnnGradients grads = rnn_backward(x, h, weights, states, matrix_of({2, 1}, {28, 100}));
  EXPECT_THAT(grads.x, is_matrix({2, 1}, {64, 36}))
      << "h₁ was an output and went into h₂: 28 + 72, and both go through its φ";
  EXPECT_THAT(grads.h, is_matrix({1, 1}, {128}));
}

TEST_F(TwoSteps, GiveTheWeightsTheSumOfWhatEachWouldGiveThem) {
  const RnnGradients grads = rnn_backward(x, h, weights, states, matrix_of({2, 1}, {28, 100}));
  EXPECT_THAT(grads.bias, is_matrix({1, 1}, {100})) << "36 + 64: a sum, and no mean";
  EXPECT_THAT(grads.hh, is_matrix({1, 1}, {53.6}))
      << "36 times h₁ and 64 times the h that the first step started from";
  EXPECT_THAT(grads.xh, is_matrix({1, 1}, {36 * (std::log(3.0) - 1.2) + 64 * (std::log(2.0) - 1)}));
}

TEST_F(TwoSteps, SaveWorkThatNobodyAsksFor) {
  const Matrix grad_states = matrix_of({2, 1}, {28, 100});
  EXPECT_EQ(rnn_backward(x, h, weights, states, grad_states, false).x.size(), 0u)
      << "no elements where not wanted";
}

// Two steps of two sequences, which must not hear of each other; W_xh is 0 but for log 2
TEST(RnnForward, FindsTheRowsOfAStepSideBySide) {
  const Matrix x = matrix_of({4, 1}, {1, -1, 0, 0}), h = matrix_of({2, 1}, {0, 0}),
               xh = matrix_of({1, 1}, {std::log(2.0)}), hh = matrix_of({1, 1}, {1});
  const double next = std::tanh(0.6);
  EXPECT_THAT(rnn_forward(x, h, {xh, hh, kNone}), is_matrix({4, 1}, {0.6, -0.6, next, -next}))
      << "rows 0 and 1 are step 0 of both sequences, rows 2 and 3 their step 1";
}

TEST(RnnForward, GoesOnFromTheStateThatItIsGiven) {
  const Matrix x = matrix_of({3, 1}, {1, 2, 3}), h = matrix_of({1, 1}, {0.3}),
               xh = matrix_of({1, 1}, {0.5}), hh = matrix_of({1, 1}, {-1}),
               bias = matrix_of({1, 1}, {0.1});
  const RnnWeights weights{xh, hh, bias};
  const Matrix all = rnn_forward(x, h, weights);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_THAT(rnn_forward(matrix_of({1, 1}, {3}), matrix_of({1, 1}, {all(1, 0)}), weights),
              is_matrix({1, 1}, {all(2, 0)}))
      << "the state says all that a step has to know of the past";
}

TEST(RnnForward, DoesNothingInNoSteps) {
  const Matrix x(Sizes{0, 3}), h = matrix_of({2, 1}, {0.3, 0.4}), xh = matrix_of({1, 3}, {1, 2, 3}),
                               hh = matrix_of({1, 1}, {5});
  const Matrix states = rnn_forward(x, h, {xh, hh, kNone});
  EXPECT_THAT(states, is_matrix({0, 1}, {}));
  const RnnGradients grads = rnn_backward(x, h, {xh, hh, kNone}, states, states);
  EXPECT_THAT(grads.h, is_matrix({2, 1}, {0, 0})) << "two sequences, whose state was not used";
  EXPECT_THAT(grads.hh, is_matrix({1, 1}, {0})) << "a sum over no steps is 0";
}

TEST(RnnForward, RefusesWhatDoesNotFit) {
  const Matrix x = matrix_of({3, 1}, {1, 2, 3}), h = matrix_of({2, 1}, {0, 0}),
               one = matrix_of({1, 1}, {1});
  EXPECT_THROW(rnn_forward(x, h, {one, one, kNone}), ShapeError)
      << "h has two sequences, so x has 0, 2, 4, … rows";
  const Matrix two_units = matrix_of({2, 1}, {1, 1}), start = matrix_of({1, 1}, {0});
  EXPECT_THROW(rnn_forward(start, start, {two_units, one, kNone}), ShapeError)
      << "W_xh is of two units and the state of one: no bias is there to notice";
}

}  // namespace
}  // namespace gradbook
