#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

TEST(Backward, SendsGradientsToTheLeaves) {
  Tensor x({2}, {3, 4}, true), y({2}, {5, 6}, true);
  (x * y).backward(Tensor({2}, {1, 10}));
  EXPECT_THAT(x.grad().value(), is_array({2}, {5, 60}));
  EXPECT_THAT(y.grad().value(), is_array({2}, {3, 40})) << "every input gets its share";
}

TEST(Backward, AddsUpWhatComesOverTwoWays) {
  Tensor x({1, 2}, {3, 4}, true);
  matmul(x, x.t()).backward();
  EXPECT_THAT(x.grad().value(), is_array({1, 2}, {6, 8}))
      << "x·xᵀ is Σ x²: x is both factors, and gets a share from each";
}

TEST(Backward, WaitsUntilATensorHasHeardFromAllItsUsers) {
  Tensor a({2}, {1, 2}, true);
  const Tensor b = a + a, c = b + b;
  c.backward(Tensor::ones({2}));
  EXPECT_THAT(a.grad().value(), is_array({2}, {4, 4})) << "b passes on once, when it is complete";
}

TEST(Backward, WaitsAlsoWhereOneWayIsLonger) {
  Tensor x(Array::scalar(2), true);
  const Tensor a = x * x, b = a * x, f = a * b;
  f.backward();
  EXPECT_EQ(x.grad().item(), 80) << "f = x⁵ has slope 5x⁴; what was made last must pass on first";
}

TEST(Backward, SumsUpInLeavesFromCallToCall) {
  Tensor x(Array::scalar(3), true);
  const Tensor y = x * x;
  y.backward(1, true);
  y.backward(1, true);
  EXPECT_EQ(x.grad().item(), 12) << "2x twice: the graph was retained, so it may be passed again";
}

TEST(Backward, GivesTheGraphBack) {
  Tensor x(Array::scalar(3), true);
  const Tensor y = exp(x), z = y * y;
  z.backward();
  EXPECT_EQ(live_variables(), 3) << "x, y and z live, but z has let its inputs go";
  EXPECT_THROW(z.backward(), GradientError) << "what was given back cannot be passed again";
  EXPECT_THROW((y + 1).backward(), GradientError)
      << "y was passed, too: ask check_not_spent of all";
  EXPECT_TRUE(grad_enabled()) << "also after an exception";
}

TEST(Backward, RefusesWhatHasNoGradient) {
  Tensor x({2}, {3, 4}, true);
  EXPECT_THROW(Tensor::ones({2}).sum().backward(), GradientError) << "check_root says so";
  EXPECT_THROW(lt(x, 0).sum().backward(Tensor::ones({2})), ShapeError);
  EXPECT_THROW((x * 2).backward(Tensor::ones({3})), ShapeError) << "a seed of another shape";
}

Array same(Context&, Inputs in) { return in[0].value(); }
std::vector<Tensor> too_small(const Context&, const Tensor& grad) { return {sum(grad)}; }
const Function kTooSmall = {"too_small", same, too_small};

TEST(Backward, NamesAFunctionWhoseGradientHasTheWrongShape) {
  Tensor x({2}, {3, 4}, true);
  EXPECT_THROW(apply(kTooSmall, {x}).backward(Tensor::ones({2})), ShapeError)
      << "check_share looks at each share before it is added";
}

TEST(SendBack, HandsOutEveryTensorOnTheWay) {
  Tensor x(Array::scalar(2), true);
  const Tensor y = x * x, z = -y;
  std::vector<Real> grads;
  send_back(z, 5, {}, [&](Variable&, const Tensor& grad) {
    grads.push_back(grad.item());
    EXPECT_FALSE(grad_enabled()) << "a pass that is not to be recorded goes under a NoGrad guard";
  });
  EXPECT_EQ(grads, (std::vector<Real>{5, -5, -20})) << "z, y, x: inner tensors as well as leaves";
}

TEST(SendBack, RecordsThePassWhereAsked) {
  Tensor x(Array::scalar(2), true);
  Tensor slope;
  send_back(x * x * x, 1, {.record = true}, [&](Variable& variable, const Tensor& grad) {
    if (&variable == x.variable()) slope = grad;
  });
  ASSERT_TRUE(slope.requires_grad()) << "a recorded gradient has a history";
  slope.backward();
  EXPECT_EQ(x.grad().item(), 12) << "the slope of 3x² is 6x";
}

TEST(NoGrad, SwitchesRecordingOff) {
  Tensor x(Array::scalar(2), true);
  {
    const NoGrad outer;
    { const NoGrad inner; }
    EXPECT_FALSE((x * x).requires_grad()) << "the inner guard restores what was: off";
  }
  EXPECT_TRUE((x * x).requires_grad()) << "and the outer one, on";
}

TEST(Detach, CutsTheHistory) {
  Tensor x(Array::scalar(3), true);
  (x * x.detach()).backward();
  EXPECT_EQ(x.grad().item(), 3) << "the second factor is a constant";
  EXPECT_TRUE(x.detach().value().storage() == x.value().storage()) << "no number is copied";
}

}  // namespace
}  // namespace gradbook
