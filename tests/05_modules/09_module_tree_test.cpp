#include <gmock/gmock.h>

#include "05_modules/layers.hpp"
#include "05_modules/sequential.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A module of a tree, with a parameter of its own: "scale"
class Branch final : public Module {
 public:
  explicit Branch(Real value) : scale(Matrix{{value}}) {}
  const char* name() const override { return "Branch"; }
  using Module::register_module;
  using Module::register_parameter;
  Parameter scale;
};

std::vector<std::string> names_of(Module& module) {
  std::vector<std::string> names;
  for (const NamedParameter& named : module.named_parameters()) names.push_back(named.name);
  return names;
}

struct Tree : testing::Test {
  Tree() {
    top.register_module("left", left);
    top.register_module("right", right);
    top.register_parameter("scale", top.scale);
    left.register_parameter("scale", left.scale);
    right.register_module("leaf", leaf);
    leaf.register_parameter("scale", leaf.scale);
  }
  Branch top{1}, left{2}, right{3}, leaf{4};
};

TEST_F(Tree, NamesSayTheWay) {
  EXPECT_THAT(names_of(leaf), ElementsAre("scale"));
  EXPECT_THAT(names_of(right), ElementsAre("leaf.scale"));
  EXPECT_THAT(names_of(top), ElementsAre("scale", "left.scale", "right.leaf.scale"))
      << "first its own, then those of its children, in the order in which they were registered";
}

TEST_F(Tree, ListsTheParametersThemselves) {
  const std::vector<Parameter*> parameters = top.parameters();
  EXPECT_THAT(parameters, ElementsAre(&top.scale, &left.scale, &leaf.scale));
}

TEST_F(Tree, ListsASharedParameterOnce) {
  right.register_parameter("tied", left.scale);
  EXPECT_THAT(names_of(top), ElementsAre("scale", "left.scale", "right.leaf.scale"))
      << "right.tied is left.scale: an optimiser that gets it twice takes two steps at once";
  EXPECT_THAT(names_of(right), ElementsAre("tied", "leaf.scale"));
}

TEST_F(Tree, TellsEqualNumbersFromTheSameParameter) {
  Branch twin{2};
  twin.register_parameter("scale", twin.scale);
  top.register_module("twin", twin);
  EXPECT_EQ(top.parameters().size(), 4u) << "twin.scale is 2 as left.scale is, but another";
}

TEST_F(Tree, TrainAndEvalReachAll) {
  top.eval();
  EXPECT_FALSE(top.training());
  EXPECT_FALSE(left.training());
  EXPECT_FALSE(leaf.training()) << "two steps below top";
  right.train();
  EXPECT_TRUE(right.training());
  EXPECT_TRUE(leaf.training());
  EXPECT_FALSE(left.training()) << "right was asked, left is not within it";
  EXPECT_FALSE(top.training()) << "nor is top";
}

TEST(SequentialTree, FindsChildrenInItsVector) {
  Random random(1);
  Sequential model;
  model.add<Linear>(4, 3, random);
  model.add<Sigmoid>();
  model.add<Sequential>().add<Linear>(3, 2, random);
  EXPECT_THAT(names_of(model), ElementsAre("0.weight", "0.bias", "2.0.weight", "2.0.bias"));
  EXPECT_THAT(names_of(model.add<Sigmoid>()), IsEmpty()) << "σ has nothing to learn";
}

// 10 a + amount: the digits tell the order
class Plus final : public Module {
 public:
  explicit Plus(Real amount) : amount_(amount) {}
  const char* name() const override { return "Plus"; }
  Matrix forward(const InTensors& in) override { return in[0] * 10 + amount_; }

 private:
  Real amount_;
};

TEST(SequentialTree, HandsTheOutputOfEachToTheNext) {
  Sequential model;
  model.add<Plus>(1);
  model.add<Plus>(2);
  Plus& last = model.add<Plus>(3);
  Input x(Matrix{{7}});
  Module& out = model(x);
  EXPECT_THAT(listed(out.out_tensor), ElementsAre(7123));
  EXPECT_EQ(&out, &last) << "the last module is the result";
  EXPECT_EQ(tape().size(), 3u);
  tape().clear();
}

TEST(SequentialTree, OfNothingChangesNothing) {
  Sequential empty;
  Input x(Matrix{{7}});
  EXPECT_EQ(&empty(x), &x);
}

}  // namespace
}  // namespace gradbook
