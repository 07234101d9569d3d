#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "09_cuda/strided.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;

TEST(OffsetOf, WalksThroughRowsWhereNothingWasMoved) {
  const StridedLayout rows{2, {2, 3}, {3, 1}};
  for (int position = 0; position < 6; ++position)
    EXPECT_EQ(offset_of(position, rows), position) << "in row-major order memory is met in order";
}

TEST(OffsetOf, FollowsTheStridesOfATransposedMatrix) {
  const StridedLayout columns{2, {3, 2}, {1, 3}};
  EXPECT_EQ(offset_of(1, columns), 3) << "position 1 of (3, 2) is element (0, 1)";
  EXPECT_EQ(offset_of(2, columns), 1) << "position 2 is element (1, 0)";
  EXPECT_EQ(offset_of(5, columns), 5);
}

TEST(OffsetOf, StaysWhereAStrideIsZeroAndGoesBackWhereItIsNegative) {
  const StridedLayout repeated{2, {3, 4}, {0, 1}};
  EXPECT_EQ(offset_of(9, repeated), 1) << "element (2, 1): every row is the first one";
  const StridedLayout backwards{1, {4}, {-1}};
  EXPECT_EQ(offset_of(3, backwards), -3) << "the last element lies before the first";
  EXPECT_EQ(offset_of(0, StridedLayout{}), 0) << "without axes there is one element";
}

TEST(StridedMap, ReadsATransposedMatrixAndWritesRows) {
  const DeviceBuffer<float> x(std::vector<float>{1, 2, 3, 4, 5, 6});
  DeviceBuffer<float> y(6);
  expect_written_once(y.data());
  launch(strided_map_kernel, 1, 32)(MapOp::neg, x.data(), StridedLayout{2, {3, 2}, {1, 3}},
                                    y.data());
  EXPECT_THAT(y.to_host(), ElementsAre(-1, -4, -2, -5, -3, -6))
      << "the result has no gaps: only x is looked at by strides";
}

TEST(StridedMap, HasFewerThreadsThanElements) {
  const DeviceBuffer<float> x(std::vector<float>{1, 4, 9, 16, 25});
  DeviceBuffer<float> y(5);
  expect_written_once(y.data());
  launch(strided_map_kernel, 2, 1)(MapOp::sqrt, x.data(), StridedLayout{1, {5}, {1}}, y.data());
  EXPECT_THAT(y.to_host(), ElementsAre(1, 2, 3, 4, 5)) << "two threads take every second element";
}

TEST(StridedMap, KnowsWhereTheArrayEnds) {
  const DeviceBuffer<float> x(std::vector<float>{7});
  DeviceBuffer<float> y(1);
  launch(strided_map_kernel, 1, 32)(MapOp::copy, x.data(), StridedLayout{}, y.data());
  EXPECT_THAT(y.to_host(), ElementsAre(7)) << "one element at rank 0, and 31 threads too many";
  launch(strided_map_kernel, 1, 32)(MapOp::copy, nullptr, StridedLayout{2, {3, 0}, {1, 1}},
                                    nullptr);
  EXPECT_EQ(last_launch().counters.global_reads, 0) << "(3, 0) has no elements at all";
}

TEST(StridedZip, AddsARowToEveryRow) {
  const DeviceBuffer<float> a(std::vector<float>{1, 2, 3, 4, 5, 6}),
      b(std::vector<float>{10, 20, 30});
  DeviceBuffer<float> c(6);
  expect_written_once(c.data());
  launch(strided_zip_kernel, 1, 4)(ZipOp::add, a.data(), StridedLayout{2, {2, 3}, {3, 1}}, b.data(),
                                   StridedLayout{2, {2, 3}, {0, 1}}, c.data());
  EXPECT_THAT(c.to_host(), ElementsAre(11, 22, 33, 14, 25, 36))
      << "b repeats along axis 0: its stride there is 0, and nothing was copied";
}

TEST(StridedZip, SubtractsEachFromEach) {
  const DeviceBuffer<float> a(std::vector<float>{10, 20}), b(std::vector<float>{1, 2, 3});
  DeviceBuffer<float> c(6);
  expect_written_once(c.data());
  launch(strided_zip_kernel, 2, 32)(ZipOp::sub, a.data(), StridedLayout{2, {2, 3}, {1, 0}},
                                    b.data(), StridedLayout{2, {2, 3}, {0, 1}}, c.data());
  EXPECT_THAT(c.to_host(), ElementsAre(9, 8, 7, 19, 18, 17))
      << "a column and a row are read by layouts of their own, and a comes first";
}

TEST(StridedMap, TouchesNeighboursTogether) {
  const DeviceBuffer<float> x(std::vector<float>(1024, 1));
  DeviceBuffer<float> y(1024);
  count_warps(true);
  launch(strided_map_kernel, 2, 128)(MapOp::neg, x.data(), StridedLayout{2, {32, 32}, {32, 1}},
                                     y.data());
  EXPECT_EQ(last_launch().counters.global_sectors, 2 * 1024 * 4 / 32)
      << "where x is contiguous, a warp reads 4 sectors of 32 bytes and writes 4";
}

}  // namespace
}  // namespace gradbook
