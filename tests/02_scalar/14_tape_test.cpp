#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "02_scalar/scalar.hpp"
#include "02_scalar/tape.hpp"

using ::testing::ElementsAre;

namespace gradbook {
namespace {

TEST(Tape, RecordsPartialsAndInputs) {
  Tape tape;
  Taped x = tape.variable(3.0), y = tape.variable(5.0);
  Taped product = x * y;
  EXPECT_EQ(x.entry(), 1u) << "entry 0 is that of the constants, so the first variable is entry 1";
  ASSERT_EQ(product.entry(), 3u) << "record returns the place of the entry that it made";
  EXPECT_THAT(tape.entries()[3].partials, ElementsAre(5.0, 3.0))
      << "d(xy)/dx = y stands first, d(xy)/dy = x second";
  EXPECT_THAT(tape.entries()[3].inputs, ElementsAre(1u, 2u)) << "x is entry 1, y is entry 2";
}

TEST(Tape, PassesGradientsBack) {
  Tape tape;
  Taped x = tape.variable(3.0), y = tape.variable(5.0);
  tape.backward((x - y) * x);
  EXPECT_EQ(tape.grad(x), 1.0) << "x² - xy has the slope 2x - y by x: both uses of x send a share";
  EXPECT_EQ(tape.grad(y), -3.0) << "and -x by y";
}

TEST(Tape, AddsUpTheSharesOfEveryUse) {
  Tape tape;
  Taped x = tape.variable(3.0);
  Taped doubled = x + x;
  tape.backward(doubled + doubled);
  EXPECT_EQ(tape.grad(doubled), 2.0);
  EXPECT_EQ(tape.grad(x), 4.0) << "an entry may have one input twice: add twice";
}

TEST(Tape, StartsEveryPassAfresh) {
  Tape tape;
  Taped x = tape.variable(3.0);
  Taped y = x * x;
  tape.backward(y);
  tape.backward(y);
  EXPECT_EQ(tape.grad(x), 6.0) << "a pass does not add to the last one: set all grads to 0 first";
  tape.backward(y, -0.5);
  EXPECT_EQ(tape.grad(x), -3.0) << "every grad is multiplied by the seed";
}

TEST(Tape, GivesConstantsNoGradient) {
  Tape tape;
  Taped x = tape.variable(3.0), constant = 4.0;
  tape.backward(constant * x);
  EXPECT_EQ(tape.grad(x), 4.0);
  EXPECT_EQ(tape.grad(constant), 0.0)
      << "all constants share entry 0: what they were sent must not stay there";
}

TEST(Tape, PassesNothingOnFromWhatTheResultDoesNotNeed) {
  Tape tape;
  Taped x = tape.variable(0.0);
  Taped unused = log(x);  // has an infinite slope
  tape.backward(x * 2.0);
  EXPECT_EQ(tape.grad(x), 2.0)
      << "log(x) is not part of 2x: 0 times its infinite slope would be NaN";
  EXPECT_EQ(tape.grad(unused), 0.0);
  tape.backward(x * 2.0, std::nan(""));
  EXPECT_TRUE(std::isnan(tape.grad(x))) << "a NaN on the way is passed on, or nobody would see it";
}

TEST(Tape, StartsAgainOnceCleared) {
  Tape tape;
  Taped x = tape.variable(3.0);
  tape.backward(x * x);
  tape.clear();
  ASSERT_EQ(tape.entries().size(), 1u) << "the entry of the constants stays";
  Taped fresh = tape.variable(5.0);
  EXPECT_EQ(fresh.entry(), 1u);
  EXPECT_EQ(tape.grad(fresh), 0.0)
      << "a new number must not show the grad of an old one in its place";
}

TEST(Tape, KeepsItsMemoryWhenCleared) {
  Tape tape;
  const auto record_and_go_back = [&] {
    Taped sum = tape.variable(1.0);
    for (int i = 0; i < 1000; ++i) sum = sum * 0.5;
    tape.backward(sum);
  };
  record_and_go_back();
  const std::size_t room = tape.capacity();
  const Tape::Entry* arena = tape.entries().data();
  tape.clear();
  EXPECT_EQ(tape.capacity(), room) << "clear forgets the entries and keeps the memory they were in";
  record_and_go_back();
  EXPECT_EQ(tape.entries().data(), arena) << "the second recording goes where the first one was";
}

TEST(Tape, AgreesWithBackwardOnTheLecturesFunction) {
  const auto lecture = [](const auto& x, const auto& y) {
    return log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  };
  Scalar x{2.0, "x"}, y{3.0, "y"};
  lecture(x, y).backward();

  Tape tape;
  Taped taped_x = tape.variable(2.0), taped_y = tape.variable(3.0);
  tape.backward(lecture(taped_x, taped_y));
  EXPECT_DOUBLE_EQ(tape.grad(taped_x), x.grad());
  EXPECT_DOUBLE_EQ(tape.grad(taped_y), y.grad());
}

}  // namespace
}  // namespace gradbook
