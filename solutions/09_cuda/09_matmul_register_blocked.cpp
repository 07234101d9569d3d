#include "09_cuda/matmul_registers.hpp"

namespace gradbook {

namespace {

// SOLUTION BEGIN  what both have in common: all threads of a block bring two tiles, each number once

// The tiles of A and B that begin at column or row `first`, with 0 beyond the edges
template <class Tile>
__device__ void bring(const Gemm& g, const float* a, const float* b, int first,
                      float (&a_tile)[Tile::kRows][Tile::kDepth],
                      float (&b_tile)[Tile::kDepth][Tile::kColumns]) {
  const int t = static_cast<int>(threadIdx.x);
  const int top = static_cast<int>(blockIdx.y) * Tile::kRows,
            left = static_cast<int>(blockIdx.x) * Tile::kColumns;
  for (int at = t; at < Tile::kRows * Tile::kDepth; at += Tile::kThreads) {
    const int i = at / Tile::kDepth, k = at % Tile::kDepth;
    const bool there = top + i < g.m && first + k < g.k;
    a_tile[i][k] = there ? a[1ll * (top + i) * g.lda + first + k] : 0.0f;
  }
  for (int at = t; at < Tile::kDepth * Tile::kColumns; at += Tile::kThreads) {
    const int k = at / Tile::kColumns, j = at % Tile::kColumns;
    const bool there = first + k < g.k && left + j < g.n;
    b_tile[k][j] = there ? b[1ll * (first + k) * g.ldb + left + j] : 0.0f;
  }
}

// SOLUTION END

}  // namespace

__global__ void matmul_register_1d_kernel(Gemm g, const float* a, const float* b, float* c) {
  // SOLUTION BEGIN  a number of b's tile is read once for a column of sums
  using Tile = RegisterTile1d;
  __shared__ float a_tile[Tile::kRows][Tile::kDepth], b_tile[Tile::kDepth][Tile::kColumns];
  const int t = static_cast<int>(threadIdx.x);
  const int row = t / Tile::kColumns * Tile::kEach, column = t % Tile::kColumns;  // in the tile
  a += blockIdx.z * g.stride_a;
  b += blockIdx.z * g.stride_b;
  c += blockIdx.z * g.stride_c;

  float sums[Tile::kEach] = {};
  for (int first = 0; first < g.k; first += Tile::kDepth) {
    bring<Tile>(g, a, b, first, a_tile, b_tile);
    __syncthreads();
    for (int k = 0; k < Tile::kDepth; ++k) {
      const float of_b = b_tile[k][column];
      for (int i = 0; i < Tile::kEach; ++i) sums[i] += a_tile[row + i][k] * of_b;
    }
    __syncthreads();
  }
  for (int i = 0; i < Tile::kEach; ++i)
    write_element(g, c, static_cast<int>(blockIdx.y) * Tile::kRows + row + i,
                  static_cast<int>(blockIdx.x) * Tile::kColumns + column, sums[i]);
  // SOLUTION END
}

__global__ void matmul_register_2d_kernel(Gemm g, const float* a, const float* b, float* c) {
  // SOLUTION BEGIN  for each k a column of a's tile times a row of b's, both out of registers
  using Tile = RegisterTile2d;
  constexpr int kAcross = Tile::kColumns / Tile::kEachColumns;  // threads side by side
  __shared__ float a_tile[Tile::kRows][Tile::kDepth], b_tile[Tile::kDepth][Tile::kColumns];
  const int t = static_cast<int>(threadIdx.x);
  const int row = t / kAcross * Tile::kEachRows, column = t % kAcross * Tile::kEachColumns;
  a += blockIdx.z * g.stride_a;
  b += blockIdx.z * g.stride_b;
  c += blockIdx.z * g.stride_c;

  float sums[Tile::kEachRows][Tile::kEachColumns] = {};
  for (int first = 0; first < g.k; first += Tile::kDepth) {
    bring<Tile>(g, a, b, first, a_tile, b_tile);
    __syncthreads();
    for (int k = 0; k < Tile::kDepth; ++k) {
      float of_a[Tile::kEachRows], of_b[Tile::kEachColumns];
      for (int i = 0; i < Tile::kEachRows; ++i) of_a[i] = a_tile[row + i][k];
      for (int j = 0; j < Tile::kEachColumns; ++j) of_b[j] = b_tile[k][column + j];
      for (int i = 0; i < Tile::kEachRows; ++i)
        for (int j = 0; j < Tile::kEachColumns; ++j) sums[i][j] += of_a[i] * of_b[j];
    }
    __syncthreads();
  }
  for (int i = 0; i < Tile::kEachRows; ++i)
    for (int j = 0; j < Tile::kEachColumns; ++j)
      write_element(g, c, static_cast<int>(blockIdx.y) * Tile::kRows + row + i,
                    static_cast<int>(blockIdx.x) * Tile::kColumns + column + j, sums[i][j]);
  // SOLUTION END
}

}  // namespace gradbook
