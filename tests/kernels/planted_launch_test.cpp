// Planted faults: kernels that do not end or that throw, and launches that no device takes.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

// Kernels count as endless sooner while one lives
struct Impatience {
  Impatience() { limit_kernels(0.1); }
  ~Impatience() { limit_kernels(10); }
};

// ---- endless loops ------------------------------------------------------------------------------

constexpr int kHalve = __LINE__ + 6;
__global__ void halve(const float* x, float* sum) {
  __shared__ float part[64];
  part[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  for (int s = 32; s >= 0; s /= 2) {
    if (static_cast<int>(threadIdx.x) < s) part[threadIdx.x] += part[threadIdx.x + s];
    __syncthreads();
  }
  *sum = part[0];
}

TEST(PlantedEndless, AReductionThatNeverComesBelowZero) {
  const Impatience impatience;
  expect_fault({FaultKind::endless, "halve", kHalve, "of block (0, 0, 0)", {}},
               [] { launch(halve, {1}, {64})(counting(64).data(), counting(1).data()); });
}

constexpr int kStride = __LINE__ + 2;
__global__ void stride_of_zero(float* x, int n, int stride) {
  for (int i = threadIdx.x; i < n; i += stride) x[i] += 1;
}

TEST(PlantedEndless, AStrideOfZero) {
  const Impatience impatience;
  expect_fault({FaultKind::endless,
                "stride_of_zero",
                kStride,
                "of block (0, 0, 0) has not come",
                {"has not come to its end", "Does every loop end?"}},
               [] { launch(stride_of_zero, {1}, {32})(counting(32).data(), 32, 0); });
}

constexpr int kLock = __LINE__ + 2;
__global__ void lock_of_warp(int* lock, int* total) {
  while (atomicCAS(lock, 0, 1) != 0) continue;
  ++*total;
  __syncwarp();
  atomicExch(lock, 0);
}

TEST(PlantedEndless, ALockThatTwoThreadsOfAWarpWant) {
  const Impatience impatience;
  expect_fault({FaultKind::endless,
                "lock_of_warp",
                kLock,
                "thread (1, 0, 0) of block (0, 0, 0)",
                {"has not come to its end"}},
               [] {
                 DeviceBuffer<int> lock(1), total(1);
                 lock.clear();
                 total.clear();
                 launch(lock_of_warp, {1}, {2})(lock.data(), total.data());
               });
}

constexpr int kGridBarrier = __LINE__ + 4;
__global__ void wait_for_grid(int* flag) {
  volatile int* arrived = flag;
  if (threadIdx.x == 0 && blockIdx.x == gridDim.x - 1) *arrived = 1;
  while (*arrived == 0) continue;
}

TEST(PlantedEndless, ABlockThatWaitsForOneThatHasNotBegun) {
  const Impatience impatience;
  expect_fault_once({FaultKind::endless,
                     "wait_for_grid",
                     kGridBarrier,
                     "of block (0, 0, 0) has not come",
                     {"waits for another block, that one may not have begun"}},
                    [] {
                      DeviceBuffer<int> arrived(1);
                      arrived.clear();
                      launch(wait_for_grid, {4}, {32})(arrived.data());
                    });
}

constexpr int kForever = __LINE__ + 3;
__global__ void forever(const int* go_on) {
  const int go = *go_on;
  while (go != 0) continue;
}

TEST(PlantedEndless, AnEmptyLoop) {
  const Impatience impatience;
  expect_fault({FaultKind::endless,
                "forever",
                kForever,
                "thread (0, 0, 0) of block (0, 0, 0)",
                {"has not come to its end"}},
               [] {
                 const DeviceBuffer<int> yes(std::vector<int>{1});
                 launch(forever, {1}, {1})(yes.data());
               });
}

// ---- exceptions ---------------------------------------------------------------------------------

__global__ void roots(const float* x, float* y) {
  y[threadIdx.x] = checked_sqrt(x[threadIdx.x] - 3);
}

TEST(PlantedException, AFunctionOfAnotherFileThrows) {
  expect_fault({FaultKind::exception,
                "roots",
                0,
                "thread (0, 0, 0) of block (0, 0, 0)",
                {"square root of a negative number"}},
               [] { launch(roots, {1}, {32})(counting(32).data(), counting(32).data()); });
}

// ---- launches -----------------------------------------------------------------------------------

__global__ void fill(float* x, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) x[i] = 1;
}

// What a launch of `fill` on its own line must say
Planted refused(int line, std::vector<std::string> facts) {
  return {FaultKind::launch, "launch of fill", line, "", std::move(facts)};
}

TEST(PlantedLaunch, ABlockOfTooManyThreads) {
  expect_fault(refused(__LINE__ + 1, {"2048 × 1 × 1 threads", "at most 1024"}),
               [] { launch(fill, {1}, {2048})(counting(32).data(), 32); });
  expect_fault(refused(__LINE__ + 1, {"64 × 64 × 1 threads", "at most 1024"}), [] {
    launch(fill, {1}, {64, 64})(counting(32).data(), 32);
  });
}

TEST(PlantedLaunch, ABlockThatIsTooDeep) {
  expect_fault(refused(__LINE__ + 1, {"1 × 1 × 128 threads", "64 along z"}), [] {
    launch(fill, {1}, {1, 1, 128})(counting(32).data(), 32);
  });
}

TEST(PlantedLaunch, ABlockOfNoThreads) {
  expect_fault(refused(__LINE__ + 1, {"0 × 1 × 1 has no threads"}),
               [] { launch(fill, {1}, {0})(counting(32).data(), 32); });
}

TEST(PlantedLaunch, AGridThatWasRoundedDownToNothing) {
  expect_fault(refused(__LINE__ + 1, {"0 × 1 × 1 has no blocks", "launch nothing"}),
               [] { launch(fill, {100 / 256}, {256})(counting(100).data(), 100); });
}

TEST(PlantedLaunch, AGridThatIsTooLongAlongY) {
  expect_fault(refused(__LINE__ + 1, {"1 × 100000 × 1 blocks", "65535 along y"}), [] {
    launch(fill, {1, 100000}, {32})(counting(32).data(), 32);
  });
}

TEST(PlantedLaunch, MoreSharedMemoryThanABlockHas) {
  expect_fault(refused(__LINE__ + 1, {"262144 bytes of shared memory", "which can have 232448"}),
               [] { launch(fill, {1}, {32}, 256 * 1024)(counting(32).data(), 32); });
}

TEST(PlantedLaunch, AVectorOfTheHost) {
  std::vector<float> x(32);
  expect_fault(refused(__LINE__ + 1, {"argument 1", "not the device's", "no vector of the host"}),
               [&] { launch(fill, {1}, {32})(x.data(), 32); });
}

TEST(PlantedLaunch, APointerThatHasBeenFreed) {
  float* freed = nullptr;
  ASSERT_EQ(cudaMalloc(&freed, 128), cudaSuccess);
  ASSERT_EQ(cudaFree(freed), cudaSuccess);
  expect_fault(refused(__LINE__ + 1, {"argument 1", "has been freed"}),
               [=] { launch(fill, {1}, {32})(freed, 32); });
}

}  // namespace
}  // namespace gradbook
