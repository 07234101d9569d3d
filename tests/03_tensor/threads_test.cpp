// Work that threads share: every part once, and what becomes of errors.
#include "03_tensor/threads.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <vector>

#include "00_course/error.hpp"

namespace gradbook {
namespace {

TEST(ParallelFor, DoesEveryPartOnce) {
  std::vector<int> times(101, 0);
  parallel_for(101, 10, 4, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i) ++times[static_cast<std::size_t>(i)];
  });
  EXPECT_THAT(times, testing::Each(1));
}

TEST(ParallelFor, ThrowsOnWhatWorkThrows) {
  for (const int threads : {1, 2, 4}) {
    EXPECT_THROW(parallel_for(100, 10, threads,
                              [](std::int64_t begin, std::int64_t) {
                                if (begin == 0) throw ShapeError("the first part");
                              }),
                 ShapeError);
    std::atomic<std::int64_t> done = 0;
    parallel_for(100, 10, threads,
                 [&](std::int64_t begin, std::int64_t end) { done += end - begin; });
    EXPECT_EQ(done, 100) << "an error does not stand in the way of the next";
  }
}

TEST(ParallelFor, StaysInItsThreadInsideOfItself) {
  std::atomic<std::int64_t> done = 0;
  parallel_for(4, 1, 4, [&](std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
      parallel_for(10, 1, 4, [&](std::int64_t first, std::int64_t last) { done += last - first; });
  });
  EXPECT_EQ(done, 40);
}

}  // namespace
}  // namespace gradbook
