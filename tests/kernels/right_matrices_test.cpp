// Kernels for tensor cores that are right: no alarm, and the product that float64 gives.
#include "kernels/examples/matmul_tensor.hpp"
#include "right.hpp"

namespace gradbook {
namespace {

namespace wmma = nvcuda::wmma;

using Left = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major>;
using LeftByColumns = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::col_major>;
using Right = wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::row_major>;
using RightByColumns = wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::col_major>;
using Sum = wmma::fragment<wmma::accumulator, 16, 16, 16, float>;

// Numbers that are no whole ones, as 16 bits have them
std::vector<__half> some_halves(int n, unsigned state = 7) {
  std::vector<__half> numbers;
  for (int i = 0; i < n; ++i) {
    state = state * 1664525u + 1013904223u;
    numbers.push_back(static_cast<float>(state >> 8) * 0x1p-23f - 1);
  }
  return numbers;
}

// a (m, k) times b (k, n), at i, j
double product_at(const std::vector<__half>& a, const std::vector<__half>& b, int i, int j, int n,
                  int k) {
  double sum = 0;
  for (int l = 0; l < k; ++l) sum += double(float(a[i * k + l])) * double(float(b[l * n + j]));
  return sum;
}

void expect_product(const std::vector<float>& c, const std::vector<__half>& a,
                    const std::vector<__half>& b, int m, int n, int k) {
  for (int i = 0; i < m; ++i)
    for (int j = 0; j < n; ++j)
      ASSERT_NEAR(c[i * n + j], product_at(a, b, i, j, n, k), 1e-5) << i << ", " << j;
}

std::vector<__half> turned(const std::vector<__half>& a, int rows, int columns) {
  std::vector<__half> other(a.size());
  for (int i = 0; i < rows * columns; ++i) other[i % columns * rows + i / columns] = a[i];
  return other;
}

template <class A, class B>
__global__ void one_tile(const __half* a, const __half* b, float* c, wmma::layout_t layout) {
  A a_tile;
  B b_tile;
  Sum sum;
  wmma::load_matrix_sync(a_tile, a, 16);
  wmma::load_matrix_sync(b_tile, b, 16);
  wmma::load_matrix_sync(sum, c, 16, layout);
  wmma::mma_sync(sum, a_tile, b_tile, sum);
  wmma::store_matrix_sync(c, sum, 16, layout);
}

template <class A, class B>
void try_one_tile(bool a_turned, bool b_turned, wmma::layout_t layout) {
  const std::vector<__half> a = some_halves(256), b = some_halves(256, 8);
  in_every_order([&] {
    const DeviceBuffer<__half> on_a(a_turned ? turned(a, 16, 16) : a);
    const DeviceBuffer<__half> on_b(b_turned ? turned(b, 16, 16) : b);
    DeviceBuffer<float> c(std::vector<float>(256, 3.0f));
    launch(one_tile<A, B>, {1}, {32})(on_a.data(), on_b.data(), c.data(), layout);
    std::vector<float> result = c.to_host();
    for (int i = 0; i < 256; ++i) {
      const int row = layout == wmma::mem_row_major ? i / 16 : i % 16;
      const int column = layout == wmma::mem_row_major ? i % 16 : i / 16;
      ASSERT_NEAR(result[i], 3 + product_at(a, b, row, column, 16, 16), 1e-5);
    }
  });
}

TEST(RightMatrices, ATileInEachLayout) {
  try_one_tile<Left, Right>(false, false, wmma::mem_row_major);
  try_one_tile<LeftByColumns, Right>(true, false, wmma::mem_row_major);
  try_one_tile<Left, RightByColumns>(false, true, wmma::mem_col_major);
  try_one_tile<LeftByColumns, RightByColumns>(true, true, wmma::mem_col_major);
}

TEST(RightMatrices, TheExampleIsTheProduct) {
  for (const auto& [m, n, k] : {std::array{16, 16, 16}, {64, 64, 64}, {32, 48, 16}}) {
    const std::vector<__half> a = some_halves(m * k), b = some_halves(k * n, 8);
    in_every_order([&] {
      const DeviceBuffer<__half> on_a(a), on_b(b);
      DeviceBuffer<float> c(static_cast<std::size_t>(m * n));
      expect_written_once(c.data());
      launch(matmul_tensor, {unsigned(n / 16), unsigned(m / 16)}, {32})(on_a.data(), on_b.data(),
                                                                        c.data(), m, n, k);
      expect_product(c.to_host(), a, b, m, n, k);
    });
  }
}

// Four warps, each with 16 rows of a tile of 64 rows that lies in shared memory, 8 numbers padded
__global__ void through_shared(const __half* a, const __half* b, float* c, int k) {
  __shared__ __align__(32) __half a_tile[64][24], b_tile[16][24];
  const int warp = static_cast<int>(threadIdx.x) / 32;
  Left left;
  Right right;
  Sum sum;
  wmma::fill_fragment(sum, 0.0f);
  for (int first = 0; first < k; first += 16) {
    for (int i = static_cast<int>(threadIdx.x); i < 64 * 16; i += 128)
      a_tile[i / 16][i % 16] = a[i / 16 * k + first + i % 16];
    for (int i = static_cast<int>(threadIdx.x); i < 16 * 16; i += 128)
      b_tile[i / 16][i % 16] = b[(first + i / 16) * 16 + i % 16];
    __syncthreads();
    wmma::load_matrix_sync(left, a_tile[warp * 16], 24);
    wmma::load_matrix_sync(right, b_tile[0], 24);
    wmma::mma_sync(sum, left, right, sum);
    __syncthreads();
  }
  for (int i = 0; i < sum.num_elements; ++i) sum.x[i] = sum.x[i] * 2 + 1;
  wmma::store_matrix_sync(c + warp * 16 * 16, sum, 16, wmma::mem_row_major);
}

TEST(RightMatrices, FromSharedMemoryAndElementByElement) {
  const std::vector<__half> a = some_halves(64 * 64), b = some_halves(64 * 16, 8);
  in_every_order([&] {
    const DeviceBuffer<__half> on_a(a), on_b(b);
    DeviceBuffer<float> c(64 * 16);
    launch(through_shared, {1}, {128})(on_a.data(), on_b.data(), c.data(), 64);
    std::vector<float> result = c.to_host();
    for (float& number : result) number = (number - 1) / 2;
    expect_product(result, a, b, 64, 16, 64);
  });
}

TEST(RightMatrices, CountWhatTheLanesReadTogether) {
  const DeviceBuffer<__half> a(some_halves(256)), b(some_halves(256));
  DeviceBuffer<float> c(256);
  count_warps(true);
  launch(matmul_tensor, {1}, {32})(a.data(), b.data(), c.data(), 16, 16, 16);
  count_warps(false);
  const KernelCounters& did = last_launch().counters;
  EXPECT_EQ(did.global_read_bytes, 2 * 256 * 2);
  EXPECT_EQ(did.global_write_bytes, 256 * 4);
  EXPECT_EQ(did.global_requests, 3 * 4) << "two numbers of each lane at once, for three tiles";
  EXPECT_EQ(did.global_sectors, (2 + 1) * 4 * 8) << "half a row each: 8 rows, a sector in each";
  EXPECT_EQ(did.divergent, 0);
}

}  // namespace
}  // namespace gradbook
