// Planted faults: accesses past an end, before a beginning, and at crooked addresses.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {

constexpr int kShareDynamic = __LINE__ + 3;
__global__ void share_dynamic(float* x) {
  extern __shared__ float shared[];
  shared[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  x[threadIdx.x] = shared[blockDim.x - 1 - threadIdx.x];
}

namespace {

constexpr int kScale = __LINE__ + 3;
__global__ void scale(float* x) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  x[i] *= 2;
}

TEST(PlantedBounds, NoGuardAndASizeThatIsNoMultipleOfTheBlock) {
  expect_fault({FaultKind::out_of_bounds,
                "scale",
                kScale,
                "thread (36, 0, 0) of block (1, 0, 0) reads",
                {"element 100", "has 100 of 4 bytes", "if (i < n)"}},
               [] { launch(scale, {2}, {64})(counting(100).data()); });
}

constexpr int kScaleAndOne = __LINE__ + 3;
__global__ void scale_and_one(const float* x, float* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i <= n) y[i] = 2 * x[i];
}

TEST(PlantedBounds, AGuardThatLetsOneTooManyPass) {
  expect_fault(
      {FaultKind::out_of_bounds,
       "scale_and_one",
       kScaleAndOne,
       "thread (36, 0, 0) of block (1, 0, 0) reads",
       {"element 100", "has 100 of 4 bytes"}},
      [] { launch(scale_and_one, {2}, {64})(counting(100).data(), counting(100).data(), 100); });
}

constexpr int kDifferences = __LINE__ + 3;
__global__ void differences(const float* x, float* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] - x[i - 1];
}

TEST(PlantedBounds, TheNeighbourOfTheFirst) {
  expect_fault(
      {FaultKind::out_of_bounds,
       "differences",
       kDifferences,
       "thread (0, 0, 0) of block (0, 0, 0) reads",
       {"4 bytes before"}},
      [] { launch(differences, {2}, {64})(counting(100).data(), counting(100).data(), 100); });
}

constexpr int kUnsignedDifferences = __LINE__ + 3;
__global__ void unsigned_differences(const float* x, float* y, unsigned n) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] - x[i - 1];
}

TEST(PlantedBounds, AnUnsignedIndexBelowZero) {
  expect_fault({FaultKind::out_of_bounds,
                "unsigned_differences",
                kUnsignedDifferences,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"unsigned"}},
               [] {
                 launch(unsigned_differences, {2}, {64})(counting(100).data(), counting(100).data(),
                                                         100);
               });
}

constexpr int kTranspose = __LINE__ + 4;
__global__ void transpose(const float* x, float* y, unsigned rows, unsigned columns) {
  const unsigned row = blockIdx.y * blockDim.y + threadIdx.y;
  const unsigned column = blockIdx.x * blockDim.x + threadIdx.x;
  if (row < rows && column < columns) y[column * columns + row] = x[row * columns + column];
}

TEST(PlantedBounds, TheWrongSizeInAnIndexOfTwoDimensions) {
  expect_fault({FaultKind::out_of_bounds,
                "transpose",
                kTranspose,
                "thread (4, 0, 0) of block (0, 0, 0) writes",
                {"element 32", "has 32 of 4 bytes"}},
               [] {
                 launch(transpose, {1, 1}, {8, 4})(counting(32).data(), counting(32).data(), 4, 8);
               });
}

constexpr int kSwapped = __LINE__ + 4;
__global__ void swapped(float* x, unsigned rows, unsigned columns) {
  const unsigned row = blockIdx.x * blockDim.x + threadIdx.x;
  const unsigned column = blockIdx.y * blockDim.y + threadIdx.y;
  x[row * columns + column] = static_cast<float>(rows);
}

TEST(PlantedBounds, RowsAndColumnsSwappedAtTheLaunch) {
  expect_fault({FaultKind::out_of_bounds,
                "swapped",
                kSwapped,
                "thread (0, 0, 0) of block (4, 0, 0) writes",
                {"element 32"}},
               [] {
                 launch(swapped, {8, 4}, {1, 1})(counting(32).data(), 4, 8);
               });
}

constexpr int kBlur = __LINE__ + 3;
__global__ void blur(const float* x, float* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i > 0 && i < n) y[i] = (x[i - 1] + x[i] + x[i + 1]) / 3;
}

TEST(PlantedBounds, TheHaloOfAStencil) {
  expect_fault({FaultKind::out_of_bounds,
                "blur",
                kBlur,
                "thread (35, 0, 0) of block (1, 0, 0) reads",
                {"element 100"}},
               [] { launch(blur, {2}, {64})(counting(100).data(), counting(100).data(), 100); });
}

constexpr int kCount = __LINE__ + 3;
__global__ void count(const int* values, int* bins, int n) {
  const int i = threadIdx.x;
  if (i < n) atomicAdd(&bins[values[i]], 1);
}

TEST(PlantedBounds, AValueThatHasNoBin) {
  expect_fault({FaultKind::out_of_bounds,
                "count",
                kCount,
                "thread (2, 0, 0) of block (0, 0, 0) changes",
                {"element 10", "has 10 of 4 bytes"}},
               [] {
                 DeviceBuffer<int> values(std::vector<int>{3, 9, 10}), bins(10);
                 bins.clear();
                 launch(count, {1}, {32})(values.data(), bins.data(), 3);
               });
}

constexpr int kFours = __LINE__ + 2;
__global__ void fours(const float* x, float* sums) {
  const float4 v = reinterpret_cast<const float4*>(x)[threadIdx.x];
  sums[threadIdx.x] = v.x + v.y + v.z + v.w;
}

