#include "09_cuda/elementwise.hpp"

namespace gradbook {

unsigned blocks_for(int n, unsigned threads) {
  // TODO(9.1): a division of whole numbers rounds down, and here the rest wants a block too
  not_started("9.1");
}

__global__ void vector_add_kernel(const float* a, const float* b, float* c, int n) {
  // TODO(9.1): which thread of all is this one, and is there an element for it?
  not_started("9.1");
}

__global__ void map_kernel(MapOp op, const float* x, float* y, int n) {
  // TODO(9.1): a loop that strides over the grid: neighbours stay neighbours
  not_started("9.1");
}

__global__ void zip_kernel(ZipOp op, const float* a, const float* b, float* c, int rows,
                           int columns) {
  // TODO(9.1): two axes, two guards; a row lies in one piece
  not_started("9.1");
}

}  // namespace gradbook
