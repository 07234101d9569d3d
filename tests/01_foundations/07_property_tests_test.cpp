#include <gtest/gtest.h>

#include <cmath>

#include "01_foundations/property_tests.hpp"

namespace gradbook {
namespace {

// A right set
Operators right() {
  return {.add = [](double a, double b) { return a + b; },
          .mul = [](double a, double b) { return a * b; },
          .neg = [](double a) { return -a; },
          .inv = [](double a) { return 1 / a; },
          .lt = [](double a, double b) { return a < b; },
          .eq = [](double a, double b) { return a == b; },
          .max = [](double a, double b) { return a > b ? a : b; },
          .relu = [](double a) { return a > 0 ? a : 0; },
          .exp = [](double a) { return std::exp(a); },
          .log = [](double a) { return std::log(a); },
          .sigmoid = [](double a) { return 1 / (1 + std::exp(-a)); }};
}

// Whether your tests let the set pass, from a state of the generator that is the same every time
bool passes(const Operators& operators) {
  Random random(2024);
  return satisfies_properties(operators, random);
}

TEST(PropertyTests, LetARightSetPass) {
  EXPECT_TRUE(passes(right())) << "nothing is wrong with this set: which of your laws is no law, "
                                  "or asks for more than the header promises?";
}

TEST(PropertyTests, LetRoundingPass) {
  Operators other = right();
  other.add = [](double a, double b) { return 3 * (a / 3 + b / 3); };
  other.inv = [](double a) { return std::copysign(std::exp(-std::log(std::fabs(a))), a); };
  other.max = [](double a, double b) { return (a + b + std::fabs(a - b)) / 2; };
  other.exp = [](double a) { return std::exp(a / 2) * std::exp(a / 2); };
  other.sigmoid = [](double a) { return (1 + std::tanh(a / 2)) / 2; };
  EXPECT_TRUE(passes(other))
      << "these formulas are right, and round differently: compare with is_close, not with ==";
}

TEST(PropertyTests, CatchOperatorsThatAreWrongBelowZero) {
  Operators wrong = right();
  wrong.mul = [](double a, double b) { return std::fabs(a * b); };
  EXPECT_FALSE(passes(wrong)) << "here -2 · 3 is 6, and a · b = b · a holds all the same:"
                              << " try a(b + c) = ab + ac with negative numbers";
  wrong = right();
  wrong.inv = [](double a) { return 1 / std::fabs(a); };
  EXPECT_FALSE(passes(wrong)) << "here 1/(-2) is 1/2: do you try inv on negative numbers?";
  wrong = right();
  wrong.relu = [](double a) { return a > 0 ? a : a / 10; };
  EXPECT_FALSE(passes(wrong)) << "here relu(-2) is -0.2: what should relu be, put in terms of max?";
}

TEST(PropertyTests, CatchOperatorsThatAreWrongForEqualNumbers) {
  Operators wrong = right();
  wrong.lt = [](double a, double b) { return a <= b; };
  EXPECT_FALSE(passes(wrong)) << "here 2 < 2: two random numbers are never equal, so try lt(a, a)";
}

TEST(PropertyTests, CatchAnEqualityThatContradictsTheOrder) {
  Operators wrong = right();
  wrong.eq = [](double a, double b) { return a == b || std::fabs(a - b) > 10; };
  EXPECT_FALSE(passes(wrong))
      << "here -6 = 6, and -6 < 6: of a < b, a = b and b < a, how many can be true?";
}

TEST(PropertyTests, CatchAnOrderTurnedRound) {
  Operators wrong = right();
  wrong.lt = [](double a, double b) { return a > b; };
  wrong.max = [](double a, double b) { return a < b ? a : b; };
  wrong.relu = [](double a) { return a < 0 ? a : 0; };
  EXPECT_FALSE(passes(wrong)) << "all operators of this set agree that larger is smaller: "
                                 "which two numbers do you know the order of?";
}

TEST(PropertyTests, CatchWhatIsRarelyWrong) {
  Operators wrong = right();
  wrong.neg = [](double a) { return a > 6 && a < 6.1 ? -a - 0.01 : -a; };
  EXPECT_FALSE(passes(wrong)) << "one number in 200 is negated wrongly: try some thousand";
}

TEST(PropertyTests, CatchAnotherBase) {
  Operators wrong = right();
  wrong.exp = [](double a) { return std::exp2(a); };
  wrong.log = [](double a) { return std::log2(a); };
  wrong.sigmoid = [](double a) { return 1 / (1 + std::exp2(-a)); };
  EXPECT_FALSE(passes(wrong))
      << "powers of 2 obey all laws that powers of e obey: test one known value";
}

TEST(PropertyTests, CatchASigmoidThatIsTooSteep) {
  Operators wrong = right();
  wrong.sigmoid = [](double a) { return 1 / (1 + std::exp(-2 * a)); };
  EXPECT_FALSE(passes(wrong))
      << "it rises from 0 to 1 through 1/2, and sigmoid(-a) is 1 - sigmoid(a), "
         "yet it is another function: tie it to exp";
}

}  // namespace
}  // namespace gradbook
