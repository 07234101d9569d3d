#include "kernels/examples/transpose.hpp"

namespace gradbook {

__global__ void transpose(const float* in, float* out, int rows, int columns) {
  // One column more than is used: without it all 32 elements of a column are in one bank
  __shared__ float tile[kTransposeTile][kTransposeTile + 1];
  const int x = static_cast<int>(threadIdx.x), y = static_cast<int>(threadIdx.y);
  const int first_row = static_cast<int>(blockIdx.y) * kTransposeTile;
  const int first_column = static_cast<int>(blockIdx.x) * kTransposeTile;

  // Read rows of the input: neighbours in x are neighbours in memory
  for (int r = y; r < kTransposeTile; r += kTransposeRows) {
    const int row = first_row + r, column = first_column + x;
    if (row < rows && column < columns) tile[r][x] = in[row * columns + column];
  }
  __syncthreads();

  // Write rows of the output, which are columns of the tile
  for (int r = y; r < kTransposeTile; r += kTransposeRows) {
    const int row = first_column + r, column = first_row + x;
    if (row < columns && column < rows) out[row * rows + column] = tile[x][r];
  }
}

}  // namespace gradbook
