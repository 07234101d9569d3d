// Kernels that are right and whose lanes work together: no alarm.
#include <numeric>

#include "right.hpp"

namespace gradbook {
namespace {

namespace cg = cooperative_groups;
constexpr unsigned kAll = 0xffffffff;

__global__ void lane_tricks(const int* in, int* out) {  // (32), (4, 32)
  const unsigned lane = threadIdx.x;
  const int mine = in[lane];
  out[lane] = __shfl_sync(kAll, mine, 5);
  out[32 + lane] = __shfl_up_sync(kAll, mine, 3);
  out[64 + lane] = __shfl_down_sync(kAll, mine, 1, 8);
  out[96 + lane] = __shfl_xor_sync(kAll, mine, 6);
}

TEST(RightWarp, Shuffles) {
  const std::vector<int> in = some_numbers<int>(32);
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(128);
    launch(lane_tricks, {1}, {32})(there.data(), out.data());
    const std::vector<int> got = out.to_host();
    for (int i = 0; i < 32; ++i) {
      EXPECT_EQ(got[i], in[5]);
      EXPECT_EQ(got[32 + i], in[i >= 3 ? i - 3 : i]);
      EXPECT_EQ(got[64 + i], in[i % 8 == 7 ? i : i + 1]);
      EXPECT_EQ(got[96 + i], in[i ^ 6]);
    }
  });
}

template <class T>
__global__ void add_all_lanes(const T* in, T* out) {
  T sum = in[threadIdx.x];
  for (int lanes = 16; lanes > 0; lanes /= 2) sum += __shfl_xor_sync(kAll, sum, lanes);
  out[threadIdx.x] = sum;
}

TEST(RightWarp, ShufflesNumbersOf64Bits) {
  const std::vector<double> in = some_numbers<double>(64);
  in_every_order([&] {
    const DeviceBuffer<double> there(in);
    DeviceBuffer<double> out(64);
    launch(add_all_lanes<double>, {1}, {64})(there.data(), out.data());
    const std::vector<double> sums = out.to_host();
    for (int i = 0; i < 64; ++i)
      EXPECT_EQ(sums[i],
                std::accumulate(in.begin() + i / 32 * 32, in.begin() + i / 32 * 32 + 32, 0.0));
  });
}

// Keeps the positive numbers, in their order
__global__ void keep_positive(const int* in, int* out, int* count) {
  const unsigned lane = threadIdx.x;
  const int mine = in[lane];
  const unsigned kept = __ballot_sync(kAll, mine > 0);
  if (mine > 0) out[__popc(kept & ((1u << lane) - 1))] = mine;
  if (static_cast<int>(lane) == __ffs(static_cast<int>(kept)) - 1) *count = __popc(kept);
}

TEST(RightWarp, CompactsByABallot) {
  const std::vector<int> in = some_numbers<int>(32);
  std::vector<int> expected;
  for (const int x : in)
    if (x > 0) expected.push_back(x);
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(expected.size()), count(1);
    launch(keep_positive, {1}, {32})(there.data(), out.data(), count.data());
    EXPECT_EQ(out.to_host(), expected);
    EXPECT_EQ(count.to_host()[0], static_cast<int>(expected.size()));
  });
}

__global__ void any_and_all(const int* in, int* out) {  // (warps, 32), (warps, 3)
  const int mine = in[threadIdx.x];
  const int any = __any_sync(kAll, mine > 7), all = __all_sync(kAll, mine >= -8);
  const int all_even = __all_sync(kAll, mine % 2 == 0);
  if (threadIdx.x % 32 != 0) return;
  out[threadIdx.x / 32 * 3] = any;
  out[threadIdx.x / 32 * 3 + 1] = all;
  out[threadIdx.x / 32 * 3 + 2] = all_even;
}

TEST(RightWarp, AsksAnyAndAll) {
  std::vector<int> in(96, 6);
  in[40] = 8;
  in[70] = -9;
  in[71] = 3;
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(9);
    launch(any_and_all, {1}, {96})(there.data(), out.data());
    EXPECT_THAT(out.to_host(), testing::ElementsAre(0, 1, 1, 1, 1, 1, 0, 0, 0));
  });
}

template <unsigned kSize>
__global__ void sum_tiles(const float* in, float* out) {
  const auto tile = cg::tiled_partition<kSize>(cg::this_thread_block());
  float sum = in[blockIdx.x * blockDim.x + threadIdx.x];
  for (unsigned offset = tile.size() / 2; offset > 0; offset /= 2)
    sum += tile.shfl_down(sum, offset);
  const float from_first = tile.shfl(sum, 0);
  if (tile.thread_rank() == 0) out[(blockIdx.x * blockDim.x + threadIdx.x) / kSize] = from_first;
}

