// The kernels of kernels/examples, emulated, beside loops of the host.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernels/device.hpp"
#include "kernels/examples/matmul_tiled.hpp"
#include "kernels/examples/reduce_block.hpp"
#include "kernels/examples/transpose.hpp"
#include "kernels/examples/vector_add.hpp"

namespace gradbook {
namespace {

using testing::ElementsAreArray;
using testing::FloatEq;
using testing::Pointwise;

unsigned parts(int all, int part) { return static_cast<unsigned>((all + part - 1) / part); }

// Small whole numbers, whose sums a float holds exactly in any order
std::vector<float> numbers(int n, unsigned seed) {
  std::vector<float> all(static_cast<std::size_t>(n));
  for (float& number : all) {
    seed = seed * 1664525u + 1013904223u;
    number = static_cast<float>(seed >> 24) - 128;
  }
  return all;
}

class Sizes : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Examples, Sizes, testing::Values(1, 31, 32, 33, 257, 1000));

TEST_P(Sizes, VectorAddAddsEveryElement) {
  const int n = GetParam();
  const std::vector<float> a = numbers(n, 1), b = numbers(n, 2);
  DeviceBuffer<float> on_a(a), on_b(b), sum(a.size());
  launch(vector_add, {parts(n, 128)}, {128})(on_a.data(), on_b.data(), sum.data(), n);
  std::vector<float> expected(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) expected[i] = a[i] + b[i];
  EXPECT_THAT(sum.to_host(), ElementsAreArray(expected));
  EXPECT_EQ(last_launch().counters.global_reads, 2 * n);
  EXPECT_EQ(last_launch().counters.global_writes, n);
}

TEST_P(Sizes, ReduceBlockAddsWhatEachBlockIsGiven) {
  const int n = GetParam();
  const std::vector<float> x = numbers(n, 3);
  for (const int block : {32, 128, 512}) {
    const unsigned blocks = parts(n, block);
    DeviceBuffer<float> on_x(x), sums(blocks);
    launch(reduce_block, {blocks}, {static_cast<unsigned>(block)},
           static_cast<std::size_t>(block) * sizeof(float))(on_x.data(), sums.data(), n);
    std::vector<float> expected(blocks);
    for (int i = 0; i < n; ++i)
      expected[static_cast<std::size_t>(i / block)] += x[static_cast<std::size_t>(i)];
    EXPECT_THAT(sums.to_host(), ElementsAreArray(expected)) << "blocks of " << block;
  }
}

TEST_P(Sizes, TransposeSwapsRowsAndColumns) {
  const int rows = GetParam(), columns = 45;
  const std::vector<float> in = numbers(rows * columns, 4);
  DeviceBuffer<float> on_in(in), out(in.size());
  launch(transpose, {parts(columns, kTransposeTile), parts(rows, kTransposeTile)},
         {kTransposeTile, kTransposeRows})(on_in.data(), out.data(), rows, columns);
  std::vector<float> expected(in.size());
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j)
      expected[static_cast<std::size_t>(j * rows + i)] =
          in[static_cast<std::size_t>(i * columns + j)];
  }
  EXPECT_THAT(out.to_host(), ElementsAreArray(expected));
}

struct Shape {
  int m, n, inner;
};
class Shapes : public testing::TestWithParam<Shape> {};
INSTANTIATE_TEST_SUITE_P(Examples, Shapes,
                         testing::Values(Shape{1, 1, 1}, Shape{16, 16, 16}, Shape{17, 31, 5},
                                         Shape{40, 20, 33}));

TEST_P(Shapes, MatmulTiledIsTheProduct) {
  const auto [m, n, inner] = GetParam();
  const std::vector<float> a = numbers(m * inner, 5), b = numbers(inner * n, 6);
  DeviceBuffer<float> on_a(a), on_b(b), c(static_cast<std::size_t>(m * n));
  launch(matmul_tiled, {parts(n, kMatmulTile), parts(m, kMatmulTile)}, {kMatmulTile, kMatmulTile})(
      on_a.data(), on_b.data(), c.data(), m, n, inner);
  std::vector<float> expected(c.size());
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < inner; ++k)
        expected[static_cast<std::size_t>(i * n + j)] +=
            a[static_cast<std::size_t>(i * inner + k)] * b[static_cast<std::size_t>(k * n + j)];
    }
  }
  EXPECT_THAT(c.to_host(), Pointwise(FloatEq(), expected));
}

TEST(MatmulTiled, ReadsEachNumberOncePerTile) {
  const std::vector<float> a = numbers(64 * 64, 7);
  DeviceBuffer<float> on_a(a), on_b(a), c(a.size());
  launch(matmul_tiled, {4, 4}, {kMatmulTile, kMatmulTile})(on_a.data(), on_b.data(), c.data(), 64,
                                                           64, 64);
  const KernelCounters& did = last_launch().counters;
  EXPECT_EQ(did.global_reads, 2 * 64 * 64 * (64 / kMatmulTile)) << "64³ · 2 without tiles";
  EXPECT_EQ(did.shared_reads, 2 * 64 * 64 * 64);
  EXPECT_EQ(did.barriers, 16 * 4 * 2) << "two for each of 4 tiles, in 16 blocks";
}

TEST(ReduceBlock, NeedsItsSharedMemory) {
  DeviceBuffer<float> x(numbers(64, 8)), sums(1);
  try {
    launch(reduce_block, {1}, {64}, 32 * sizeof(float))(x.data(), sums.data(), 64);
    FAIL() << "64 threads with room for 32";
  } catch (const KernelFault& fault) {
    EXPECT_EQ(fault.kind(), FaultKind::out_of_bounds);
  }
}

}  // namespace
}  // namespace gradbook
