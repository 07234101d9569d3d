// Pseudonyms say nothing about whom they stand for.
#include "grading/score/pseudonyms.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace gradbook {
namespace {

using testing::IsEmpty;

TEST(Pseudonyms, AreStableForASeedAndOtherwiseShuffled) {
  std::vector<std::string> students;
  for (int i = 100; i < 400; ++i) students.push_back("student" + std::to_string(i));
  const auto one = pseudonyms(students, 1);
  std::vector<std::string> reversed(students.rbegin(), students.rend());
  EXPECT_EQ(pseudonyms(reversed, 1), one);
  EXPECT_NE(pseudonyms(students, 2), one);

  // All of S001 to S300 are given, and no more neighbours than chance has stand in alphabetical
  // order
  std::set<std::string> given;
  int ascending = 0;
  for (std::size_t i = 0; i < students.size(); ++i) {
    given.insert(one.at(students[i]));
    if (i > 0) ascending += one.at(students[i - 1]) < one.at(students[i]);
  }
  EXPECT_EQ(given.size(), 300u);
  EXPECT_EQ(*given.begin(), "S001");
  EXPECT_EQ(*given.rbegin(), "S300");
  EXPECT_GT(ascending, 110);
  EXPECT_LT(ascending, 190);
}

TEST(Pseudonyms, OfAThousandStudentsHaveFourDigits) {
  std::vector<std::string> students;
  for (int i = 0; i < 1000; ++i) students.push_back(std::to_string(i));
  const auto names = pseudonyms(students, 1);
  EXPECT_TRUE(std::ranges::any_of(names, [](const auto& n) { return n.second == "S1000"; }));
  EXPECT_THAT(pseudonyms({}, 1), IsEmpty());
}

}  // namespace
}  // namespace gradbook
