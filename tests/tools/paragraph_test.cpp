// Text that fits the terminal.
#include "student/paragraph.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(Paragraph, BreaksAtSpacesOnly) {
  EXPECT_THAT(wrapped("one two  three", 7), ElementsAre("one two", "three"));
  EXPECT_THAT(wrapped("a-word-that-is-long b", 5), ElementsAre("a-word-that-is-long", "b"));
}

TEST(Paragraph, CountsCharactersNotBytes) {
  EXPECT_EQ(width_of("∂f/∂x"), 5u);
  EXPECT_EQ(shortened("∂∂∂∂∂∂", 4), "∂∂∂…");
  EXPECT_EQ(shortened("four", 4), "four");
}

TEST(Paragraph, LongLinesGoOnFurtherIn) {
  EXPECT_EQ(fitted("short  line\n  a line that is long\n", 14),
            "short  line\n  a line\n    that is\n    long\n");
}

}  // namespace
}  // namespace gradbook
