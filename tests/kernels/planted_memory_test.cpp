// Planted faults: memory that is not there any more, not the device's, or that nobody has written.
#include <gtest/gtest.h>

#include "planted.hpp"

namespace gradbook {
namespace {

struct Matrix {
  float* numbers;
  int rows, columns;
};

constexpr int kClear = __LINE__ + 3;
__global__ void clear_matrix(Matrix m) {
  const int i = threadIdx.x;
  if (i < m.rows * m.columns) m.numbers[i] = 0;
}

TEST(PlantedMemory, AMatrixThatHasBeenFreed) {
  expect_fault({FaultKind::freed,
                "clear_matrix",
                kClear,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"has been freed"}},
               [] {
                 Matrix m{nullptr, 4, 4};
                 {
                   DeviceBuffer<float> numbers = counting(16);
                   m.numbers = numbers.data();
                 }
                 launch(clear_matrix, {1}, {32})(m);
               });
}

TEST(PlantedMemory, AMatrixOfTheHostPassedByValue) {
  expect_fault({FaultKind::foreign,
                "clear_matrix",
                kClear,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"not the device's", "no vector of the host"}},
               [] {
                 std::vector<float> numbers(16);
                 launch(clear_matrix, {1}, {32})({numbers.data(), 4, 4});
               });
}

TEST(PlantedMemory, AMatrixThatWasNeverAllocated) {
  expect_fault({FaultKind::foreign,
                "clear_matrix",
                kClear,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"null pointer"}},
               [] {
                 launch(clear_matrix, {1}, {32})({nullptr, 4, 4});
               });
}

constexpr int kAddBias = __LINE__ + 3;
__global__ void add_bias(float* x, const float* bias, int n) {
  const int i = threadIdx.x;
  if (i < n) x[i] += bias[i];
}

TEST(PlantedMemory, ANullPointerForWhatIsNotOptional) {
  expect_fault({FaultKind::foreign,
                "add_bias",
                kAddBias,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"null pointer"}},
               [] { launch(add_bias, {1}, {32})(counting(32).data(), nullptr, 32); });
}

constexpr int kSumRows = __LINE__ + 3;
__global__ void sum_rows(const float* const* rows, float* sums, int columns) {
  float sum = 0;
  for (int j = 0; j < columns; ++j) sum += rows[threadIdx.x][j];
  sums[threadIdx.x] = sum;
}

TEST(PlantedMemory, PointersToTheHostInAnArrayOfTheDevice) {
  expect_fault({FaultKind::foreign,
                "sum_rows",
                kSumRows,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"not the device's"}},
               [] {
                 std::vector<float> row(8);
                 DeviceBuffer<const float*> rows(std::vector<const float*>{row.data(), row.data()});
                 launch(sum_rows, {1}, {2})(rows.data(), counting(2).data(), 8);
               });
}

float factor_of_host = 3;

constexpr int kScale = __LINE__ + 1;
__global__ void scale_by_host(float* x) { x[threadIdx.x] *= factor_of_host; }

TEST(PlantedMemory, AVariableOfTheHost) {
  expect_fault({FaultKind::foreign,
                "scale_by_host",
                kScale,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"not the device's"}},
               [] {
                 factor_of_host = 2;
                 launch(scale_by_host, {1}, {32})(counting(32).data());
               });
}

int finished = 0;

constexpr int kFinish = __LINE__ + 2;
__global__ void finish() {
  if (threadIdx.x == 0) finished = 1;
}

TEST(PlantedMemory, AFlagOfTheHost) {
  expect_fault({FaultKind::foreign,
                "finish",
                kFinish,
                "thread (0, 0, 0) of block (0, 0, 0) writes",
                {"not the device's"}},
               [] { launch(finish, {1}, {32})(); });
  EXPECT_EQ(finished, 0);
}

// ---- what nobody has written --------------------------------------------------------------------

