// Wrong in part: the tree of a block has no barrier between its steps, a race.
#include "09_cuda/elementwise.hpp"
#include "09_cuda/reduce.hpp"

namespace gradbook {

__global__ void reduce_block_kernel(ReduceOp op, const float* x, float* partial, int n) {
  __shared__ float folded[1024];
  const unsigned t = threadIdx.x;
  float mine = start_of(op);
  for (unsigned i = blockIdx.x * blockDim.x + t; i < static_cast<unsigned>(n);
       i += gridDim.x * blockDim.x)
    mine = apply(op, mine, x[i]);
  folded[t] = mine;
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    // One barrier before the loop is enough: each thread writes its own place
    if (t < half) folded[t] = apply(op, folded[t], folded[t + half]);
  }
  if (t == 0) partial[blockIdx.x] = folded[0];
}

__device__ float fold_lanes(ReduceOp op, float mine, unsigned lanes) {
  const unsigned lane = threadIdx.x % 32, mask = lanes < 32 ? (1u << lanes) - 1 : 0xffffffff;
  for (unsigned step = 16; step > 0; step /= 2) {
    const bool there = lane + step < lanes;
    const float other = __shfl_sync(mask, mine, static_cast<int>(there ? lane + step : lane));
    if (there) mine = apply(op, mine, other);
  }
  return mine;
}

__global__ void reduce_warp_kernel(ReduceOp op, const float* x, float* y, int columns) {
  __shared__ float of_warps[32];
  const unsigned t = threadIdx.x, warp = t / 32, all = blockDim.x, warps = (all + 31) / 32;
  const float* row = x + static_cast<long long>(blockIdx.x) * columns;
  float mine = start_of(op);
  for (unsigned j = t; j < static_cast<unsigned>(columns); j += all) mine = apply(op, mine, row[j]);

  mine = fold_lanes(op, mine, all - warp * 32 < 32 ? all - warp * 32 : 32);
  if (t % 32 == 0) of_warps[warp] = mine;
  __syncthreads();
  if (warp > 0) return;
  mine = fold_lanes(op, t < warps ? of_warps[t] : start_of(op), all < 32 ? all : 32);
  if (t == 0) y[blockIdx.x] = mine;
}

float reduce_on_device(ReduceOp op, const float* x, int n) {
  if (n == 0) return start_of(op);
  const unsigned enough = blocks_for(n, 256), blocks = enough < 256 ? enough : 256;
  DeviceBuffer<float> partial(blocks), result(1);
  launch(reduce_block_kernel, blocks, 256)(op, x, partial.data(), n);
  launch(reduce_block_kernel, 1, 256)(op, partial.data(), result.data(), static_cast<int>(blocks));
  return result.to_host()[0];
}

}  // namespace gradbook
