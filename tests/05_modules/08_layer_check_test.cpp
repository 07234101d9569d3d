#include <gtest/gtest.h>

#include <cmath>

#include "05_modules/layer_check.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

// a b + a², element by element, with factors for its gradients: 1 and 1 are right
class Mixed final : public Module {
 public:
  explicit Mixed(Real by_a = 1, Real by_b = 1) : by_a_(by_a), by_b_(by_b) {}
  const char* name() const override { return "Mixed"; }
  Matrix forward(const InTensors& in) override { return in[0] * in[1] + in[0] * in[0]; }
  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    grad_in[0] = by_a_ * grad_out * (in[1] + 2 * in[0]);
    grad_in[1] = by_b_ * grad_out * in[0];
  }

 private:
  Real by_a_, by_b_;
};

struct LayerCheck : testing::Test {
  Input a{Matrix{{2, -3}, {5, 0.5}}, true}, b{Matrix{{7, 1}, {-2, 4}}, true};
  Random random{1};

  // What a check finds, in words
  std::string found(Module& module, const std::vector<Module*>& inputs, double within = 1e-6) {
    const std::optional<LayerFault> fault = layer_check(module, inputs, random, within);
    return fault ? text(module, *fault) : "no fault";
  }
};

TEST_F(LayerCheck, FindsNothingWhereAllIsRight) {
  Mixed right;
  EXPECT_EQ(found(right, {&a, &b}), "no fault");
}

TEST_F(LayerCheck, NamesTheArgument) {
  Mixed first_wrong(1.01, 1), second_wrong(1, -1), both_wrong(0.5, 0.5);
  auto fault = layer_check(first_wrong, {&a, &b}, random);
  ASSERT_TRUE(fault.has_value()) << "its gradient by a is 1% too large";
  EXPECT_EQ(fault->argument, 0u);
  EXPECT_NEAR(fault->backward / fault->differences, 1.01, 1e-6);
  fault = layer_check(second_wrong, {&a, &b}, random);
  ASSERT_TRUE(fault.has_value()) << "its gradient by b has the wrong sign";
  EXPECT_EQ(fault->argument, 1u);
  fault = layer_check(both_wrong, {&a, &b}, random);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->argument, 0u) << "the first that is wrong";
  EXPECT_EQ(text(both_wrong, *fault).find("Mixed: argument 0, element "), 0u);
}

// 0, whatever goes in; its backward claims what it was given
class Claims final : public Module {
 public:
  explicit Claims(Matrix claim) : claim_(std::move(claim)) {}
  const char* name() const override { return "Claims"; }
  Matrix forward(const InTensors& in) override { return 0 * in[0]; }
  void backward(const InTensors&, const Matrix&, const Matrix&, Gradients& grad_in) override {
    grad_in[0] = claim_;
  }

 private:
  Matrix claim_;
};

TEST_F(LayerCheck, NamesTheElementThatIsFurthestOff) {
  Claims claims(Matrix{{0, 0.25, 0}, {-3, 0, 2}});
  Input x(Matrix{{1, 2, 3}, {4, 5, 6}}, true);
  const auto fault = layer_check(claims, {&x}, random);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->row, 1u) << "−3 is furthest from 0, not 0.25, which comes first";
  EXPECT_EQ(fault->column, 0u);
  EXPECT_EQ(fault->backward, -3);
  EXPECT_EQ(fault->differences, 0);
}

TEST_F(LayerCheck, TakesAMissingGradientForAFault) {
  Claims nothing((Matrix())), turned(Matrix{{0}, {0}});
  Input x(Matrix{{1, 2}}, true);
  for (Claims* module : {&nothing, &turned}) {
    const auto fault = layer_check(*module, {&x}, random);
    ASSERT_TRUE(fault.has_value()) << "the input has shape (1, 2), and so has its gradient";
    EXPECT_TRUE(std::isnan(fault->backward));
  }
}

TEST_F(LayerCheck, TakesNaNForAFault) {
  Claims claims(Matrix{{1, NAN, 2}});
  Input x(Matrix{{1, 2, 3}}, true);
  const auto fault = layer_check(claims, {&x}, random);
  ASSERT_TRUE(fault.has_value()) << "every comparison with NaN is false: ask the other way round";
  EXPECT_EQ(fault->column, 1u) << "NaN is further off than any number";
}

TEST_F(LayerCheck, LeavesOutWhatNobodyWants) {
  Mixed second_wrong(1, -1);
  Input given(b.out_tensor);
  EXPECT_EQ(found(second_wrong, {&a, &given}), "no fault")
      << "b wants no gradient here, so it does not matter that it is wrong";
}

TEST_F(LayerCheck, LeavesEverythingAsItWas) {
  Input tenth(Matrix{{0.1, 1.0 / 3}}, true), other(Matrix{{1e-9, 12345.678}}, true);
  const Matrix before = tenth.out_tensor, other_before = other.out_tensor;
  Mixed right;
  layer_check(right, {&tenth, &other}, random);
  EXPECT_EQ(tenth.out_tensor, before) << "0.1 + h − h is not 0.1: write the old number back";
  EXPECT_EQ(other.out_tensor, other_before);
  EXPECT_TRUE(tape().empty());
}

TEST_F(LayerCheck, IsAsGoodForLargeNumbers) {
  Input large(Matrix{{3e6, -5e5}}, true), one(Matrix{{1, 1}});
  Mixed right;
  EXPECT_EQ(found(right, {&large, &one}), "no fault")
      << "h has to grow with x, and so does what two slopes may differ by";
}

TEST_F(LayerCheck, AllowsWhatItIsToldTo) {
  Mixed nearly(1.001, 1);
  EXPECT_NE(found(nearly, {&a, &b}, 1e-4), "no fault") << "0.1% is more than 0.01%";
  EXPECT_EQ(found(nearly, {&a, &b}, 0.1), "no fault");
}

// Uses in backward what forward saw last
class Remembers final : public Module {
 public:
  const char* name() const override { return "Remembers"; }
  Matrix forward(const InTensors& in) override {
    seen_ = in[0];
    return in[0] * in[0] * in[0];
  }
  void backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    grad_in[0] = 3 * grad_out * seen_ * seen_;
  }

 private:
  Matrix seen_;
};

TEST_F(LayerCheck, RunsBackwardBeforeItChangesAnything) {
  Remembers right;
  EXPECT_EQ(found(right, {&a}), "no fault")
      << "a module may keep what forward computed, until the next forward";
}

}  // namespace
}  // namespace gradbook
