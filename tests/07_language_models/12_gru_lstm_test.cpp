#include <gmock/gmock.h>

#include <cmath>

#include "07_language_models/gated.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

// σ(log 3) = 3/4, σ(−log 3) = 1/4, σ(0) = 1/2, tanh(log 2) = 3/5: all numbers below can be had on
// paper
const double kLog2 = std::log(2.0), kLog3 = std::log(3.0);

// ---- GRU

TEST(GruForward, MixesWhatIsNewWithWhatWas) {
  Matrix a = matrix_of({1, 3}, {kLog3 - 1, 1 - kLog3, kLog2 - 0.3});
  const Matrix u = matrix_of({1, 3}, {1, -1, 0.4}), h = matrix_of({1, 1}, {2});
  EXPECT_THAT(gru_gates_forward(a, u, h), is_matrix({1, 1}, {0.95}))
      << "z = 1/4 of h = 2, and the rest of n = 3/5, where r = 3/4 lets 0.3 of u_n = 0.4 through";
  EXPECT_THAT(a, is_matrix({1, 3}, {0.75, 0.25, 0.6})) << "r, z and n stay in a";
}

TEST(GruForward, HasABlockForEachGateAndARowForEachSequence) {
  Matrix a = matrix_of({2, 6}, {0, 0, kLog3, -kLog3, kLog2, -kLog2,  //
                                0, 0, 0, 0, 0, 0});
  const Matrix u = matrix_of({2, 6}, std::vector<double>(12, 0)),
               h = matrix_of({2, 2}, {1, 2, 3, 4});
  EXPECT_THAT(gru_gates_forward(a, u, h), is_matrix({2, 2}, {0.9, 0.05, 1.5, 2}))
      << "columns 2 and 3 are z of units 0 and 1: 3/4 · 1 + 1/4 · 3/5, and 1/4 · 2 − 3/4 · 3/5";
}

TEST(GruBackward, GoesFromTheMixtureToEachGate) {
  const Matrix gates = matrix_of({1, 3}, {0.75, 0.25, 0.6}), u = matrix_of({1, 3}, {1, -1, 0.4}),
               h = matrix_of({1, 1}, {2}), grad_out = matrix_of({1, 1}, {100});
  const GruGradients grads = gru_gates_backward(gates, u, h, grad_out);
  EXPECT_THAT(grads.h, is_matrix({1, 1}, {25})) << "z of it goes straight to h";
  EXPECT_THAT(grads.a, is_matrix({1, 3}, {3.6, 26.25, 48}))
      << "n: 75 times the slope 0.64. r: 48 times u_n, times 3/4 · 1/4. z: 100 times h − n, times "
         "1/4 · 3/4";
  EXPECT_THAT(grads.u, is_matrix({1, 3}, {3.6, 26.25, 36}))
      << "a and u were added for r and z; for n, u went through r";
}

TEST(GruBackward, LooksAtEachUnitAndEachSequence) {
  const Matrix gates = matrix_of({2, 6}, {0.5, 0.5, 0.25, 0.75, 0, 0, 0.5, 0.5, 0.5, 0, 0, 0}),
               u = matrix_of({2, 6}, std::vector<double>(12, 0)),
               h = matrix_of({2, 2}, {0, 0, 0, 0}),
               grad_out = matrix_of({2, 2}, {4, 40, 400, 4000});
  const GruGradients grads = gru_gates_backward(gates, u, h, grad_out);
  EXPECT_THAT(grads.h, is_matrix({2, 2}, {1, 30, 200, 0}));
  EXPECT_THAT(grads.a, is_matrix({2, 6}, {0, 0, 0, 0, 3, 10, 0, 0, 0, 0, 200, 4000}));
}

// ---- LSTM

