#include <gmock/gmock.h>

#include "05_modules/layers.hpp"
#include "support/messages.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

// a b, element by element, and how often each of its steps was asked for
class Product2 final : public Module {
 public:
  const char* name() const override { return "Product2"; }
  Matrix forward(const InTensors& in) override {
    ++forwards;
    return in[0] * in[1];
  }
  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    ++backwards;
    grad_in[0] = grad_out * in[1];
    grad_in[1] = grad_out * in[0];
  }
  int forwards = 0, backwards = 0;
};

TEST(Tape, AppliesAModuleToTheOutputsOfOthers) {
  Parameter a(Matrix{{2, 3}}), b(Matrix{{5, 7}});
  Product2 product;
  EXPECT_EQ(&product.apply_fwd({&a, &b}), &product) << "it returns itself, for the next to use";
  EXPECT_THAT(listed(product.out_tensor), ElementsAre(10, 21));
  EXPECT_THAT(product.in_modules, ElementsAre(&a, &b)) << "backward will need to know them";
  EXPECT_EQ(tape().size(), 1u);
  tape().clear();
}

TEST(Tape, RunsBackFromTheLastModuleToTheFirst) {
  Parameter a(Matrix{{2}}), b(Matrix{{3}}), c(Matrix{{5}});
  Product2 inner, outer;
  outer.apply_fwd({&inner.apply_fwd({&a, &b}), &c});
  outer.out_gradient = Matrix{{1}};
  tape_bwd();
  EXPECT_THAT(listed(c.grad()), ElementsAre(6)) << "(a b) c by c is a b";
  EXPECT_THAT(listed(inner.out_gradient), ElementsAre(5)) << "by a b it is c";
  EXPECT_THAT(listed(a.grad()), ElementsAre(15)) << "by a it is b c";
  EXPECT_TRUE(tape().empty()) << "what has run backward is no longer on the tape";
}

TEST(Tape, AddsUpWhereAnOutputIsUsedTwice) {
  Parameter a(Matrix{{3}});
  Product2 square, fourth;
  fourth.apply_fwd({&square.apply_fwd({&a, &a}), &square});
  backward(fourth);
  EXPECT_THAT(listed(square.out_gradient), ElementsAre(18)) << "both inputs of s s are s: 9 + 9";
  EXPECT_THAT(listed(a.grad()), ElementsAre(4 * 27)) << "a⁴ by a is 4 a³";
}

TEST(Tape, RunsAnythingThatIsAModule) {
  Input x(Matrix{{1, -2}}), target(Matrix{{0.5}});
  Parameter weight(Matrix{{0.25, 0.5}}), bias(Matrix{{0.125}});
  LinearMap linear;
  MSELoss loss;
  loss.apply_fwd({&linear.apply_fwd({&x, &weight, &bias}), &target});
  backward(loss);
  EXPECT_DOUBLE_EQ(loss.out_tensor(0, 0), 1.265625) << "(0.25 − 1 + 0.125 − 0.5)²";
  EXPECT_THAT(listed(weight.grad()), ElementsAre(-2.25, 4.5)) << "2 · (−1.125) · x";
  EXPECT_THAT(listed(bias.grad()), ElementsAre(-2.25));
}

TEST(Tape, GivesNothingToThoseWhoWantNone) {
  Input x(Matrix{{2}});
  Parameter a(Matrix{{3}});
  Product2 of_inputs, top;
  top.apply_fwd({&of_inputs.apply_fwd({&x, &x}), &a});
  EXPECT_FALSE(of_inputs.wants_gradient()) << "there is no parameter below x x";
  EXPECT_TRUE(top.wants_gradient()) << "here there is one";
  backward(top);
  EXPECT_THAT(listed(a.grad()), ElementsAre(4));
  EXPECT_FALSE(of_inputs.has_gradient()) << "it wants none, so it gets none";
  EXPECT_EQ(of_inputs.backwards, 0) << "and its backward would be work for nobody";
}

TEST(Tape, PassesOverWhatTheLossDoesNotDependOn) {
  Parameter a(Matrix{{2}}), b(Matrix{{3}});
  Product2 used, aside;
  used.apply_fwd({&a, &a});
  aside.apply_fwd({&b, &b});
  used.out_gradient = Matrix{{1}};
  tape_bwd();
  EXPECT_THAT(listed(a.grad()), ElementsAre(4));
  EXPECT_FALSE(b.has_gradient());
}

TEST(Tape, StartsEveryPassAnew) {
  Parameter a(Matrix{{2}}), b(Matrix{{3}});
  Product2 product;
  product.apply_fwd({&a, &b});
  backward(product);
  product.apply_fwd({&a, &b});
  EXPECT_FALSE(product.has_gradient()) << "the gradient of the last pass is forgotten";
  backward(product);
  EXPECT_THAT(listed(a.grad()), ElementsAre(6)) << "a parameter's adds up: 3 + 3 until zero_grad";
}

TEST(Tape, RefusesAModuleThatIsOnIt) {
  Parameter a(Matrix{{2}}), b(Matrix{{3}});
  Product2 product;
  product.apply_fwd({&a, &a});
  EXPECT_THROW(product.apply_fwd({&b, &b}), TapeError) << "it keeps one output, of its first use";
  EXPECT_EQ(product.forwards, 1) << "who is refused computes nothing: the first use is intact";
  backward(product);
  EXPECT_THAT(listed(a.grad()), ElementsAre(4));
  EXPECT_NO_THROW(product.apply_fwd({&b, &b})) << "after backward it can be applied again";
  tape().clear();
}

TEST(Tape, WantsForwardBeforeBackward) {
  Parameter a(Matrix{{2}});
  Product2 product;
  EXPECT_THROW(product.apply_bwd(), TapeError) << "it was never applied";
  product.apply_fwd({&a, &a});
  EXPECT_THROW(product.apply_bwd(), TapeError) << "nobody has given it a gradient";
  backward(product);
  EXPECT_THROW(backward(product), TapeError) << "the tape is empty after the first time";
}

// Its backward forgets to transpose
class Crooked final : public Module {
 public:
  const char* name() const override { return "Crooked"; }
  Matrix forward(const InTensors& in) override { return in[0]; }
  void backward(const InTensors&, const Matrix&, const Matrix&, Gradients& grad_in) override {
    grad_in[0] = Matrix{{1}, {2}};
  }
};

TEST(Tape, NamesTheModuleAndTheInputWhereAGradientDoesNotFit) {
  Parameter a(Matrix{{2, 3}});
  Crooked crooked;
  crooked.apply_fwd({&a});
  crooked.out_gradient = Matrix{{1, 1}};
  const std::string message = message_of<ShapeError>([] { tape_bwd(); });
  EXPECT_TRUE(names(message, "Crooked", "0", "(1, 2)", "(2, 1)"))
      << "a gradient has the shape of what it is the gradient of; the message is: " << message;
}

TEST(Tape, KeepsNothingUnderANoTape) {
  Parameter a(Matrix{{2}});
  Product2 product;
  const NoTape quiet;
  EXPECT_THAT(listed(product.apply_fwd({&a, &a}).out_tensor), ElementsAre(4));
  EXPECT_TRUE(tape().empty());
}

}  // namespace
}  // namespace gradbook
