#include "09_cuda/scan.hpp"

#include "09_cuda/elementwise.hpp"

namespace gradbook {

__global__ void scan_block_kernel(Scan kind, const float* x, float* y, float* totals, int n) {
  // TODO(9.5): each number reaches twice as far with every step; read from one row, write the other
  not_started("9.5");
}

__global__ void add_offsets_kernel(float* y, const float* offsets, int n) {
  // TODO(9.5): one offset for the whole block
  not_started("9.5");
}

void scan_on_device(Scan kind, const float* x, float* y, int n, unsigned threads) {
  // TODO(9.5): what comes before a block is a scan of the blocks' totals: the same again
  not_started("9.5");
}

}  // namespace gradbook