TEST(PlantedBounds, AFloat4PastTheEnd) {
  expect_fault({FaultKind::out_of_bounds,
                "fours",
                kFours,
                "thread (2, 0, 0) of block (0, 0, 0) reads",
                {"bytes 32 to 47", "has 40 bytes"}},
               [] { launch(fours, {1}, {3})(counting(10).data(), counting(3).data()); });
}

// ---- shared memory and arrays of a thread -------------------------------------------------------

constexpr int kShareStatic = __LINE__ + 3;
__global__ void share_static(float* x) {
  __shared__ float tile[32];
  tile[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  x[threadIdx.x] = tile[blockDim.x - 1 - threadIdx.x];
}

TEST(PlantedBounds, ASharedArraySmallerThanTheBlock) {
  expect_fault({FaultKind::out_of_bounds,
                "share_static",
                kShareStatic,
                "thread (32, 0, 0) of block (0, 0, 0)",
                {"index 32", "float [32]"}},
               [] { launch(share_static, {1}, {64})(counting(64).data()); });
}

constexpr int kShareRows = __LINE__ + 5;
__global__ void share_rows(float* x) {
  __shared__ float tile[8][8];
  tile[threadIdx.y][threadIdx.x] = x[threadIdx.y * 8 + threadIdx.x];
  __syncthreads();
  x[threadIdx.y * 8 + threadIdx.x] = tile[threadIdx.y][threadIdx.x + 1];
}

TEST(PlantedBounds, ARowOfASharedArrayIsNotTheNext) {
  expect_fault({FaultKind::out_of_bounds,
                "share_rows",
                kShareRows,
                "thread (7, 0, 0) of block (0, 0, 0)",
                {"index 8", "float [8]"}},
               [] {
                 launch(share_rows, {1}, {8, 8})(counting(64).data());
               });
}

TEST(PlantedBounds, DynamicSharedMemoryInBytesNotInFloats) {
  expect_fault({FaultKind::out_of_bounds,
                "share_dynamic",
                kShareDynamic,
                "thread (16, 0, 0) of block (0, 0, 0) writes",
                {"byte 64", "asked for 64 bytes", "fourth argument of launch"}},
               [] { launch(share_dynamic, {1}, {64}, 64)(counting(64).data()); });
}

TEST(PlantedBounds, DynamicSharedMemoryThatNobodyAskedFor) {
  expect_fault({FaultKind::out_of_bounds,
                "share_dynamic",
                kShareDynamic,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"byte 0", "asked for 0 bytes"}},
               [] { launch(share_dynamic, {1}, {64})(counting(64).data()); });
}

constexpr int kFour = __LINE__ + 3;
__global__ void four_each(const float* x, float* y, int each) {
  float sums[4] = {};
  for (int i = 0; i < each; ++i) sums[i] += x[threadIdx.x * each + i];
  y[threadIdx.x] = sums[0] + sums[1] + sums[2] + sums[3];
}

TEST(PlantedBounds, AnArrayOfTheThread) {
  expect_fault({FaultKind::out_of_bounds,
                "four_each",
                kFour,
                "thread (0, 0, 0) of block (0, 0, 0)",
                {"index 4", "float [4]"}},
               [] { launch(four_each, {1}, {2})(counting(10).data(), counting(2).data(), 5); });
}

// ---- crooked addresses --------------------------------------------------------------------------

constexpr int kSkipFirst = __LINE__ + 2;
__global__ void skip_first(const float* x, float4* y) {
  y[threadIdx.x] = reinterpret_cast<const float4*>(x + 1)[threadIdx.x];
}

TEST(PlantedBounds, AFloat4AtAnOddFloat) {
  expect_fault({FaultKind::misaligned,
                "skip_first",
                kSkipFirst,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"16 bytes at an address that is 4 bytes past a multiple of 16"}},
               [] {
                 DeviceBuffer<float4> y(4);
                 launch(skip_first, {1}, {4})(counting(20).data(), y.data());
               });
}

constexpr int kRowsOfSix = __LINE__ + 3;
__global__ void rows_of_six(const float* x, float4* y) {
  const float* row = x + 6 * threadIdx.x;
  y[threadIdx.x] = *reinterpret_cast<const float4*>(row);
}

TEST(PlantedBounds, RowsOfSixDoNotAllBeginAtAFloat4) {
  expect_fault({FaultKind::misaligned,
                "rows_of_six",
                kRowsOfSix,
                "thread (1, 0, 0) of block (0, 0, 0) reads",
                {"16 bytes at an address that is 8 bytes past a multiple of 16"}},
               [] {
                 DeviceBuffer<float4> y(4);
                 launch(rows_of_six, {1}, {4})(counting(24).data(), y.data());
               });
}

constexpr int kHeader = __LINE__ + 3;
__global__ void behind_a_header(char* bytes) {
  double* numbers = reinterpret_cast<double*>(bytes + sizeof(int));
  numbers[threadIdx.x] = threadIdx.x;
}

TEST(PlantedBounds, ADoubleBehindAnInt) {
  expect_fault({FaultKind::misaligned,
                "behind_a_header",
                kHeader,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"8 bytes at an address that is 4 bytes past a multiple of 8"}},
               [] {
                 DeviceBuffer<char> bytes(100);
                 launch(behind_a_header, {1}, {4})(bytes.data());
               });
}

}  // namespace
}  // namespace gradbook
