// The given code of modules and their tape: what it refuses, and what it forgets.
#include "05_modules/module.hpp"

#include <gmock/gmock.h>

#include <memory>

#include "05_modules/sequential.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

// Hands on what it gets
class Pass final : public Module {
 public:
  const char* name() const override { return "Pass"; }
  Matrix forward(const InTensors& in) override { return in[0]; }
  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    for (std::size_t i = 0; i < in.size(); ++i) grad_in[i] = grad_out;
  }
  using Module::register_module;
  using Module::register_parameter;
};

TEST(ModuleNames, AreThereOnceAndHaveNoDots) {
  Pass pass, child;
  Parameter a(Matrix{{1}});
  pass.register_parameter("a", a);
  EXPECT_TRUE(
      names(message_of<ModuleError>([&] { pass.register_module("a", child); }), "Pass", "\"a\""));
  EXPECT_THROW(pass.register_parameter("a", a), ModuleError);
  EXPECT_THROW(pass.register_parameter("a.b", a), ModuleError);
  EXPECT_THROW(pass.register_module("", child), ModuleError);
  EXPECT_THROW(pass.register_module("itself", pass), ModuleError);
}

TEST(ModuleSteps, AreRefusedWhereThereAreNone) {
  Sequential model;
  const std::vector<Module*> none;
  EXPECT_TRUE(
      names(message_of<ModuleError>([&] { model.forward(InTensors(none)); }), "Sequential"));
  Gradients grads(none);
  EXPECT_THROW(model.backward(InTensors(none), Matrix(), Matrix(), grads), ModuleError);
}

TEST(ModuleSteps, HaveAtMostEightInputs) {
  Parameter a(Matrix{{1}});
  Pass pass;
  pass.apply_fwd({&a, &a, &a, &a, &a, &a, &a, &a, &a});
  EXPECT_TRUE(names(message_of<ModuleError>([&] { backward(pass); }), "8", "9"));
}

TEST(Backward, StartsAtASingleNumberOnTheTape) {
  Parameter row(Matrix{{1, 2}}), one(Matrix{{1}});
  Pass wide, loss;
  wide.apply_fwd({&row});
  EXPECT_TRUE(names(message_of<ShapeError>([&] { backward(wide); }), "Pass", "(1, 2)"));
  EXPECT_TRUE(names(message_of<TapeError>([&] { backward(loss); }), "Pass", "not on the tape"));
  {
    const NoTape quiet;
    loss.apply_fwd({&one});
  }
  EXPECT_THROW(backward(loss), TapeError) << "something is on the tape, but not this";
  tape().clear();
}

TEST(ModuleTape, ForgetsWhatCannotBeRunAnyMore) {
  Parameter a(Matrix{{1}});
  Pass second;
  {
    Pass first;
    second.apply_fwd({&first.apply_fwd({&a})});
    EXPECT_EQ(tape().size(), 2u);
  }
  EXPECT_TRUE(tape().empty()) << "a module on it is gone";
  {
    Input x(Matrix{{1}});
    second.apply_fwd({&x});
  }
  EXPECT_TRUE(tape().empty()) << "an input of a module on it is gone";
  second.apply_fwd({&a});
  { const Input another(Matrix{{1}}); }
  EXPECT_EQ(tape().size(), 1u) << "nobody reads this one";
  tape().clear();
}

TEST(ModuleTape, IsOffUntilTheLastNoTapeIsGone) {
  Parameter a(Matrix{{1}});
  Pass pass;
  auto outer = std::make_unique<NoTape>();
  { const NoTape inner; }
  pass.apply_fwd({&a});
  EXPECT_TRUE(tape().empty());
  outer.reset();
  pass.apply_fwd({&a});
  EXPECT_EQ(tape().size(), 1u);
  tape().clear();
}

TEST(ModuleTape, HasNothingToPopAtFirst) { EXPECT_THROW(tape().pop(), TapeError); }

}  // namespace
}  // namespace gradbook
