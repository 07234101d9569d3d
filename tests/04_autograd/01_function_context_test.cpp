#include <gtest/gtest.h>

#include "03_tensor/loops.hpp"
#include "04_autograd/functions.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;

// b = a², which keeps its input and its result
Array square_forward(Context& context, Inputs in) {
  context.save(in[0]);
  const Array squares = map([](Real x) { return x * x; }, in[0].value());
  return context.save_output(squares);
}

std::vector<Tensor> square_backward(const Context& context, const Tensor& grad) {
  return {2 * grad * context.saved(0)};
}

const Function kSquare = {"square", square_forward, square_backward};

TEST(FunctionContext, ComputesTheValue) {
  const Tensor plain = apply(kSquare, {Tensor({3}, {1, 2, 3})});
  EXPECT_THAT(plain.value(), is_array({3}, {1, 4, 9}));
  EXPECT_FALSE(plain.requires_grad()) << "no input requires a gradient, so nothing is remembered";
}

TEST(FunctionContext, RemembersWhereAnInputRequiresAGradient) {
  const Tensor x({3}, {1, 2, 3}, true);
  const Tensor y = apply(kSquare, {x});
  ASSERT_TRUE(y.requires_grad());
  EXPECT_STREQ(y.variable()->function->name, "square");
  EXPECT_EQ(y.variable()->inputs[0], x.variable());
  EXPECT_TRUE(apply(functions::mul, {2, x}).requires_grad())
      << "one input that requires a gradient is enough, wherever it stands";
}

TEST(FunctionContext, RemembersNothingWhileGradientsAreDisabled) {
  const Tensor x({3}, {1, 2, 3}, true);
  enable_grad(false);
  const Tensor y = apply(kSquare, {x});
  enable_grad(true);
  EXPECT_FALSE(y.requires_grad());
}

TEST(FunctionContext, SavesNothingThatNobodyWillAskFor) {
  const Tensor x({3}, {1, 2, 3});
  Context context(kSquare, Inputs(&x, 1), {}, false);
  const Array result = kSquare.forward(context, Inputs(&x, 1));
  EXPECT_THAT(result, is_array({3}, {1, 4, 9}))
      << "what comes back is what was given, recording or not";
  EXPECT_EQ(context.saved_count(), 0) << "what is saved stays in memory until backward: save only "
                                         "where somebody will ask";
}

TEST(FunctionContext, HandsOutWhatWasSaved) {
  const Tensor x({3}, {1, 2, 3}, true);
  const Tensor y = apply(kSquare, {x});
  const Context& context = y.variable()->context;
  ASSERT_EQ(context.saved_count(), 2);
  EXPECT_THAT(context.saved(0).value(), is_array({3}, {1, 2, 3}));
  EXPECT_THAT(context.saved(1).value(), is_array({3}, {1, 4, 9}));
  EXPECT_EQ(context.saved(0).variable(), x.variable())
      << "an input comes back with its history, or a gradient could not be differentiated";
  EXPECT_EQ(context.saved(1).variable(), y.variable())
      << "and so does the result, though record made its history after it was saved";
  EXPECT_THROW(context.saved(2), RangeError);
  EXPECT_THROW(context.saved(-1), RangeError);
}

TEST(FunctionContext, LetsAResultGoThatSavedItself) {
  const std::int64_t before = live_variables();
  {
    const Tensor x({3}, {1, 2, 3}, true);
    const Tensor y = apply(kSquare, {x});
  }
  EXPECT_EQ(live_variables(), before)
      << "a result whose context holds a handle of it would never go: each keeps the other";
}

TEST(FunctionContext, NoticesThatASavedTensorWasOverwritten) {
  Array a({3}, {1, 2, 3});
  a(0) = 5;  // before it is saved: nothing is wrong with that
  const Tensor y = apply(kSquare, {Tensor(a, true)});
  EXPECT_THAT(y.variable()->context.saved(0).value(), is_array({3}, {5, 2, 3}));
  a(1) = 7;
  try {
    y.variable()->context.saved(0);
    FAIL() << "the gradient would be that of other numbers";
  } catch (const GradientError& error) {
    EXPECT_THAT(error.what(), HasSubstr("square")) << "say whose saved tensor it was";
    EXPECT_THAT(error.what(), HasSubstr("(3)")) << "and of which shape";
  }
  EXPECT_NO_THROW(y.variable()->context.saved(1)) << "the result was not overwritten";
}

TEST(FunctionContext, NoticesThatASavedResultWasOverwritten) {
  const Tensor y = apply(kSquare, {Tensor({3}, {1, 2, 3}, true)});
  Array result = y.value();  // another handle of the same numbers
  result(0) = 7;
  EXPECT_THROW(y.variable()->context.saved(1), GradientError)
      << "save_output notes the version as well";
}

TEST(FunctionContext, PassesAttributesOn) {
  const Tensor x({2, 3}, {1, 2, 3, 4, 5, 6}, true);
  const Tensor y = apply(functions::sum, {x}, {.axes = {1}, .keepdim = true});
  EXPECT_THAT(y.value(), is_array({2, 1}, {6, 15}));
  EXPECT_TRUE(y.variable()->context.attributes().keepdim);
}

}  // namespace
}  // namespace gradbook
