// What a warp asks of memory, against what one counts by hand.
#include <gtest/gtest.h>

#include "kernels/device.hpp"

namespace gradbook {
namespace {

__global__ void copy_strided(const float* in, float* out, int stride) {
  const unsigned i = threadIdx.x * static_cast<unsigned>(stride);
  out[i] = in[i];
}

__global__ void copy_vectors(const float4* in, float4* out) { out[threadIdx.x] = in[threadIdx.x]; }

__global__ void through_shared(float* out, int stride) {
  __shared__ float numbers[32 * 33];
  const unsigned i = threadIdx.x * static_cast<unsigned>(stride);
  numbers[i] = 1;
  __syncthreads();  // else the compiler remembers what it wrote
  out[threadIdx.x] = numbers[i];
}

__global__ void half_of_them(float* out) {
  if (threadIdx.x % 2 == 0) out[threadIdx.x] = 1;
  out[threadIdx.x + 32] = 2;
}

class Traffic : public testing::Test {
 protected:
  void SetUp() override { count_warps(true); }
  void TearDown() override { count_warps(false); }
};

TEST_F(Traffic, CountsTheSectorsOfARequest) {
  const DeviceBuffer<float> in(std::vector<float>(32 * 32));
  DeviceBuffer<float> out(32 * 32);
  // 32 floats side by side are 4 sectors, every second one 8, and from every eighth on each its own
  for (const auto& [stride, sectors] : {std::pair{1, 4}, {2, 8}, {8, 32}, {32, 32}}) {
    launch(copy_strided, {1}, {32})(in.data(), out.data(), stride);
    EXPECT_EQ(last_launch().counters.global_requests, 2) << stride;
    EXPECT_EQ(last_launch().counters.global_sectors, 2 * sectors) << stride;
  }
}

TEST_F(Traffic, CountsAVectorAsOneRequest) {
  const DeviceBuffer<float4> in(std::vector<float4>(64, float4(1, 2, 3, 4)));
  DeviceBuffer<float4> out(64);
  launch(copy_vectors, {1}, {64})(in.data(), out.data());
  EXPECT_EQ(last_launch().counters.global_reads, 64);
  EXPECT_EQ(last_launch().counters.global_read_bytes, 64 * 16);
  EXPECT_EQ(last_launch().counters.global_requests, 4) << "two warps that read and write";
  EXPECT_EQ(last_launch().counters.global_sectors, 4 * 16);
}

TEST_F(Traffic, CountsHowOftenABankIsAskedAgain) {
  DeviceBuffer<float> out(32);
  // Every second word: two lanes a bank. 32 apart: one bank for all. 33 apart: padding mends it
  for (const auto& [stride, again] : {std::pair{1, 0}, {2, 1}, {4, 3}, {32, 31}, {33, 0}}) {
    launch(through_shared, {1}, {32})(out.data(), stride);
    EXPECT_EQ(last_launch().counters.shared_requests, 2) << stride;
    EXPECT_EQ(last_launch().counters.bank_conflicts, 2 * again) << stride;
  }
}

TEST_F(Traffic, SeesWhoStaysAway) {
  DeviceBuffer<float> out(64);
  launch(half_of_them, {1}, {32})(out.data());
  EXPECT_EQ(last_launch().counters.global_requests, 2);
  EXPECT_EQ(last_launch().counters.divergent, 1);
}

}  // namespace
}  // namespace gradbook
