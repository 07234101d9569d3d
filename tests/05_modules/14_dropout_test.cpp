#include <gmock/gmock.h>

#include "05_modules/dropout.hpp"
#include "support/matrix_matchers.hpp"
#include "support/module_passes.hpp"

namespace gradbook {
namespace {

Matrix ones(std::size_t rows, std::size_t columns) {
  return matrix_of({rows, columns}, std::vector<double>(rows * columns, 1.0));
}

TEST(Dropout, LeavesOutWhereTheDrawIsBelowP) {
  Dropout dropout(0.25, 7);
  Random same(7);
  const Matrix out = forward_of(dropout, {ones(4, 5)});
  for (std::size_t n = 0; n < 4; ++n) {
    for (std::size_t d = 0; d < 5; ++d)
      EXPECT_DOUBLE_EQ(out(n, d), same.uniform() < 0.25 ? 0 : 4.0 / 3)
          << "row " << n << ", column " << d << ": one draw each; what stays is divided by 0.75";
  }
}

TEST(Dropout, SendsTheGradientTheWayOfTheNumbers) {
  Dropout dropout(0.5, 3);
  const Passes passes = passes_of(dropout, {ones(3, 4)}, ones(3, 4));
  EXPECT_THAT(passes.gradients[0], is_matrix({3, 4}, {passes.out.begin(), passes.out.end()}))
      << "ones came in on both sides, so output and gradient are equal: 0 where left out, else 2";
}

TEST(Dropout, GivesAZeroThatStayedItsGradient) {
  Dropout dropout(0.5, 3), same(0.5, 3);
  const Passes passes = passes_of(dropout, {0 * ones(3, 4)}, ones(3, 4));
  const Matrix stayed = forward_of(same, {ones(3, 4)});
  EXPECT_THAT(passes.gradients[0], is_matrix({3, 4}, {stayed.begin(), stayed.end()}))
      << "that an output is 0 does not tell that it was left out";
}

TEST(Dropout, ChangesNothingInEvaluation) {
  Dropout dropout(0.5, 3);
  dropout.eval();
  const Passes passes =
      passes_of(dropout, {matrix_of({1, 3}, {1, 2, 3})}, matrix_of({1, 3}, {4, 5, 6}));
  EXPECT_THAT(passes.out, is_matrix({1, 3}, {1, 2, 3}));
  EXPECT_THAT(passes.gradients[0], is_matrix({1, 3}, {4, 5, 6}));
}

TEST(Dropout, DrawsAnewInEveryPass) {
  Dropout dropout(0.5, 3);
  const Matrix first = forward_of(dropout, {ones(3, 4)}),
               second = forward_of(dropout, {ones(3, 4)});
  EXPECT_NE(listed(first), listed(second));
}

TEST(Dropout, RemembersInBackwardWhatForwardDid) {
  Dropout dropout(0.5, 3);
  Input x(ones(2, 4), true);
  const std::vector<Module*> in{&x};
  const Matrix out = dropout.forward(InTensors(in));
  dropout.eval();
  Gradients gradients(in);
  dropout.backward(InTensors(in), out, ones(2, 4), gradients);
  EXPECT_THAT(gradients[0], is_matrix({2, 4}, {out.begin(), out.end()}))
      << "eval() was called after forward; the gradient still belongs to that pass";

  dropout.forward(InTensors(in));
  dropout.backward(InTensors(in), out, ones(2, 4), gradients);
  EXPECT_THAT(gradients[0], is_matrix({2, 4}, std::vector<double>(8, 1.0)))
      << "this pass was in evaluation: the factors of the pass before are gone";
}

TEST(Dropout, MayLeaveOutNothingOrAll) {
  Dropout nothing(0, 3), all(1, 3);
  EXPECT_THAT(forward_of(nothing, {ones(1, 3)}), is_matrix({1, 3}, {1, 1, 1}));
  EXPECT_THAT(forward_of(all, {ones(1, 3)}), is_matrix({1, 3}, {0, 0, 0})) << "and not NaN";
}

}  // namespace
}  // namespace gradbook
