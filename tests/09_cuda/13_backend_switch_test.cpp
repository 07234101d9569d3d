#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "04_autograd/functions.hpp"
#include "09_cuda/cuda_product.hpp"
#include "support/elements.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

const Array& counted() {
  static const Array a({2, 3}, {1, 2, 3, 4, 5, 6});
  return a;
}

TEST(InRows, PutsATransposedMatrixInOrderOnTheDevice) {
  const OnDevice moved = in_rows(to_device(permute(counted(), {1, 0})));
  EXPECT_THAT(moved.numbers.to_host(), ElementsAre(1, 4, 2, 5, 3, 6));
  EXPECT_TRUE(lies_in_rows(moved.layout)) << "whoever asks where its elements lie is told so";
}

TEST(InRows, LeavesWhatLiesWellWhereItIs) {
  OnDevice x = to_device(counted());
  const float* const before = x.data();
  EXPECT_EQ(in_rows(std::move(x)).data(), before) << "a copy would cost memory and time";
}

TEST(CudaMap, ReadsAndWritesByStrides) {
  Array out({3, 2});
  cuda_map(MapOp::neg, permute(counted(), {1, 0}), out);
  EXPECT_THAT(elements(out), ElementsAre(-1, -4, -2, -5, -3, -6));
  EXPECT_EQ(last_launch().kernel, "strided_map_kernel") << "computed by the device";
  Array wrong({2, 3});
  EXPECT_THROW(cuda_map(MapOp::neg, permute(counted(), {1, 0}), wrong), ShapeError)
      << "six numbers are not yet the same shape";
}

TEST(CudaMap, LaunchesNothingForNothing) {
  Array out({0, 3});
  EXPECT_NO_THROW(cuda_map(MapOp::exp, Array({0, 3}), out)) << "a grid has at least one block";
}

TEST(CudaZip, RepeatsASmallOperandByItsStrides) {
  const Array row({3}, {10, 20, 30});
  Array out({2, 3});
  const std::size_t before = device_traffic().bytes_to_device;
  cuda_zip(ZipOp::sub, row, counted(), out);
  EXPECT_THAT(elements(out), ElementsAre(9, 18, 27, 6, 15, 24));
  EXPECT_EQ(device_traffic().bytes_to_device - before, (3 + 6) * sizeof(float))
      << "the row goes to the device once, and its stride along axis 0 is 0";
}

TEST(CudaReduce, FoldsAnAxisInTheMiddle) {
  const Array a({2, 2, 2}, {1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_THAT(elements(cuda_reduce(ReduceOp::sum, a, {1}, false)), ElementsAre(4, 6, 12, 14))
      << "what is folded must come last, and permute moves no number";
  const Array kept = cuda_reduce(ReduceOp::max_of, a, {0, -1}, true);
  EXPECT_EQ(kept.shape(), (Shape{1, 2, 1})) << "keepdim: folded axes stay with size 1";
  EXPECT_THAT(elements(kept), ElementsAre(6, 8));
}

TEST(CudaReduce, FoldsNothingIntoTheStart) {
  EXPECT_THAT(elements(cuda_reduce(ReduceOp::prod, Array({2, 0}), {1}, false)), ElementsAre(1, 1))
      << "two rows of no numbers";
  EXPECT_EQ(cuda_reduce(ReduceOp::sum, Array({0, 2}), {1}, false).size(), 0)
      << "no row at all: no launch";
}

TEST(CudaMatmul, TakesOneMatrixForAWholeBatch) {
  const Array a({2, 1, 2}, {1, 2, 3, 4}), b({2, 2}, {1, 10, 100, 1000});
  const Array c = cuda_matmul(a, b);
  EXPECT_EQ(c.shape(), (Shape{2, 1, 2}));
  EXPECT_THAT(elements(c), ElementsAre(201, 2010, 403, 4030));
  EXPECT_THROW(cuda_matmul(a, Array::ones({3, 2})), ShapeError);
}

TEST(CudaMatmul, IsAsWideAndAsHighAsItMustBe) {
  const Array c = cuda_matmul(Array::ones({2, 5}), Array::ones({5, 40}));
  EXPECT_EQ(c.shape(), (Shape{2, 40}));
  EXPECT_THAT(elements(c), Each(5)) << "three tiles along the columns, x of the grid; one of rows";
}

TEST(CudaMatmul, BroadcastsABatch) {
  const Array a({2, 1, 1, 1}, {1, 2}), b({3, 1, 1}, {1, 10, 100});
  EXPECT_THAT(elements(cuda_matmul(a, b)), ElementsAre(1, 10, 100, 2, 20, 200))
      << "a repeats each of its two along the inner axis";
}

TEST(CudaMultiply, TakesTransposedMatrices) {
  const Real a[] = {1, 2, 3, 4, 5, 6};  // (3, 2) in rows; as (2, 3) it is transposed
  const Real b[] = {1, 0, 0, 1, 1, 1};
  Real out[4];
  cuda_multiply({a, 2, 3, 1, 2}, {b, 3, 2, 2, 1}, out);
  EXPECT_THAT(out, ElementsAre(6, 8, 8, 10)) << "the product knows rows only";
}

TEST(BackendSwitch, GivesTheSameGradients) {
  const Backend& before = backend();
  use_backend(cuda_backend());
  const Tensor x(Array({2, 2}, {1, 2, 3, 4}), true), w(Array({2, 1}, {1, -1}), true);
  sum(matmul(x, w) * matmul(x, w)).backward();
  use_backend(before);
  EXPECT_THAT(elements(w.grad().value()), ElementsAre(-8, -12)) << "2 xᵀ (x w)";
  EXPECT_THAT(elements(x.grad().value()), ElementsAre(-2, 2, -2, 2));
}

TEST(BackendSwitch, LeavesNothingOnTheDevice) {
  const std::size_t before = device_traffic().pieces_in_use;
  cuda_matmul(Array::ones({3, 4}), Array::ones({4, 3}));
  cuda_reduce(ReduceOp::sum, permute(counted(), {1, 0}), {0}, true);
  EXPECT_EQ(device_traffic().pieces_in_use, before);
}

}  // namespace
}  // namespace gradbook
