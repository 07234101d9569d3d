#include "kernels/examples/matmul_tiled.hpp"

namespace gradbook {

__global__ void matmul_tiled(const float* a, const float* b, float* c, int m, int n, int inner) {
  __shared__ float a_tile[kMatmulTile][kMatmulTile], b_tile[kMatmulTile][kMatmulTile];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int row = static_cast<int>(blockIdx.y) * kMatmulTile + y;
  const int column = static_cast<int>(blockIdx.x) * kMatmulTile + x;

  float sum = 0;
  for (int first = 0; first < inner; first += kMatmulTile) {
    // Each thread brings one element of both tiles, and 0 beyond the edges
    a_tile[y][x] = row < m && first + x < inner ? a[row * inner + first + x] : 0.0f;
    b_tile[y][x] = first + y < inner && column < n ? b[(first + y) * n + column] : 0.0f;
    __syncthreads();

    for (int k = 0; k < kMatmulTile; ++k) sum += a_tile[y][k] * b_tile[k][x];
    __syncthreads();  // nobody overwrites what another still reads
  }
  if (row < m && column < n) c[row * n + column] = sum;
}

}  // namespace gradbook
