#include <gmock/gmock.h>

#include "05_modules/parallel_block.hpp"
#include "05_modules/sequential.hpp"
#include "support/messages.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(Multiply, MultipliesElementByElement) {
  Input a(Matrix{{1, 2}, {3, 4}}, true), b(Matrix{{5, 6}, {7, 0}}, true);
  Multiply multiply;
  EXPECT_THAT(listed(multiply.apply_fwd({&a, &b}).out_tensor), ElementsAre(5, 12, 21, 0));
  multiply.out_gradient = Matrix{{1, 1}, {10, 10}};
  tape_bwd();
  EXPECT_THAT(listed(a.out_gradient), ElementsAre(5, 6, 70, 0)) << "the gradient times b";
  EXPECT_THAT(listed(b.out_gradient), ElementsAre(1, 2, 30, 40)) << "the gradient times a";
}

TEST(Multiply, RefusesShapesThatWouldBroadcast) {
  Input a(Matrix{{1, 2}, {3, 4}}), row(Matrix{{5, 6}}), column(Matrix{{5}, {6}});
  Multiply multiply;
  EXPECT_THROW(multiply.forward(InTensors({&a, &row})), ShapeError);
  EXPECT_THROW(multiply.forward(InTensors({&column, &a})), ShapeError);
  const std::string message = message_of<ShapeError>([&] {
    multiply.forward(InTensors({&row, &column}));
  });
  EXPECT_TRUE(names(message, "Multiply", "(1, 2)", "(2, 1)"))
      << "the message names the module and both shapes, and is: " << message;
}

struct Block : testing::Test {
  Random random{1};
  ParallelBlock block{2, 3, random};
  Input x{Matrix{{1, 10}, {2, -1}}, true};

  Block() {
    block.left.weight.value() = Matrix{{1, 0}, {0, 1}, {1, 1}};
    block.left.bias.value() = Matrix{{0, 0, 1}};
    block.right.weight.value() = Matrix{{2, 0}, {1, 0}, {0, 0}};
    block.right.bias.value() = Matrix{{0, 0, 3}};
  }
};

TEST_F(Block, MultipliesTwoLayersOfTheSameInput) {
  // left: 1, 10, 12 and 2, −1, 2; right: 2, 1, 3 and 4, 2, 3
  EXPECT_THAT(listed(block(x).out_tensor), ElementsAre(2, 10, 36, 8, 0, 6))
      << "−1 · 2 is below 0, and clamped";
  tape().clear();
}

TEST_F(Block, AddsUpWhatComesBackToItsInput) {
  Module& out = block(x);
  out.out_gradient = Matrix{{1, 0, 0}, {0, 1, 1}};
  tape_bwd();
  EXPECT_THAT(listed(x.out_gradient), ElementsAre(4, 0, 3, 3))
      << "2 x² has slope 4 x; the clamped product gives nothing, 3 (x + y + 1) gives 3 to each";
  EXPECT_THAT(listed(block.left.bias.grad()), ElementsAre(2, 0, 3)) << "the values of right";
  EXPECT_THAT(listed(block.right.bias.grad()), ElementsAre(1, 0, 2)) << "the values of left";
}

TEST_F(Block, IsFourModulesOnTheTape) {
  EXPECT_EQ(&block(x), &block.relu) << "the last of them is the result";
  EXPECT_EQ(tape().size(), 4u) << "left, right, multiply, relu";
  tape().clear();
}

TEST(Blocks, StandInASequential) {
  Random random(2);
  Sequential model;
  model.add<ParallelBlock>(3, 4, random);
  model.add<ParallelBlock>(4, 2, random);
  Input x(Matrix{{1, 2, 3}});
  EXPECT_THAT(sizes_of(model(x).out_tensor), ElementsAre(1, 2));
  EXPECT_EQ(tape().size(), 8u);
  EXPECT_EQ(model.named_parameters()[4].name, "1.left.weight");
  tape().clear();
}

}  // namespace
}  // namespace gradbook
