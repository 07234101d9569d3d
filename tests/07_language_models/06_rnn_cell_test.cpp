#include <gmock/gmock.h>

#include <cmath>

#include "07_language_models/rnn.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const Matrix kNone;

// tanh(log 2) = 3/5 and tanh(log 3) = 4/5, for e^(2 log 2) = 4 and e^(2 log 3) = 9
const double kLog2 = std::log(2.0), kLog3 = std::log(3.0);

TEST(RnnStepForward, IsPhiOfALinearLayerWhereThereIsNoState) {
  const Matrix x = matrix_of({2, 1}, {1, -1}), xh = matrix_of({2, 1}, {kLog2, kLog3}),
               hh = matrix_of({2, 2}, {1, 2, 3, 4});
  EXPECT_THAT(rnn_step_forward(x, kNone, {xh, hh, kNone}),
              is_matrix({2, 2}, {0.6, 0.8, -0.6, -0.8}))
      << "a state without elements means zeros, and zeros times W_hh are zeros";
}

TEST(RnnStepForward, AddsTheBiasBeforePhi) {
  const Matrix x = matrix_of({1, 1}, {0}), xh = matrix_of({2, 1}, {1, 1}),
               hh = matrix_of({2, 2}, {1, 2, 3, 4}), bias = matrix_of({1, 2}, {kLog2, kLog3});
  EXPECT_THAT(rnn_step_forward(x, kNone, {xh, hh, bias}), is_matrix({1, 2}, {0.6, 0.8}));
}

TEST(RnnStepForward, AddsWhatTheStateBringsBeforePhi) {
  const Matrix x = matrix_of({1, 1}, {0}), h = matrix_of({1, 2}, {1, 0}),
               xh = matrix_of({2, 1}, {1, 1}), hh = matrix_of({2, 2}, {kLog2, 7, kLog3, 9});
  EXPECT_THAT(rnn_step_forward(x, h, {xh, hh, kNone}), is_matrix({1, 2}, {0.6, 0.8}))
      << "the first unit of h goes to both by column 0 of W_hh: a row of W_hh for each new unit";
}

TEST(RnnStepForward, TakesTheSigmoidWhereItIsAskedTo) {
  const Matrix x = matrix_of({1, 1}, {1}), xh = matrix_of({1, 1}, {kLog3}),
               hh = matrix_of({1, 1}, {0});
  EXPECT_THAT(rnn_step_forward(x, kNone, {xh, hh, kNone, Nonlinearity::sigmoid}),
              is_matrix({1, 1}, {0.75}))
      << "1 / (1 + 1/3): weights.nonlinearity says which φ";
}

TEST(RnnStepForward, SaysWhatDoesNotFit) {
  const Matrix x = matrix_of({2, 1}, {1, 2}), xh = matrix_of({1, 1}, {1}),
               hh = matrix_of({1, 1}, {1}), wide = matrix_of({1, 2}, {1, 2});
  EXPECT_THAT(message_of<ShapeError>([&] {
                rnn_step_forward(x, kNone, {wide, hh, kNone});
              }),
              AllOf(HasSubstr("(2, 1)"), HasSubstr("(1, 2)")));
  EXPECT_THROW(rnn_step_forward(x, matrix_of({1, 1}, {1}), {xh, hh, kNone}), ShapeError)
      << "two sequences and the state of one: whose is it?";
  EXPECT_THROW(rnn_step_forward(x, kNone, {xh, wide, kNone}), ShapeError)
      << "W_hh takes a state to a state, so it is square, even where there is no state yet";
}

TEST(RnnStepBackward, SendsTheGradientThroughPhiAndThenToAllThatWentIn) {
  const Matrix x = matrix_of({1, 1}, {2}), h = matrix_of({1, 1}, {3}), xh = matrix_of({1, 1}, {5}),
               hh = matrix_of({1, 1}, {7}), out = matrix_of({1, 1}, {0.6}),
               grad_out = matrix_of({1, 1}, {100});
  const RnnGradients grads = rnn_step_backward(x, h, {xh, hh, kNone}, out, grad_out);
  EXPECT_THAT(grads.bias, is_matrix({1, 1}, {64}))
      << "100 times the slope of tanh, 1 − 0.6²: this is the gradient before φ";
  EXPECT_THAT(grads.x, is_matrix({1, 1}, {320})) << "64 times W_xh";
  EXPECT_THAT(grads.xh, is_matrix({1, 1}, {128})) << "64 times x";
  EXPECT_THAT(grads.h, is_matrix({1, 1}, {448})) << "64 times W_hh: this goes back in time";
  EXPECT_THAT(grads.hh, is_matrix({1, 1}, {192})) << "64 times the state before";
}

TEST(RnnStepBackward, TakesTheSlopeOfTheSigmoidForTheSigmoid) {
  const Matrix one = matrix_of({1, 1}, {1}), out = matrix_of({1, 1}, {0.75}),
               grad_out = matrix_of({1, 1}, {16});
  const RnnWeights weights{one, one, kNone, Nonlinearity::sigmoid};
  EXPECT_THAT(rnn_step_backward(one, one, weights, out, grad_out).bias, is_matrix({1, 1}, {3}))
      << "16 · 0.75 · 0.25";
}

// With states of 0 the slope of tanh is 1: what is left are the products
TEST(RnnStepBackward, KeepsRowsForSequencesAndAddsUpWhatTheyShare) {
  const Matrix x = matrix_of({2, 1}, {2, 3}), h = matrix_of({2, 2}, {1, 2, 3, 4}),
               xh = matrix_of({2, 1}, {1, 10}), hh = matrix_of({2, 2}, {1, 10, 100, 1000}),
               out = matrix_of({2, 2}, {0, 0, 0, 0}), grad_out = matrix_of({2, 2}, {1, 2, 3, 4});
  const RnnGradients grads = rnn_step_backward(x, h, {xh, hh, kNone}, out, grad_out);
  EXPECT_THAT(grads.h, is_matrix({2, 2}, {201, 2010, 403, 4030}))
      << "row 0 is (1, 2) times W_hh: 1·1 + 2·100, 1·10 + 2·1000";
  EXPECT_THAT(grads.xh, is_matrix({2, 1}, {11, 16})) << "both sequences used it: 1·2 + 3·3";
  EXPECT_THAT(grads.hh, is_matrix({2, 2}, {10, 14, 14, 20}))
      << "row j, column k: gradient of unit j times unit k of the state before, 1·1 + 3·3";
}

TEST(RnnStepBackward, HasAGradientByAStateOfZerosThatNobodyWroteDown) {
  const Matrix x = matrix_of({1, 1}, {2}), xh = matrix_of({2, 1}, {1, 10}),
               hh = matrix_of({2, 2}, {1, 10, 100, 1000}), out = matrix_of({1, 2}, {0, 0}),
               grad_out = matrix_of({1, 2}, {1, 2});
  const RnnGradients grads = rnn_step_backward(x, kNone, {xh, hh, kNone}, out, grad_out);
  EXPECT_THAT(grads.h, is_matrix({1, 2}, {201, 2010}));
  EXPECT_THAT(grads.hh, is_matrix({2, 2}, {0, 0, 0, 0})) << "a gradient of zeros is a gradient";
}

}  // namespace
}  // namespace gradbook