template <unsigned kSize>
void try_tiles() {
  const std::vector<float> in = some_numbers(192);
  std::vector<float> expected;
  for (unsigned i = 0; i < 192; i += kSize)
    expected.push_back(std::accumulate(in.begin() + i, in.begin() + i + kSize, 0.0f));
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(192 / kSize);
    launch(sum_tiles<kSize>, {3}, {64})(there.data(), out.data());
    EXPECT_EQ(out.to_host(), expected);
  });
}

TEST(RightWarp, HasTilesOf4) { try_tiles<4>(); }
TEST(RightWarp, HasTilesOf8) { try_tiles<8>(); }
TEST(RightWarp, HasTilesOf16) { try_tiles<16>(); }
TEST(RightWarp, HasTilesOf32) { try_tiles<32>(); }

__global__ void turn_in_tiles(const int* in, int* out) {
  __shared__ int held[64];
  const auto block = cg::this_thread_block();
  const auto tile = cg::tiled_partition<8>(block);
  const unsigned i = block.thread_rank(), r = tile.thread_rank();
  held[i] = in[i];
  tile.sync();  // only the eight exchange numbers
  const int mine = held[i - r + 7 - r];
  block.sync();
  held[block.size() - 1 - i] = mine + tile.shfl_xor(mine, 1);
  block.sync();
  out[i] = held[i];
}

TEST(RightWarp, SynchronisesTiles) {
  const std::vector<int> in = some_numbers<int>(64);
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(64);
    launch(turn_in_tiles, {1}, {32, 2})(there.data(), out.data());
    const std::vector<int> got = out.to_host();
    for (int i = 0; i < 64; ++i) EXPECT_EQ(got[63 - i], in[i ^ 7] + in[i ^ 6]);
  });
}

// ---- less than a warp ---------------------------------------------------------------------------

__global__ void sum_the_rest(const float* in, float* out, int n) {  // one warp; n < 32
  const int lane = static_cast<int>(threadIdx.x);
  const unsigned mask = __ballot_sync(kAll, lane < n);
  if (lane >= n) return;
  float sum = 0;
  for (int source = 0; source < n; ++source) sum += __shfl_sync(mask, in[lane], source);
  out[lane] = sum;
}

TEST(RightWarp, MaskFitsTheLanesThatAreLeft) {
  const std::vector<float> in = some_numbers(31);
  in_every_order([&] {
    for (const int n : {1, 13, 16, 31}) {
      const DeviceBuffer<float> there(in);
      DeviceBuffer<float> out(n);
      launch(sum_the_rest, {1}, {32})(there.data(), out.data(), n);
      EXPECT_THAT(out.to_host(), testing::Each(std::accumulate(in.begin(), in.begin() + n, 0.0f)));
    }
  });
}

__global__ void sum_lower_half(const float* in, float* out) {
  float sum = in[threadIdx.x];
  if (threadIdx.x >= 16) return;
  for (int lanes = 8; lanes > 0; lanes /= 2) sum += __shfl_xor_sync(0x0000ffff, sum, lanes);
  if (threadIdx.x == 0) *out = sum;
}

// Lanes 8 … 15 get a number that nobody knows from lane 16 on, and nobody looks at what they add
__global__ void sum_lower_half_down(const float* in, float* out) {
  if (threadIdx.x >= 16) return;
  float sum = in[threadIdx.x];
  for (int offset = 8; offset > 0; offset /= 2) sum += __shfl_down_sync(0x0000ffff, sum, offset);
  if (threadIdx.x == 0) *out = sum;
}

void try_half(void (*kernel)(const float*, float*), unsigned block) {
  const std::vector<float> in = some_numbers(32);
  in_every_order([&] {
    const DeviceBuffer<float> there(in);
    DeviceBuffer<float> out(1);
    launch(kernel, {1}, dim3{block})(there.data(), out.data());
    EXPECT_EQ(out.to_host()[0], std::accumulate(in.begin(), in.begin() + 16, 0.0f));
  });
}

TEST(RightWarp, SumsItsLowerHalf) { try_half(sum_lower_half, 32); }
TEST(RightWarp, SumsABlockOfHalfAWarp) { try_half(sum_lower_half, 16); }
TEST(RightWarp, SumsItsLowerHalfDownwards) { try_half(sum_lower_half_down, 32); }

