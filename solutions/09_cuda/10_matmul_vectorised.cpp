#include "09_cuda/matmul_vectorised.hpp"

namespace gradbook {

__device__ float4 load_four(const float* from, int left) {
  // SOLUTION BEGIN  one access where it is allowed; else each number with a guard of its own
  if (left >= 4 && starts_sixteen(from)) return *reinterpret_cast<const float4*>(from);
  return make_float4(left > 0 ? from[0] : 0.0f, left > 1 ? from[1] : 0.0f,
                     left > 2 ? from[2] : 0.0f, left > 3 ? from[3] : 0.0f);
  // SOLUTION END
}

__global__ void matmul_vectorised_kernel(Gemm g, const float* a, const float* b, float* c) {
  // SOLUTION BEGIN  a's four go to four rows of the turned tile; a thread's eight are two fours, half a tile apart
  using Tile = VectorTile;
  alignas(16) __shared__ float a_tile[Tile::kDepth][Tile::kPadded];
  alignas(16) __shared__ float b_tile[Tile::kDepth][Tile::kColumns];
  const int t = static_cast<int>(threadIdx.x);
  const int top = static_cast<int>(blockIdx.y) * Tile::kRows,
            left = static_cast<int>(blockIdx.x) * Tile::kColumns;
  const int i = t / 2, a_k = t % 2 * 4;    // a thread brings four of A, two threads a row,
  const int b_k = t / 32, j = t % 32 * 4;  // and four of B, a warp a row
  const int row = t / 16 * 4, column = t % 16 * 4;
  a += blockIdx.z * g.stride_a + 1ll * (top + i) * g.lda + a_k;
  b += blockIdx.z * g.stride_b + 1ll * b_k * g.ldb + left + j;
  c += blockIdx.z * g.stride_c;

  float sums[8][8] = {};
  for (int first = 0; first < g.k; first += Tile::kDepth) {
    const float4 four = load_four(a + first, top + i < g.m ? g.k - first - a_k : 0);
    a_tile[a_k][i] = four.x;
    a_tile[a_k + 1][i] = four.y;
    a_tile[a_k + 2][i] = four.z;
    a_tile[a_k + 3][i] = four.w;
    *reinterpret_cast<float4*>(&b_tile[b_k][j]) =
        load_four(b + 1ll * first * g.ldb, first + b_k < g.k ? g.n - left - j : 0);
    __syncthreads();

    for (int k = 0; k < Tile::kDepth; ++k) {
      float of_a[8], of_b[8];
      for (int half = 0; half < 2; ++half) {
        read_four(&a_tile[k][row + 64 * half], of_a + 4 * half);
        read_four(&b_tile[k][column + 64 * half], of_b + 4 * half);
      }
      for (int y = 0; y < 8; ++y)
        for (int x = 0; x < 8; ++x) sums[y][x] += of_a[y] * of_b[x];
    }
    __syncthreads();
  }
  GRADBOOK_UNROLL for (int n = 0; n < 16; ++n)  // two fours in each of eight rows
      write_four(g, c, top + row + n / 2 % 4 + n / 8 * 64, left + column + n % 2 * 64,
                 &sums[n / 2][n % 2 * 4]);
  // SOLUTION END
}

namespace {

// SOLUTION BEGIN  what the last two have in common: fours on their way, their place, and the product of two tiles

struct Fours {
  float4 a[4], b[4];
};

// What this thread brings of the tiles that begin at column or row `first`
__device__ Fours fetch(const Gemm& g, const float* a, const float* b, int first) {
  const int t = static_cast<int>(threadIdx.x);
  const int left = static_cast<int>(blockIdx.x) * WarpTile::kColumns + t % 32 * 4;
  Fours fours;
  for (int n = 0; n < 4; ++n) {
    const int row = static_cast<int>(blockIdx.y) * WarpTile::kRows + t / 2 + n % 2 * 64,
              a_k = first + t % 2 * 4 + n / 2 * 8, b_k = first + t / 32 + n * 4;
    fours.a[n] = load_four(a + 1ll * row * g.lda + a_k, row < g.m ? g.k - a_k : 0);
    fours.b[n] = load_four(b + 1ll * b_k * g.ldb + left, b_k < g.k ? g.n - left : 0);
  }
  return fours;
}

__device__ void put(const Fours& fours, float (&a_tile)[WarpTile::kDepth][WarpTile::kPadded],
                    float (&b_tile)[WarpTile::kDepth][WarpTile::kColumns]) {
  const int t = static_cast<int>(threadIdx.x);
  for (int n = 0; n < 4; ++n) {
    const int row = t / 2 + n % 2 * 64, k = t % 2 * 4 + n / 2 * 8;
    a_tile[k][row] = fours.a[n].x;
    a_tile[k + 1][row] = fours.a[n].y;
    a_tile[k + 2][row] = fours.a[n].z;
    a_tile[k + 3][row] = fours.a[n].w;
    *reinterpret_cast<float4*>(&b_tile[t / 32 + n * 4][t % 32 * 4]) = fours.b[n];
  }
}

// Where this thread's elements begin in the block's tile
__device__ int first_row() {
  const int warp = static_cast<int>(threadIdx.x) / 32, lane = static_cast<int>(threadIdx.x) % 32;
  return warp / 2 * WarpTile::kWarpRows + lane / 4 * 4;
}
__device__ int first_column() {
  const int warp = static_cast<int>(threadIdx.x) / 32, lane = static_cast<int>(threadIdx.x) % 32;
  return warp % 2 * WarpTile::kWarpColumns + lane % 4 * 4;
}

__device__ void multiply(const float (&a_tile)[WarpTile::kDepth][WarpTile::kPadded],
                         const float (&b_tile)[WarpTile::kDepth][WarpTile::kColumns],
                         float (&sums)[8][16]) {
  const int row = first_row(), column = first_column();
  for (int k = 0; k < WarpTile::kDepth; ++k) {
    float of_a[8], of_b[16];
    for (int n = 0; n < 2; ++n) read_four(&a_tile[k][row + 32 * n], of_a + 4 * n);
    for (int n = 0; n < 4; ++n) read_four(&b_tile[k][column + 16 * n], of_b + 4 * n);
    for (int y = 0; y < 8; ++y)
      for (int x = 0; x < 16; ++x) sums[y][x] += of_a[y] * of_b[x];
  }
}

__device__ void write(const Gemm& g, float* c, const float (&sums)[8][16]) {
  const int row = static_cast<int>(blockIdx.y) * WarpTile::kRows + first_row(),
            column = static_cast<int>(blockIdx.x) * WarpTile::kColumns + first_column();
  GRADBOOK_UNROLL for (int n = 0; n < 32; ++n)  // four fours in each of eight rows
      write_four(g, c, row + n / 4 % 4 + n / 16 * 32, column + n % 4 * 16, &sums[n / 4][n % 4 * 4]);
}

// SOLUTION END

}  // namespace

__global__ void matmul_warp_tiled_kernel(Gemm g, const float* a, const float* b, float* c) {
  // SOLUTION BEGIN  a block's tile for its warps, a warp's for its lanes, a lane's in fours
  alignas(16) __shared__ float a_tile[WarpTile::kDepth][WarpTile::kPadded];
  alignas(16) __shared__ float b_tile[WarpTile::kDepth][WarpTile::kColumns];
  a += blockIdx.z * g.stride_a;
  b += blockIdx.z * g.stride_b;

  float sums[8][16] = {};
  for (int first = 0; first < g.k; first += WarpTile::kDepth) {
    put(fetch(g, a, b, first), a_tile, b_tile);
    __syncthreads();
    multiply(a_tile, b_tile, sums);
    __syncthreads();
  }
  write(g, c + blockIdx.z * g.stride_c, sums);
  // SOLUTION END
}

__global__ void matmul_double_buffered_kernel(Gemm g, const float* a, const float* b, float* c) {
  // SOLUTION BEGIN  fetch the next, multiply this one, put the next where nobody reads; then wait, once
  alignas(16) __shared__ float a_tiles[2][WarpTile::kDepth][WarpTile::kPadded];
  alignas(16) __shared__ float b_tiles[2][WarpTile::kDepth][WarpTile::kColumns];
  a += blockIdx.z * g.stride_a;
  b += blockIdx.z * g.stride_b;

  float sums[8][16] = {};
  if (g.k > 0) put(fetch(g, a, b, 0), a_tiles[0], b_tiles[0]);
  for (int first = 0, now = 0; first < g.k; first += WarpTile::kDepth, now = 1 - now) {
    __syncthreads();  // this pair is there, and nobody reads the one before it any more
    const bool more = first + WarpTile::kDepth < g.k;
    Fours next;
    if (more) next = fetch(g, a, b, first + WarpTile::kDepth);
    multiply(a_tiles[now], b_tiles[now], sums);
    if (more) put(next, a_tiles[1 - now], b_tiles[1 - now]);
  }
  write(g, c + blockIdx.z * g.stride_c, sums);
  // SOLUTION END
}

}  // namespace gradbook
