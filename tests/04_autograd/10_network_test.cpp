#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "04_autograd/network.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

TEST(Linear, MultipliesAndAddsTheBiasToEveryRow) {
  const Tensor x({2, 2}, {2, 3, 4, 5}), weights({2, 2}, {1, 10, 100, 1000}), bias({2}, {5, 7});
  EXPECT_THAT(linear(x, weights, bias).value(), is_array({2, 2}, {307, 3027, 509, 5047}));
}

TEST(Linear, HasGradientsForAllThree) {
  Tensor x({2, 1}, {2, 3}, true), weights({1, 1}, {5}, true), bias({1}, {7}, true);
  linear(x, weights, bias).backward(Tensor({2, 1}, {1, 10}));
  EXPECT_THAT(x.grad().value(), is_array({2, 1}, {5, 50}));
  EXPECT_THAT(weights.grad().value(), is_array({1, 1}, {32}));
  EXPECT_THAT(bias.grad().value(), is_array({1}, {11})) << "both rows have the bias: it is summed";
}

TEST(Linear, NeedsNoLoopOverExamples) {
  const Tensor weights({1, 1}, {5}, true), bias({1}, {7}, true);
  const std::int64_t before = live_variables();
  const Tensor one = linear(Tensor({1, 1}, {2}), weights, bias);
  const std::int64_t between = live_variables();
  const Tensor three = linear(Tensor({3, 1}, {2, 3, 4}), weights, bias);
  EXPECT_EQ(live_variables() - between, between - before)
      << "as many operations for three examples as for one: the loops are in the operations";
}

TEST(Linear, RefusesShapesThatWouldBroadcast) {
  const Tensor x({1, 2}, {2, 3}), weights({2, 2}, {1, 2, 3, 4});
  EXPECT_THROW(linear(x, weights, Tensor({1}, {5})), ShapeError) << "one number for two outputs";
  EXPECT_THROW(linear(x, weights, Tensor({1, 2}, {5, 6})), ShapeError);
  EXPECT_THROW(linear(Tensor({1, 1, 2}, {2, 3}), weights, Tensor({2}, {5, 6})), ShapeError);
}

TEST(Network, HasSixParameters) {
  const Network net(3, 1);
  const std::vector<Tensor> parameters = net.parameters();
  ASSERT_EQ(parameters.size(), 6u);
  const Shape shapes[] = {{2, 3}, {3}, {3, 3}, {3}, {3, 1}, {1}};
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(parameters[i].shape(), shapes[i]) << "parameter " << i;
    EXPECT_TRUE(parameters[i].requires_grad()) << "hand out the parameters, not their numbers";
  }
}

// Weights and biases by hand: a hidden unit each
void set(const Network& net, const std::vector<std::vector<Real>>& values) {
  const NoGrad quiet;
  std::vector<Tensor> parameters = net.parameters();
  for (std::size_t i = 0; i < values.size(); ++i)
    std::copy(values[i].begin(), values[i].end(), parameters[i].mutable_value().mutable_data());
}

TEST(Network, IsThreeLayersWithReluReluAndSigmoid) {
  const Network net(1, 1);
  set(net, {{1, 2}, {3}, {-2}, {5}, {7}, {-1}});
  const Tensor out = net(Tensor({3, 2}, {1, 1, -2, -2, -3, 1}));
  // After layer 1: 6, -3, 2; relu: 6, 0, 2; layer 2: -7, 5, 1; relu: 0, 5, 1; layer 3: -1, 34, 6
  EXPECT_EQ(out.shape(), Shape{3}) << "one probability a point: view drops the axis of size 1";
  const auto s = [](double a) { return 1 / (1 + std::exp(-a)); };
  EXPECT_THAT(out.value(), is_array({3}, {s(-1), s(34), s(6)}));
}

TEST(Network, TeachesEveryParameter) {
  const Network net(4, 2);
  net(Tensor({3, 2}, {0.1, 0.9, 0.5, 0.2, 0.8, 0.7})).backward(Tensor({3}, {1, 1, 1}));
  for (const Tensor& parameter : net.parameters()) {
    Real size = 0;
    for (const Real g : elements(parameter.grad().value())) size += std::abs(g);
    EXPECT_GT(size, 0) << "a gradient of only zeros, shape " << parameter.shape().text().c_str()
                       << ": was a number taken out by value() on the way?";
  }
}

TEST(BinaryCrossEntropy, IsTheSurpriseAtWhatIsTheCase) {
  const Tensor y({2}, {1, 0});
  EXPECT_DOUBLE_EQ(binary_cross_entropy(Tensor({2}, {0.5, 0.5}), y).item(), std::log(2));
  EXPECT_DOUBLE_EQ(binary_cross_entropy(Tensor({2}, {0.9, 0.1}), y).item(), -std::log(0.9))
      << "both were given 0.9: the mean is that of one";
  EXPECT_GT(binary_cross_entropy(Tensor({2}, {0.1, 0.9}), y).item(), 2) << "sure, and wrong";
}

TEST(BinaryCrossEntropy, IsZeroForWhoIsSureAndRight) {
  EXPECT_EQ(binary_cross_entropy(Tensor({2}, {1, 0}), Tensor({2}, {1, 0})).item(), 0)
      << "one logarithm, of the probability of what is the case: log 0 is not asked for";
}

TEST(BinaryCrossEntropy, RefusesShapesThatWouldBroadcast) {
  EXPECT_THROW(binary_cross_entropy(Tensor({2, 1}, {0.5, 0.5}), Tensor({2}, {0, 1})), ShapeError)
      << "(2, 1) and (2) make (2, 2): a loss about pairs that nobody asked for";
}

}  // namespace
}  // namespace gradbook
