#include "kernels/examples/sum_pipelined.hpp"

namespace gradbook {

__global__ void sum_pipelined(const float* x, float* sums, int tiles) {
  __shared__ float tile[2][kPipelinedTile];  // one is read while the other is filled
  const int t = static_cast<int>(threadIdx.x);
  const float* row = x + static_cast<int>(blockIdx.x) * tiles * kPipelinedTile;
  __pipeline_memcpy_async(&tile[0][t], &row[t], sizeof(float));
  __pipeline_commit();

  float sum = 0;
  for (int i = 0; i < tiles; ++i) {
    // The next tile sets out; a group that is empty at the end keeps the count
    if (i + 1 < tiles)
      __pipeline_memcpy_async(&tile[(i + 1) % 2][t], &row[(i + 1) * kPipelinedTile + t],
                              sizeof(float));
    __pipeline_commit();
    __pipeline_wait_prior(1);  // all but the newest group have come, for this thread
    __syncthreads();           // and for the others

    // Each thread reads what its mirror image has brought
    sum += tile[i % 2][kPipelinedTile - 1 - t];
    __syncthreads();  // nobody fills what another still reads
  }

  __shared__ float parts[kPipelinedTile];
  parts[t] = sum;
  __syncthreads();
  for (int half = kPipelinedTile / 2; half > 0; half /= 2) {
    if (t < half) parts[t] += parts[t + half];
    __syncthreads();
  }
  if (t == 0) sums[blockIdx.x] = parts[0];
}

}  // namespace gradbook