constexpr int kAccumulate = __LINE__ + 3;
__global__ void accumulate(const float* x, float* sums, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) sums[i] += x[i];
}

TEST(PlantedMemory, AnOutputThatIsAddedToAndNeverCleared) {
  expect_fault({FaultKind::uninitialised,
                "accumulate",
                kAccumulate,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"device memory that nobody has written", "before the launch"}},
               [] {
                 DeviceBuffer<float> sums(64);
                 launch(accumulate, {1}, {64})(counting(64).data(), sums.data(), 64);
               });
}

TEST(PlantedMemory, AnInputOfWhichOnlyAPartWasCopied) {
  expect_fault({FaultKind::uninitialised,
                "accumulate",
                kAccumulate,
                "thread (10, 0, 0) of block (0, 0, 0) reads",
                {"device memory that nobody has written"}},
               [] {
                 DeviceBuffer<float> x(64);
                 const std::vector<float> ten(10);
                 ASSERT_EQ(cudaMemcpy(x.data(), ten.data(), 40, cudaMemcpyHostToDevice),
                           cudaSuccess);
                 launch(accumulate, {1}, {64})(x.data(), counting(64).data(), 64);
               });
}

constexpr int kSum = __LINE__ + 1;
__global__ void sum_all(const float* x, float* sum) { atomicAdd(sum, x[threadIdx.x]); }

TEST(PlantedMemory, AnAtomicSumThatBeginsNowhere) {
  expect_fault({FaultKind::uninitialised,
                "sum_all",
                kSum,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"device memory that nobody has written"}},
               [] {
                 DeviceBuffer<float> sum(1);
                 launch(sum_all, {1}, {64})(counting(64).data(), sum.data());
               });
}

constexpr int kSumOfBlock = __LINE__ + 3;
__global__ void sum_of_block(const float* x, float* sums) {
  __shared__ float sum;
  atomicAdd(&sum, x[threadIdx.x]);
  __syncthreads();
  if (threadIdx.x == 0) sums[blockIdx.x] = sum;
}

TEST(PlantedMemory, ASharedSumThatBeginsNowhere) {
  expect_fault({FaultKind::uninitialised,
                "sum_of_block",
                kSumOfBlock,
                "thread (0, 0, 0) of block (0, 0, 0) reads",
                {"shared memory that nobody has written"}},
               [] { launch(sum_of_block, {2}, {64})(counting(64).data(), counting(2).data()); });
}

constexpr int kNoHalo = __LINE__ + 5;
__global__ void blur_without_halo(const float* x, float* y) {
  __shared__ float tile[34];
  tile[threadIdx.x + 1] = x[threadIdx.x];
  __syncthreads();
  y[threadIdx.x] = tile[threadIdx.x] + tile[threadIdx.x + 1] + tile[threadIdx.x + 2];
}

TEST(PlantedMemory, AHaloThatNobodyLoads) {
  expect_fault(
      {FaultKind::uninitialised,
       "blur_without_halo",
       kNoHalo,
       "thread (0, 0, 0) of block (0, 0, 0) reads",
       {"shared memory that nobody has written"}},
      [] { launch(blur_without_halo, {1}, {32})(counting(32).data(), counting(32).data()); });
}

constexpr int kSecondBlock = __LINE__ + 5;
__global__ void table_of_first_block(float* x) {
  __shared__ float table[32];
  if (blockIdx.x == 0) table[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  x[blockIdx.x * 32 + threadIdx.x] = table[threadIdx.x];
}

TEST(PlantedMemory, SharedMemoryIsNotSharedByBlocks) {
  expect_fault({FaultKind::uninitialised,
                "table_of_first_block",
                kSecondBlock,
                "thread (0, 0, 0) of block (1, 0, 0) reads",
                {"shared memory that nobody has written", "Each block"}},
               [] { launch(table_of_first_block, {2}, {32})(counting(64).data()); });
}

}  // namespace
}  // namespace gradbook
