#include <gtest/gtest.h>

#include <cmath>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

// What backward sends to both inputs of f(a, b), where the gradient of the result is `grad`
struct Gradients {
  Array a, b;
};

Gradients gradients(Tensor (*f)(const Tensor&, const Tensor&), const Array& a, const Array& b,
                    const Array& grad) {
  const Tensor x(a, true), y(b, true);
  f(x, y).backward(grad);
  return {x.grad().value(), y.grad().value()};
}

const Array kA({3}, {1, 2, 4}), kB({3}, {2, -1, 0.5}), kGrad({3}, {1, 10, -2});

TEST(ZipGradients, OfASumAreGradForBoth) {
  const auto [by_a, by_b] = gradients(operator+, kA, kB, kGrad);
  EXPECT_THAT(by_a, is_array({3}, {1, 10, -2}));
  EXPECT_THAT(by_b, is_array({3}, {1, 10, -2}));
}

TEST(ZipGradients, OfADifferenceHaveOppositeSigns) {
  EXPECT_THAT((Tensor(kA) - kB).value(), is_array({3}, {-1, 3, 3.5}));
  const auto [by_a, by_b] = gradients(operator-, kA, kB, kGrad);
  EXPECT_THAT(by_a, is_array({3}, {1, 10, -2}));
  EXPECT_THAT(by_b, is_array({3}, {-1, -10, 2})) << "a − b falls as b grows";
}

TEST(ZipGradients, OfAProductAreTheOtherInput) {
  const auto [by_a, by_b] = gradients(operator*, kA, kB, kGrad);
  EXPECT_THAT(by_a, is_array({3}, {2, -10, -1})) << "grad · b";
  EXPECT_THAT(by_b, is_array({3}, {1, 20, -8})) << "grad · a";
}

TEST(ZipGradients, OfAQuotientDivideTwice) {
  const auto [by_a, by_b] = gradients(operator/, kA, kB, kGrad);
  EXPECT_THAT(by_a, is_array({3}, {0.5, -10, -4})) << "grad / b";
  EXPECT_THAT(by_b, is_array({3}, {-0.25, -20, 32})) << "−grad · a / b²";
}

TEST(ZipGradients, OfAPowerTreatBaseAndExponentDifferently) {
  const auto [by_a, by_b] = gradients(pow, kA, kB, kGrad);
  EXPECT_THAT(by_a, is_array({3}, {2, -2.5, -0.5})) << "grad · b · aᵇ⁻¹";
  EXPECT_THAT(by_b, is_array({3}, {0, 5 * std::log(2.0), -4 * std::log(4.0)}))
      << "grad · aᵇ · log a";
}

TEST(ZipGradients, OfAPowerOfZeroAreNumbers) {
  const auto [by_a, by_b] =
      gradients(pow, Array::zeros({3}), Array({3}, {0, 1, 2}), Array::ones({3}));
  EXPECT_THAT(by_a, is_array({3}, {0, 1, 0})) << "0 · 0⁻¹ is 0 · ∞, which is NaN: take 0 for it";
  EXPECT_THAT(by_b, is_array({3}, {0, 0, 0})) << "and so is 0ᵇ · log 0";
}

TEST(ZipGradients, OfAMaximumGoToTheLarger) {
  const auto [by_a, by_b] = gradients(maximum, kA, Array({3}, {2, -1, 4}), kGrad);
  EXPECT_THAT(by_a, is_array({3}, {0, 10, -1}));
  EXPECT_THAT(by_b, is_array({3}, {1, 0, -1})) << "where both are equal each gets half of grad";
}

TEST(ZipGradients, OfAComparisonAreZeros) {
  for (const Function* function : {&functions::lt, &functions::eq}) {
    const std::vector<Tensor> in = {Tensor::ones({2, 3}), Tensor::ones({3})};
    Context context(*function, in, {}, true);
    function->forward(context, in);
    const auto grads = function->backward(context, Tensor::ones({2, 3}));
    ASSERT_EQ(grads.size(), 2u) << "one gradient for each input";
    EXPECT_THAT(grads[0].value(), is_array({2, 3}, {0, 0, 0, 0, 0, 0}));
    EXPECT_THAT(grads[1].value(), is_array({3}, {0, 0, 0})) << "each in the shape of its input";
  }
}

TEST(ZipGradients, HaveTheShapesOfTheInputs) {
  const Array column({2, 1}, {1, 2}), row({3}, {10, 20, 30}), grad({2, 3}, {1, 2, 3, 4, 5, 6});
  const auto [by_column, by_row] = gradients(operator*, column, row, grad);
  EXPECT_THAT(by_column, is_array({2, 1}, {140, 320}))
      << "(2, 1) was repeated along axis 1: what comes back is summed there";
  EXPECT_THAT(by_row, is_array({3}, {9, 12, 15})) << "(3) was repeated along a new axis 0";

  const auto [by_matrix, by_number] =
      gradients(operator-, Array::ones({2, 3}), Array::scalar(5), grad);
  EXPECT_THAT(by_matrix, is_array({2, 3}, {1, 2, 3, 4, 5, 6}));
  EXPECT_THAT(by_number, is_array({}, {-21})) << "one number, used six times";
}

TEST(ZipGradients, HaveGradientsThemselves) {
  const Tensor a({1}, {3}, true), b({1}, {5}, true), c = a * b;
  const auto grads = functions::mul.backward(c.variable()->context, Tensor::ones({1}));
  ASSERT_TRUE(grads[0].requires_grad()) << "d(a · b)/da is b, and that is a tensor with a history";
  grads[0].backward(Tensor::ones({1}));
  EXPECT_THAT(b.grad().value(), is_array({1}, {1}));
}

}  // namespace
}  // namespace gradbook
