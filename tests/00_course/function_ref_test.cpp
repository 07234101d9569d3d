#include "00_course/function_ref.hpp"

#include <gtest/gtest.h>

namespace gradbook {
namespace {

double twice(function_ref<double(double)> f, double x) { return f(f(x)); }
double half(double x) { return x / 2; }

TEST(FunctionRef, CallsAFunction) { EXPECT_EQ(twice(half, 8), 2); }

TEST(FunctionRef, CallsALambdaWithState) {
  int calls = 0;
  const double result = twice(
      [&](double x) {
        ++calls;
        return x + 1;
      },
      1);
  EXPECT_EQ(result, 3);
  EXPECT_EQ(calls, 2) << "it refers to the lambda, it does not copy it";
}

TEST(FunctionRef, CallsAConstObject) {
  const auto square = [](double x) { return x * x; };
  EXPECT_EQ(twice(square, 3), 81);
}

}  // namespace
}  // namespace gradbook
