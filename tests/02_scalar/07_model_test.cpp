#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "00_course/random.hpp"
#include "02_scalar/model.hpp"
#include "support/scalars.hpp"

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Pointwise;

namespace gradbook {
namespace {

// w₁ = (1, -2), b₁ = (0.5, 1), w₂ = (3, -1), b₂ = 0.25
void set_values(const Model& model) {
  const double chosen[] = {1, -2, 0.5, 1, 3, -1, 0.25};
  std::vector<Scalar> parameters = model.parameters();
  ASSERT_EQ(parameters.size(), 7u) << "two hidden units have 3 · 2 + 1 parameters";
  for (std::size_t i = 0; i < 7; ++i) parameters[i].set_value(chosen[i]);
}

TEST(Model, HasThreeParametersAUnitAndOneMore) {
  EXPECT_EQ(Model(20).parameters().size(), 61u)
      << "w₁, b₁ and w₂ have one number a unit each; b₂ is one number";
  EXPECT_EQ(Model(1).parameters().size(), 4u);
}

TEST(Model, DrawsItsInitialValuesInTheOrderOfItsParameters) {
  const Model model(2, 5);
  Random random(5);
  std::vector<double> draws;
  for (int i = 0; i < 7; ++i) draws.push_back(Model::kScale * random.normal());
  EXPECT_THAT(values(model.parameters()), Pointwise(DoubleNear(1e-15), draws))
      << "all of w₁, then all of b₁, then all of w₂, then b₂: one draw each, times kScale";
}

TEST(Model, GivesOutTheNumbersThatItComputesWith) {
  const Model model(2);
  set_values(model);
  EXPECT_THAT(values(model.parameters()), ElementsAre(1, -2, 0.5, 1, 3, -1, 0.25))
      << "each parameter is a number of its own, and parameters() gives handles to them, not "
         "copies of their values";
}

TEST(Model, IsTheFormula) {
  const Model model(2);
  set_values(model);
  EXPECT_DOUBLE_EQ(model(0.25).value(), 3 * 0.75 - 0.5 + 0.25)
      << "both units are active: 3 · (0.25 + 0.5) − (−2 · 0.25 + 1) + 0.25";
  EXPECT_DOUBLE_EQ(model(2.0).value(), 3 * 2.5 + 0.25)
      << "the second unit is at −2 · 2 + 1 = −3, and relu makes that 0";
}

TEST(Model, TellsEachParameterItsGradient) {
  const Model model(2);
  set_values(model);
  Scalar x = 2.0;
  model(x).backward();
  EXPECT_THAT(grads(model.parameters()), ElementsAre(6, 0, 3, 0, 2.5, 0, 1))
      << "w₁: w₂ x where the unit is active; b₁: w₂ there; w₂: the unit's output; b₂: 1";
  EXPECT_DOUBLE_EQ(x.grad(), 3)
      << "the input is remembered too: w₂ w₁ summed over the active units";
}

TEST(Model, LetsNotANumberThrough) {
  const Model model(2);
  set_values(model);
  EXPECT_TRUE(std::isnan(model(std::nan("")).value()))
      << "a broken input must not look like a good prediction";
}

}  // namespace
}  // namespace gradbook
