#include "09_cuda/tensor_cores.hpp"

namespace gradbook {

namespace wmma = nvcuda::wmma;

using LeftTile = wmma::fragment<wmma::matrix_a, 16, 16, 16, __half, wmma::row_major>;
using RightTile = wmma::fragment<wmma::matrix_b, 16, 16, 16, __half, wmma::row_major>;
using SumTile = wmma::fragment<wmma::accumulator, 16, 16, 16, float>;

__global__ void matmul_fragments_kernel(Gemm g, const __half* a, const __half* b, float* c) {
  // TODO(9.12): the warp acts as one: the same address for all lanes, and no branch that some take
  not_started("9.12");
}

__global__ void matmul_wmma_kernel(Gemm g, const __half* a, const __half* b, float* c) {
  // TODO(9.12): shared tiles have what fragments want: alignment, and zeros where the matrix ends
  not_started("9.12");
}

}  // namespace gradbook
