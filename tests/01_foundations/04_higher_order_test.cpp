#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "01_foundations/lists.hpp"

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

namespace gradbook {
namespace {

double subtract(double a, double b) { return a - b; }

TEST(Map, AppliesAFunctionToEachElement) {
  const std::vector<double> list = {3, -1, 2};
  EXPECT_THAT(map([](double x) { return 10 * x; }, list), ElementsAre(30, -10, 20))
      << "one result for each element: std::vector<double> result(n) already holds n zeros, "
         "and push_back comes after them";
}

TEST(Map, OfAnEmptyListIsEmpty) {
  EXPECT_THAT(map([](double x) { return x + 1; }, {}), IsEmpty())
      << "no element, no call, no result";
}

TEST(Map, CallsTheFunctionOnceForEachElement) {
  int calls = 0;
  const std::vector<double> list = {3, -1, 2};
  map([&](double x) { return ++calls * x; }, list);
  EXPECT_EQ(calls, 3) << "a call may be slow, or count: three elements, three calls";
}

TEST(ZipWith, PairsTwoLists) {
  const std::vector<double> a = {3, -1, 2}, b = {1, 5, 2};
  EXPECT_THAT(zip_with(subtract, a, b), ElementsAre(2, -6, 0)) << "f(a[i], b[i]), in this order";
}

TEST(ZipWith, RefusesUnequalLengthsAndNamesBoth) {
  const std::vector<double> three = {1, 2, 3}, four = {1, 2, 3, 4};
  EXPECT_THROW(zip_with(subtract, three, four), ShapeError) << "do not stop at the shorter list";
  EXPECT_THROW(zip_with(subtract, four, three), ShapeError) << "whichever list is longer";
  try {
    zip_with(subtract, three, four);
  } catch (const ShapeError& error) {
    EXPECT_THAT(error.what(), HasSubstr("3"))
        << "name both lengths: whoever reads it wants to know";
    EXPECT_THAT(error.what(), HasSubstr("4"))
        << "name both lengths: whoever reads it wants to know";
  }
}

TEST(Reduce, GathersFromLeftToRight) {
  const std::vector<double> list = {1, 2, 3};
  EXPECT_EQ(reduce(subtract, 10, list), 4)
      << "((10 - 1) - 2) - 3: what was gathered is the first argument";
}

TEST(Reduce, OfAnEmptyListIsTheStart) {
  EXPECT_EQ(reduce(subtract, 10, {}), 10) << "nothing comes to what it began with";
}

TEST(Lists, AddAndNegateElementByElement) {
  const std::vector<double> a = {3, -1}, b = {1, 5};
  EXPECT_THAT(neg_list(a), ElementsAre(-3, 1)) << "map with neg";
  EXPECT_THAT(add_lists(a, b), ElementsAre(4, 4)) << "zip_with with add";
  EXPECT_THAT(add_lists(a, a), ElementsAre(6, -2)) << "a list may be added to itself";
}

TEST(Lists, SumAndMultiply) {
  const std::vector<double> list = {3, -1, 2.5};
  EXPECT_EQ(sum(list), 4.5) << "reduce with add, from 0";
  EXPECT_EQ(prod(list), -7.5) << "reduce with mul, from 1";
  EXPECT_EQ(sum({}), 0) << "0 is what a sum begins with";
  EXPECT_EQ(prod({}), 1)
      << "1 is what a product begins with: the product of no numbers changes nothing";
}

}  // namespace
}  // namespace gradbook
