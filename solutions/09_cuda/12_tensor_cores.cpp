#include "09_cuda/tensor_cores.hpp"

namespace gradbook {

namespace wmma = nvcuda::wmma;

using LeftTile = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major>;
using RightTile = wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::row_major>;
using SumTile = wmma::fragment<wmma::accumulator, 16, 16, 16, float>;

__global__ void matmul_fragments_kernel(Gemm g, const __half* a, const __half* b, float* c) {
  // SOLUTION BEGIN  the warp acts as one: the same address for all lanes, and no branch that some take
  a += blockIdx.z * g.stride_a + static_cast<long long>(blockIdx.y) * kFragment * g.lda;
  b += blockIdx.z * g.stride_b + blockIdx.x * kFragment;
  c += blockIdx.z * g.stride_c + static_cast<long long>(blockIdx.y) * kFragment * g.ldc +
       blockIdx.x * kFragment;
  LeftTile left;
  RightTile right;
  SumTile sum, old;
  wmma::fill_fragment(sum, 0.0f);
  for (int first = 0; first < g.k; first += kFragment) {
    wmma::load_matrix_sync(left, a + first, static_cast<unsigned>(g.lda));
    wmma::load_matrix_sync(right, b + static_cast<long long>(first) * g.ldb,
                           static_cast<unsigned>(g.ldb));
    wmma::mma_sync(sum, left, right, sum);
  }

  // Lanes hold the same places of both, whichever these are
  wmma::fill_fragment(old, 0.0f);
  if (g.beta != 0)
    wmma::load_matrix_sync(old, c, static_cast<unsigned>(g.ldc), wmma::mem_row_major);
  for (int i = 0; i < sum.num_elements; ++i) sum.x[i] = g.alpha * sum.x[i] + g.beta * old.x[i];
  wmma::store_matrix_sync(c, sum, static_cast<unsigned>(g.ldc), wmma::mem_row_major);
  // SOLUTION END
}

__global__ void matmul_wmma_kernel(Gemm g, const __half* a, const __half* b, float* c) {
  // SOLUTION BEGIN  shared tiles have what fragments want: alignment, and zeros where the matrix ends
  constexpr int kOfA = kFragment + 8, kOfB = kWmmaTile + 8;  // 12 and 20 words: 8 rows, all banks
  __shared__ __align__(32) __half a_tile[kWmmaTile][kOfA];
  __shared__ __align__(32) __half b_tile[kFragment][kOfB];
  __shared__ __align__(32) float c_tile[kWmmaTile][kWmmaTile + 4];
  const int t = static_cast<int>(threadIdx.x), threads = static_cast<int>(blockDim.x),
            row = static_cast<int>(blockIdx.y) * kWmmaTile,
            column = static_cast<int>(blockIdx.x) * kWmmaTile, warp_row = t / 64 * kFragment,
            warp_column = t / 32 % 2 * kFragment;
  a += blockIdx.z * g.stride_a;
  b += blockIdx.z * g.stride_b;
  c += blockIdx.z * g.stride_c;
  LeftTile left;
  RightTile right;
  SumTile sum;
  wmma::fill_fragment(sum, 0.0f);
  for (int first = 0; first < g.k; first += kFragment) {
    // Bring both tiles, side by side from side by side
    for (int at = t; at < kWmmaTile * kFragment; at += threads) {
      const int i = at / kFragment, k = at % kFragment;
      const bool inside = row + i < g.m && first + k < g.k;
      a_tile[i][k] = inside ? a[static_cast<long long>(row + i) * g.lda + first + k] : __half(0.0f);
    }
    for (int at = t; at < kWmmaTile * kFragment; at += threads) {
      const int k = at / kWmmaTile, j = at % kWmmaTile;
      const bool inside = first + k < g.k && column + j < g.n;
      b_tile[k][j] =
          inside ? b[static_cast<long long>(first + k) * g.ldb + column + j] : __half(0.0f);
    }
    __syncthreads();

    // Each warp multiplies its rows and its columns
    wmma::load_matrix_sync(left, &a_tile[warp_row][0], kOfA);
    wmma::load_matrix_sync(right, &b_tile[0][warp_column], kOfB);
    wmma::mma_sync(sum, left, right, sum);
    __syncthreads();  // nobody overwrites what another still reads
  }

  // Write what lies inside of C, by way of shared memory: no lane knows which numbers it holds
  wmma::store_matrix_sync(&c_tile[warp_row][warp_column], sum, kWmmaTile + 4, wmma::mem_row_major);
  __syncthreads();
  for (int at = t; at < kWmmaTile * kWmmaTile; at += threads) {
    const int i = at / kWmmaTile, j = at % kWmmaTile;
    if (row + i >= g.m || column + j >= g.n) continue;
    float& out = c[static_cast<long long>(row + i) * g.ldc + column + j];
    out = g.alpha * c_tile[i][j] + (g.beta == 0 ? 0 : g.beta * out);
  }
  // SOLUTION END
}

}  // namespace gradbook