TEST(LstmForward, KeepsAPartAndAddsAPart) {
  Matrix a = matrix_of({1, 4}, {kLog3, -kLog3, kLog2, 0});
  const Matrix c = matrix_of({1, 1}, {4 * (kLog2 - 0.45)});
  const LstmState out = lstm_gates_forward(a, c);
  EXPECT_THAT(out.c, is_matrix({1, 1}, {kLog2})) << "f = 1/4 of c, and i = 3/4 of g = 3/5";
  EXPECT_THAT(out.h, is_matrix({1, 1}, {0.3})) << "o = 1/2 of tanh c′ = 3/5";
  EXPECT_THAT(a, is_matrix({1, 4}, {0.75, 0.25, 0.6, 0.5})) << "i, f, g and o stay in a";
}

TEST(LstmForward, HasABlockForEachGateAndARowForEachSequence) {
  Matrix a = matrix_of({2, 8}, {0, 0, kLog3, -kLog3, 0, kLog2, 0, 0,  //
                                0, 0, 0, 0, 0, 0, 0, 0});
  const LstmState out = lstm_gates_forward(a, matrix_of({2, 2}, {4, 8, 20, 30}));
  EXPECT_THAT(out.c, is_matrix({2, 2}, {3, 2.3, 10, 15}))
      << "columns 2 and 3 are f of units 0 and 1: 3/4 · 4, and 1/4 · 8 + 1/2 · 3/5";
}

TEST(LstmBackward, AddsWhatTheMemoryGetsFromBothSides) {
  const Matrix gates = matrix_of({1, 4}, {0.75, 0.25, 0.6, 0.5}), c = matrix_of({1, 1}, {0.8}),
               kept = matrix_of({1, 1}, {kLog2}), shown = matrix_of({1, 1}, {0.3});
  const LstmGradients grads = lstm_gates_backward(gates, c, {shown, kept}, matrix_of({1, 1}, {100}),
                                                  matrix_of({1, 1}, {68}));
  EXPECT_THAT(grads.c, is_matrix({1, 1}, {25}))
      << "c′ gets 68 from the step after and 100 · 1/2 · 0.64 from h′; f = 1/4 of the 100 goes on";
  EXPECT_THAT(grads.a, is_matrix({1, 4}, {11.25, 15, 48, 15}))
      << "i: 100 · g · 3/16. f: 100 · c · 3/16. g: 100 · i · 0.64. o: 100 of h′ times tanh c′, · "
         "1/4";
}

TEST(LstmBackward, LooksAtEachUnitAndEachSequence) {
  const Matrix gates = matrix_of({2, 8}, {0, 0, 0.5, 0.25, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0}),
               c = matrix_of({2, 2}, {0, 0, 0, 0}), grad_h = matrix_of({2, 2}, {1, 2, 3, 4}),
               grad_c = matrix_of({2, 2}, {4, 40, 400, 4000});
  const LstmGradients grads = lstm_gates_backward(gates, c, {c, c}, grad_h, grad_c);
  EXPECT_THAT(grads.c, is_matrix({2, 2}, {2, 10, 400, 0}));
  EXPECT_THAT(grads.a, is_matrix({2, 8}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 400, 4000, 0, 0}));
}

TEST(LstmBias, LetsTheMemoryStayAtTheBeginning) {
  EXPECT_THAT(lstm_bias(2), is_matrix({1, 8}, {0, 0, 1, 1, 0, 0, 0, 0}))
      << "i, f, g, o: the second block. σ(1) = 0.73 of the memory stays, σ(0) would be a half";
}

TEST(GatedSteps, RefuseWhatDoesNotFit) {
  Matrix a = matrix_of({1, 4}, {1, 2, 3, 4});
  const Matrix two = matrix_of({2, 1}, {1, 2}), one = matrix_of({1, 1}, {1}),
               three = matrix_of({1, 3}, {1, 2, 3});
  EXPECT_THROW(gru_gates_forward(a, three, one), ShapeError) << "four blocks are for an LSTM";
  EXPECT_THROW(lstm_gates_forward(a, two), ShapeError) << "the memory of two sequences, a of one";
  EXPECT_THROW(gru_gates_backward(three, three, one, two), ShapeError);
}

}  // namespace
}  // namespace gradbook
