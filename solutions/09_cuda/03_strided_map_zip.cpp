#include "09_cuda/strided.hpp"

namespace gradbook {

__host__ __device__ int offset_of(int position, const StridedLayout& layout) {
  // SOLUTION BEGIN  from the last axis to the first: the remainder is the index, the quotient what is left
  int offset = 0;
  for (int axis = layout.rank - 1; axis >= 0; --axis) {
    offset += position % layout.shape[axis] * layout.strides[axis];
    position /= layout.shape[axis];
  }
  return offset;
  // SOLUTION END
}

__global__ void strided_map_kernel(MapOp op, const float* x, StridedLayout layout, float* y) {
  // SOLUTION BEGIN  9.1's loop over positions; only what is read lies somewhere else
  const int n = elements_of(layout), all = static_cast<int>(gridDim.x * blockDim.x);
  for (int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); i < n; i += all)
    y[i] = apply(op, x[offset_of(i, layout)]);
  // SOLUTION END
}

__global__ void strided_zip_kernel(ZipOp op, const float* a, StridedLayout layout_a, const float* b,
                                   StridedLayout layout_b, float* c) {
  // SOLUTION BEGIN  one position of the result, and a place of its own in each operand
  const int n = elements_of(layout_a), all = static_cast<int>(gridDim.x * blockDim.x);
  for (int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); i < n; i += all)
    c[i] = apply(op, a[offset_of(i, layout_a)], b[offset_of(i, layout_b)]);
  // SOLUTION END
}

}  // namespace gradbook
