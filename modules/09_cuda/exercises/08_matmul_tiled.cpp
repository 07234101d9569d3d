#include "09_cuda/matmul.hpp"

namespace gradbook {

__global__ void matmul_tiled_kernel(Gemm g, const float* a, const float* b, float* c) {
  // TODO(9.8): bring a tile of each, wait, multiply, wait; nobody leaves before the last barrier
  not_started("9.8");
}

}  // namespace gradbook
