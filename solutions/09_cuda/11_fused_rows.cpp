#include "09_cuda/fused.hpp"

namespace gradbook {

__device__ float fold_block(ReduceOp op, float value) {
  // SOLUTION BEGIN  32 by shuffles, then all warps by shared memory; who reads it must not be overtaken
  __shared__ float of_warp[32];
  for (int lanes = 16; lanes > 0; lanes /= 2)
    value = apply(op, value, __shfl_xor_sync(0xffffffff, value, lanes));

  __syncthreads();  // someone may still read what the last fold left
  if (threadIdx.x % 32 == 0) of_warp[threadIdx.x / 32] = value;
  __syncthreads();

  // Each thread folds in the same order, and so gets the same bits
  value = of_warp[0];
  for (unsigned warp = 1; warp < blockDim.x / 32; ++warp) value = apply(op, value, of_warp[warp]);
  return value;
  // SOLUTION END
}

__device__ RowScale row_scale(const float* row, int columns) {
  // SOLUTION BEGIN  a larger one turns up: what has been added so far shrinks by exp(old − new)
  float largest = -3e38f, sum = 0;  // not −∞, which less −∞ would be NaN
  for (int j = static_cast<int>(threadIdx.x); j < columns; j += static_cast<int>(blockDim.x)) {
    const float x = row[j];
    if (x > largest) {
      sum *= std::exp(largest - x);
      largest = x;
    }
    sum += std::exp(x - largest);
  }
  const float of_row = fold_block(ReduceOp::max_of, largest);
  return {of_row, fold_block(ReduceOp::sum, sum * std::exp(largest - of_row))};
  // SOLUTION END
}

__global__ void softmax_kernel(const float* x, float* y, int columns) {
  // SOLUTION BEGIN  one pass for the scale, one to write
  const long long start = static_cast<long long>(blockIdx.x) * columns;
  const RowScale scale = row_scale(x + start, columns);
  for (int j = static_cast<int>(threadIdx.x); j < columns; j += static_cast<int>(blockDim.x))
    y[start + j] = std::exp(x[start + j] - scale.largest) / scale.sum;
  // SOLUTION END
}

__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int columns) {
  // SOLUTION BEGIN  a sum of the row, then a line for each number
  const long long start = static_cast<long long>(blockIdx.x) * columns;
  float own = 0;
  for (int j = static_cast<int>(threadIdx.x); j < columns; j += static_cast<int>(blockDim.x))
    own += y[start + j] * dy[start + j];
  const float dot = fold_block(ReduceOp::sum, own);
  for (int j = static_cast<int>(threadIdx.x); j < columns; j += static_cast<int>(blockDim.x))
    dx[start + j] = y[start + j] * (dy[start + j] - dot);
  // SOLUTION END
}

__global__ void layernorm_kernel(const float* x, const float* gain, const float* bias, float* y,
                                 float* mean, float* rstd, int columns, float eps) {
  // SOLUTION BEGIN  three passes: the mean, the distances from it, the row
  const float* row = x + static_cast<long long>(blockIdx.x) * columns;
  const int first = static_cast<int>(threadIdx.x), step = static_cast<int>(blockDim.x);
  float own = 0;
  for (int j = first; j < columns; j += step) own += row[j];
  const float middle = fold_block(ReduceOp::sum, own) / static_cast<float>(columns);

  own = 0;
  for (int j = first; j < columns; j += step) own += (row[j] - middle) * (row[j] - middle);
  const float variance = fold_block(ReduceOp::sum, own) / static_cast<float>(columns),
              scale = 1 / std::sqrt(variance + eps);

  float* normalised = y + static_cast<long long>(blockIdx.x) * columns;
  for (int j = first; j < columns; j += step)
    normalised[j] = gain[j] * ((row[j] - middle) * scale) + bias[j];
  if (first == 0) {
    mean[blockIdx.x] = middle;
    rstd[blockIdx.x] = scale;
  }
  // SOLUTION END
}

__global__ void layernorm_backward_kernel(const float* x, const float* gain, const float* mean,
                                          const float* rstd, const float* dy, float* dx,
                                          int columns) {
  // SOLUTION BEGIN  two sums in one pass, then the line
  const long long start = static_cast<long long>(blockIdx.x) * columns;
  const int first = static_cast<int>(threadIdx.x), step = static_cast<int>(blockDim.x);
  const float middle = mean[blockIdx.x], scale = rstd[blockIdx.x];
  float own_g = 0, own_q = 0;
  for (int j = first; j < columns; j += step) {
    const float g = dy[start + j] * gain[j];
    own_g += g;
    own_q += g * ((x[start + j] - middle) * scale);
  }
  const float mean_g = fold_block(ReduceOp::sum, own_g) / static_cast<float>(columns),
              mean_q = fold_block(ReduceOp::sum, own_q) / static_cast<float>(columns);
  for (int j = first; j < columns; j += step) {
    const float normalised = (x[start + j] - middle) * scale;
    dx[start + j] = scale * (dy[start + j] * gain[j] - mean_g - normalised * mean_q);
  }
  // SOLUTION END
}

__global__ void layernorm_parameters_kernel(const float* x, const float* mean, const float* rstd,
                                            const float* dy, float* dgain, float* dbias, int rows,
                                            int columns) {
  // SOLUTION BEGIN  down a column, whose neighbour is the next thread's
  const int j = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (j >= columns) return;
  float of_gain = 0, of_bias = 0;
  for (int i = 0; i < rows; ++i) {
    const long long at = static_cast<long long>(i) * columns + j;
    of_gain += dy[at] * ((x[at] - mean[i]) * rstd[i]);
    of_bias += dy[at];
  }
  dgain[j] = of_gain;
  dbias[j] = of_bias;
  // SOLUTION END
}

__global__ void cross_entropy_kernel(const float* logits, const int* labels, float* loss,
                                     float* dlogits, int columns) {
  // SOLUTION BEGIN  whoever has the label writes the loss, before it overwrites the logit
  const long long start = static_cast<long long>(blockIdx.x) * columns;
  const int label = labels[blockIdx.x];
  const bool known = label >= 0 && label < columns;
  const RowScale scale = row_scale(logits + start, columns);
  if (!known && threadIdx.x == 0) loss[blockIdx.x] = NAN;
  for (int j = static_cast<int>(threadIdx.x); j < columns; j += static_cast<int>(blockDim.x)) {
    const float below = logits[start + j] - scale.largest;
    if (j == label) loss[blockIdx.x] = std::log(scale.sum) - below;
    const float p = std::exp(below) / scale.sum;
    dlogits[start + j] = known ? p - static_cast<float>(j == label) : NAN;
  }
  // SOLUTION END
}

}  // namespace gradbook
