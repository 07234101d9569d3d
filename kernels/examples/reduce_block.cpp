#include "kernels/examples/reduce_block.hpp"

namespace gradbook {

extern __shared__ float shared[];  // (blockDim.x)

__global__ void reduce_block(const float* x, float* sums, int n) {
  const unsigned t = threadIdx.x;
  const int i = static_cast<int>(blockIdx.x * blockDim.x + t);
  shared[t] = i < n ? x[i] : 0.0f;
  __syncthreads();

  // Add the upper half to the lower one until there are as many sums as lanes
  for (unsigned half = blockDim.x / 2; half >= 32; half /= 2) {
    if (t < half) shared[t] += shared[t + half];
    __syncthreads();
  }

  // The first warp goes on without shared memory and without barriers
  if (t >= 32) return;
  float sum = shared[t];
  for (unsigned lanes = 16; lanes > 0; lanes /= 2) sum += __shfl_down_sync(0xffffffff, sum, lanes);
  if (t == 0) sums[blockIdx.x] = sum;
}

}  // namespace gradbook
