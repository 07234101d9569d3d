#include "kernels/examples/matmul_tensor.hpp"

namespace gradbook {

namespace wmma = nvcuda::wmma;

__global__ void matmul_tensor(const __half* a, const __half* b, float* c, int m, int n, int inner) {
  const int row = static_cast<int>(blockIdx.y) * kTensorTile;
  const int column = static_cast<int>(blockIdx.x) * kTensorTile;
  if (row >= m || column >= n) return;  // the same for all lanes

  // The warp holds these together, some numbers in each lane
  wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major> a_tile;
  wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::row_major> b_tile;
  wmma::fragment<wmma::accumulator, 16, 16, 16, float> held;
  wmma::fill_fragment(held, 0.0f);

  for (int first = 0; first < inner; first += kTensorTile) {
    wmma::load_matrix_sync(a_tile, a + row * inner + first, static_cast<unsigned>(inner));
    wmma::load_matrix_sync(b_tile, b + first * n + column, static_cast<unsigned>(n));
    wmma::mma_sync(held, a_tile, b_tile, held);
  }
  wmma::store_matrix_sync(c + row * n + column, held, static_cast<unsigned>(n),
                          wmma::mem_row_major);
}

}  // namespace gradbook
