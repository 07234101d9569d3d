// Right numbers by tiles that are all brought twice.
#include "09_cuda/matmul.hpp"

namespace gradbook {

__global__ void matmul_tiled_kernel(Gemm g, const float* a, const float* b, float* c) {
  constexpr int kT = kGemmTile;
  __shared__ float a_tile[kT][kT], b_tile[kT][kT];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int row = static_cast<int>(blockIdx.y) * kT + y,
            column = static_cast<int>(blockIdx.x) * kT + x;
  a += blockIdx.z * g.stride_a + 1ll * row * g.lda;
  b += blockIdx.z * g.stride_b + column;
  c += blockIdx.z * g.stride_c + 1ll * row * g.ldc + column;

  // The even products first, then the odd ones: two short sums are more exact than a long one
  float sums[2] = {0, 0};
  for (int step = 0; step < 2 * ((g.k + kT - 1) / kT); ++step) {
    const int first = step / 2 * kT, odd = step % 2;
    // Bring one number of both tiles, and 0 beyond the edges
    a_tile[y][x] = row < g.m && first + x < g.k ? a[first + x] : 0.0f;
    b_tile[y][x] = first + y < g.k && column < g.n ? b[1ll * (first + y) * g.ldb] : 0.0f;
    __syncthreads();

    for (int k = odd; k < kT; k += 2) sums[odd] += a_tile[y][k] * b_tile[k][x];
    __syncthreads();  // nobody overwrites what another still reads
  }
  if (row >= g.m || column >= g.n) return;
  const float sum = sums[0] + sums[1];
  *c = g.beta == 0 ? g.alpha * sum : g.alpha * sum + g.beta * *c;
}

}  // namespace gradbook
