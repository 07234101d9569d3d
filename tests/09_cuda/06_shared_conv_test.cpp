#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "09_cuda/convolution.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(Convolve, WeighsANumberAndItsNeighbours) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3, 4}), w(std::vector<float>{1, 10, 100});
  DeviceBuffer<float> y(4);
  expect_written_once(y.data());
  launch(convolve_kernel, 1, 4)(x.data(), w.data(), y.data(), 4, 3);
  EXPECT_THAT(y.to_host(), ElementsAre(210, 321, 432, 43))
      << "w[0] is for the left neighbour, w[1] for the number itself; outside there are zeros";
}

TEST(Convolve, LooksIntoTheBlocksBeside) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3, 4, 5, 6}), w(std::vector<float>{1, 1, 1});
  DeviceBuffer<float> y(6);
  launch(convolve_kernel, 2, 3)(x.data(), w.data(), y.data(), 6, 3);
  EXPECT_THAT(y.to_host(), ElementsAre(3, 6, 9, 12, 15, 11))
      << "two blocks of three outputs with a filter of three: a block wants five numbers, one more "
         "on each side";
}

TEST(Convolve, NeedsThreadsThatHaveNoOutput) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3}), w(std::vector<float>(17, 1));
  DeviceBuffer<float> y(3);
  launch(convolve_kernel, 1, 64)(x.data(), w.data(), y.data(), 3, 17);
  EXPECT_THAT(y.to_host(), Each(6)) << "64 threads, three outputs: all load, and all wait";
  launch(convolve_kernel, 1, 3)(x.data(), w.data(), y.data(), 3, 17);
  EXPECT_THAT(y.to_host(), Each(6))
      << "three threads load 17 numbers of the filter and 19 of x: each takes several";
}

TEST(Convolve, ReadsEachNumberOnceABlock) {
  const DeviceBuffer<float> x(std::vector<float>(512, 1)), w(std::vector<float>(9, 1));
  DeviceBuffer<float> y(512);
  launch(convolve_kernel, 4, 128)(x.data(), w.data(), y.data(), 512, 9);
  EXPECT_LE(last_launch().counters.global_reads, 4 * (128 + 9) + 3 * 8)
      << "a block reads its 128 numbers, the filter, and four numbers beyond each end that is not "
         "the end of x; one by one they would be 2 · 9 · 512";
}

TEST(Convolve2d, WeighsAllAround) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3, 4, 5, 6}),
      w(std::vector<float>{0, 0, 0, 1, 0, 0, 0, 10, 0});
  DeviceBuffer<float> y(6);
  expect_written_once(y.data());
  launch(convolve_2d_kernel, dim3{1, 1}, dim3{4, 4})(x.data(), w.data(), y.data(), 2, 3, 3);
  EXPECT_THAT(y.to_host(), ElementsAre(40, 51, 62, 0, 4, 5))
      << "the left neighbour, and ten times the one below: a row has three numbers, and what is "
         "left of it is no number of the row above";
}

TEST(Convolve2d, HasCornersToo) {
  const DeviceBuffer<float> x(
      std::vector<float>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}),
      w(std::vector<float>(9, 1));
  DeviceBuffer<float> y(15);
  launch(convolve_2d_kernel, dim3{3, 2}, dim3{2, 2})(x.data(), w.data(), y.data(), 3, 5, 3);
  EXPECT_THAT(y.to_host(), ElementsAre(16, 27, 33, 39, 28, 39, 63, 72, 81, 57, 36, 57, 63, 69, 48))
      << "(3, 5) by blocks of 2 × 2: what a block wants has four sides and four corners";
}

TEST(Convolve2d, ReadsEachNumberOnceABlock) {
  const DeviceBuffer<float> x(std::vector<float>(256, 1)), w(std::vector<float>(25, 1));
  DeviceBuffer<float> y(256);
  launch(convolve_2d_kernel, dim3{2, 2}, dim3{8, 8})(x.data(), w.data(), y.data(), 16, 16, 5);
  EXPECT_LE(last_launch().counters.global_reads, 4 * (10 * 10 + 25))
      << "8 × 8 outputs want 10 × 10 numbers at a corner of x; one by one they would be 2 · 25 · "
         "64 "
         "a block";
}

TEST(Convolve, TreatsWhatIsOutsideAsZero) {
  const DeviceBuffer<float> x(std::vector<float>{1, INFINITY, 2, 3}),
      w(std::vector<float>{0, 1, 0});
  DeviceBuffer<float> y(4);
  launch(convolve_kernel, 2, 2)(x.data(), w.data(), y.data(), 4, 3);
  const std::vector<float> result = y.to_host();
  EXPECT_TRUE(std::isnan(result[0])) << "0 · ∞ is no number, and x[1] is inside";
  EXPECT_EQ(result[3], 3) << "x[4] is not";
}

}  // namespace
}  // namespace gradbook
