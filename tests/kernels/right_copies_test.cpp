// Kernels that copy into shared memory while they compute, and are right: no alarm.
#include "kernels/examples/sum_pipelined.hpp"
#include "right.hpp"

namespace gradbook {
namespace {

TEST(RightCopies, TheExampleAddsUpEachRow) {
  for (const int tiles : {1, 2, 5}) {
    const int rows = 3, columns = tiles * kPipelinedTile;
    const std::vector<float> x = some_numbers(rows * columns);
    std::vector<float> expected(rows);
    for (int i = 0; i < rows * columns; ++i) expected[i / columns] += x[i];
    in_every_order([&] {
      const DeviceBuffer<float> on_x(x);
      DeviceBuffer<float> sums(rows);
      launch(sum_pipelined, {rows}, {kPipelinedTile})(on_x.data(), sums.data(), tiles);
      EXPECT_EQ(sums.to_host(), expected);
      EXPECT_EQ(last_launch().counters.global_reads, rows * columns);
    });
  }
}

TEST(RightCopies, AreDoneWithoutChecksToo) {
  check_kernels(false);
  const DeviceBuffer<float> x(std::vector<float>(2 * kPipelinedTile, 1.0f));
  DeviceBuffer<float> sums(1);
  launch(sum_pipelined, {1}, {kPipelinedTile})(x.data(), sums.data(), 2);
  check_kernels(true);
  EXPECT_EQ(sums.to_host(), std::vector<float>{2 * kPipelinedTile});
}

// Four numbers each, of which the last ones may be beyond the end
__global__ void copy_four(const float* x, float* out, int n) {
  __shared__ __align__(16) float tile[128];
  const int first = 4 * static_cast<int>(threadIdx.x);
  const int there = n - first < 0 ? 0 : n - first > 4 ? 4 : n - first;
  __pipeline_memcpy_async(&tile[first], &x[first], 16, static_cast<std::size_t>(4 - there) * 4);
  __pipeline_commit();
  __pipeline_wait_prior(0);
  __syncthreads();
  for (int i = 0; i < 4; ++i) out[first + i] = tile[127 - first - i];
}

TEST(RightCopies, ZerosBehindTheEnd) {
  for (const int n : {0, 1, 4, 7, 126, 128}) {
    std::vector<float> x = some_numbers(n);
    in_every_order([&] {
      std::vector<float> at_least_one = x;
      at_least_one.resize(std::max(n, 1));
      const DeviceBuffer<float> there(at_least_one);
      DeviceBuffer<float> out(128);
      launch(copy_four, {1}, {32})(there.data(), out.data(), n);
      const std::vector<float> turned = out.to_host();
      for (int i = 0; i < 128; ++i) EXPECT_EQ(turned[127 - i], i < n ? x[i] : 0);
    });
  }
}

// A thread reads what it has copied itself: no barrier
__global__ void each_its_own(const float2* x, float* out) {
  __shared__ float2 tile[64];
  __pipeline_memcpy_async(&tile[threadIdx.x], &x[threadIdx.x], sizeof(float2));
  __pipeline_commit();
  __pipeline_wait_prior(0);
  out[threadIdx.x] = tile[threadIdx.x].x + tile[threadIdx.x].y;
}

TEST(RightCopies, NeedNoBarrierForWhoCopied) {
  in_every_order([] {
    const DeviceBuffer<float2> x(std::vector<float2>(64, float2(1, 2)));
    DeviceBuffer<float> out(64);
    launch(each_its_own, {1}, {64})(x.data(), out.data());
    EXPECT_EQ(out.to_host(), std::vector<float>(64, 3.0f));
  });
}

}  // namespace
}  // namespace gradbook
