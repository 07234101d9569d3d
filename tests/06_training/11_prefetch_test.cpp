#include "06_training/prefetch.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <string>

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Examples numbered(std::size_t i) { return {Matrix({1, 1}, static_cast<Real>(i)), {Label(i)}}; }

std::vector<Label> all_of(Prefetcher& prefetcher) {
  std::vector<Label> labels;
  while (const auto examples = prefetcher.next()) labels.push_back(examples->labels.at(0));
  return labels;
}

// Gives the other thread time to do what it should not
void wait_a_while() { std::this_thread::sleep_for(std::chrono::milliseconds(30)); }

TEST(Prefetch, HandsOutEverythingInOrder) {
  Prefetcher three(3, 1, numbered), five(5, 2, numbered), nothing(0, 4, numbered);
  EXPECT_THAT(all_of(three), ElementsAre(0, 1, 2));
  EXPECT_THAT(all_of(five), ElementsAre(0, 1, 2, 3, 4)) << "two ahead, and the first in first out";
  EXPECT_THAT(all_of(nothing), IsEmpty());
  EXPECT_FALSE(three.next().has_value()) << "after the last there is nothing, however often asked";
}

TEST(Prefetch, LoadsAheadButNeverMoreThanItMay) {
  std::atomic<std::size_t> begun = 0;
  Prefetcher prefetcher(9, 3, [&](std::size_t i) {
    ++begun;
    return numbered(i);
  });
  while (begun < 3) std::this_thread::yield();  // without being asked, or this waits for ever
  wait_a_while();
  EXPECT_EQ(begun, 3u) << "three are ready or being loaded: that is as many as there may be";
  prefetcher.next();
  while (begun < 4) std::this_thread::yield();
  wait_a_while();
  EXPECT_EQ(begun, 4u) << "one was taken, so that there is room for one";
}

TEST(Prefetch, StopsInTheMiddle) {
  std::atomic<std::size_t> begun = 0;
  {
    Prefetcher prefetcher(1000, 2, [&](std::size_t i) {
      ++begun;
      return numbered(i);
    });
    prefetcher.next();
  }
  const std::size_t at_the_end = begun;
  EXPECT_LE(at_the_end, 3u) << "who wants no more is not kept waiting for the rest";
  wait_a_while();
  EXPECT_EQ(begun, at_the_end) << "the thread has ended with the object";
  { const Prefetcher unused(5, 1, numbered); }
}

TEST(Prefetch, ThrowsInNextWhatLoadThrew) {
  Prefetcher prefetcher(5, 3, [](std::size_t i) {
    if (i == 2) throw RangeError("no file ", i);
    return numbered(i);
  });
  EXPECT_EQ(prefetcher.next()->labels.at(0), 0) << "what was loaded before comes first";
  wait_a_while();
  EXPECT_EQ(prefetcher.next()->labels.at(0), 1);
  EXPECT_THROW(prefetcher.next(), RangeError) << "in the thread that asked, in its place";
  EXPECT_FALSE(prefetcher.next().has_value()) << "and then there is no more";
}

TEST(Prefetch, LoadsWhileSomebodyComputes) {
  std::atomic<bool> go = false;
  Prefetcher prefetcher(2, 2, [&](std::size_t i) {
    while (i == 1 && !go) std::this_thread::yield();
    return numbered(i);
  });
  EXPECT_EQ(prefetcher.next()->labels.at(0), 0)
      << "number 1 is being loaded all the time, and must not lock others out meanwhile";
  go = true;
  EXPECT_EQ(prefetcher.next()->labels.at(0), 1);
}

}  // namespace
}  // namespace gradbook