__global__ void halves_differ(const int* in, int* out) {
  const unsigned lane = threadIdx.x;
  int mine = in[lane];
  if (lane < 16) {
    mine += __shfl_xor_sync(0x0000ffff, mine, 8);
  } else {
    mine -= __shfl_xor_sync(0xffff0000, mine, 8);
  }
  __syncwarp();
  out[lane] = mine;
}

TEST(RightWarp, HalvesGoDifferentWays) {
  const std::vector<int> in = some_numbers<int>(32);
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(32);
    launch(halves_differ, {1}, {32})(there.data(), out.data());
    const std::vector<int> got = out.to_host();
    for (int i = 0; i < 32; ++i) EXPECT_EQ(got[i], i < 16 ? in[i] + in[i ^ 8] : in[i] - in[i ^ 8]);
  });
}

// ---- one waits for another ----------------------------------------------------------------------

__global__ void hand_over(const int* in, int* out, int rounds) {  // (rounds, 32) each
  __shared__ int held[64];
  const unsigned lane = threadIdx.x % 32, warp = threadIdx.x / 32;
  int* const mine = held + 32 * warp;
  for (int round = static_cast<int>(warp); round < rounds; round += 2) {
    if (lane == 0)
      for (int i = 0; i < 32; ++i) mine[i] = in[round * 32 + i];
    __syncwarp();
    out[round * 32 + static_cast<int>(lane)] = mine[31 - lane];
    __syncwarp();  // all have read before the next round writes
  }
}

TEST(RightWarp, ProducerHandsOverToItsLanes) {
  const std::vector<int> in = some_numbers<int>(32 * 9);
  in_every_order([&] {
    const DeviceBuffer<int> there(in);
    DeviceBuffer<int> out(in.size());
    launch(hand_over, {1}, {64})(there.data(), out.data(), 9);
    const std::vector<int> got = out.to_host();
    for (int i = 0; i < 32 * 9; ++i) EXPECT_EQ(got[i], in[i ^ 31]);
  });
}

__global__ void wait_for_flag(int* out) {
  __shared__ int flag;
  if (threadIdx.x == 0) flag = 0;
  __syncthreads();
  const unsigned setter = blockDim.x - 1 - 32 * (blockIdx.x % 2);
  if (threadIdx.x == setter) {
    atomicExch(&flag, 7);
  } else if (threadIdx.x % 32 == 0) {
    while (atomicAdd(&flag, 0) != 7) {
    }
  }
  __syncthreads();
  out[blockIdx.x * blockDim.x + threadIdx.x] = flag;
}

TEST(RightWarp, WaitsForAFlagOfAnotherWarp) {
  in_every_order([] {
    DeviceBuffer<int> out(192);
    launch(wait_for_flag, {2}, {96})(out.data());
    EXPECT_THAT(out.to_host(), testing::Each(7));
  });
}

__device__ void lock(int* place) {
  while (atomicCAS(place, 0, 1) != 0) {
  }
  __threadfence();
}
__device__ void unlock(int* place) {
  __threadfence();
  atomicExch(place, 0);
}

__global__ void count_under_lock(int* place, int* count) {
  if (threadIdx.x % 32 != 0) return;
  lock(place);
  atomicAdd(count, atomicAdd(count + 1, 1) == 0 ? 1 : 1000);  // nobody else is within
  atomicSub(count + 1, 1);
  unlock(place);
}

__global__ void change_under_lock(int* place, int* count) {
  if (threadIdx.x % 32 != 0) return;
  lock(place);
  *count = *count + 1;
  unlock(place);
}

void try_lock(void (*kernel)(int*, int*), dim3 grid, dim3 block) {
  in_every_order([&] {
    DeviceBuffer<int> place(1), count(2);
    place.clear();
    count.clear();
    launch(kernel, grid, block)(place.data(), count.data());
    EXPECT_EQ(count.to_host()[0], static_cast<int>(grid.x * block.x / 32));
  });
}

TEST(RightWarp, LocksWithASpinLock) { try_lock(count_under_lock, {4}, {128}); }
TEST(RightWarp, ChangesPlainMemoryUnderALockOfBlocks) { try_lock(change_under_lock, {6}, {32}); }
TEST(RightWarp, ChangesPlainMemoryUnderALockOfWarps) { try_lock(change_under_lock, {1}, {128}); }

}  // namespace
}  // namespace gradbook
