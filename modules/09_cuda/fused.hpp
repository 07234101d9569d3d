/// @file
/// Softmax, layer normalisation and cross-entropy of rows, each in one kernel: a block has a row.
///
/// All kernels but layernorm_parameters_kernel are launched with a block for each row, of a number
/// of threads that is a multiple of 32; a row may be longer than its block, or shorter. They wait
/// for each other where they must, so that what is overwritten may be what was read, as said below.
#pragma once

#include "00_course/not_started.hpp"
#include "09_cuda/scalar_functions.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- exercise 9.11 ------------------------------------------------------------------------------

/// Folds a number of each thread of the block into one, which comes back to all of them, with the
/// same bits. All threads of the block call it, and may do so time after time.
/// @param op     sum or max_of
/// @param value  of this thread: start_of(op) where it has none
__device__ float fold_block(ReduceOp op, float value);

/// What exponentials of a row are measured by, so that none is larger than 1.
struct RowScale {
  float largest;  ///< of the row
  float sum;      ///< Σ exp(x − largest)
};

/// The scale of a row, which is read once. All threads of the block call it, and all get it.
/// @param row      (columns)
/// @param columns  at least 1
/// @see            Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018
__device__ RowScale row_scale(const float* row, int columns);

/// y[i, j] = exp(x[i, j] − mᵢ) / Σₖ exp(x[i, k] − mᵢ), mᵢ the largest of row i. Reads each number
/// twice, however long the row is. Where x is −∞ the result is 0; a row that is all −∞ becomes NaN.
/// @param x        (rows, columns), of any size: nothing overflows
/// @param y        (rows, columns), overwritten; it may be x
/// @param columns  at least 1
__global__ void softmax_kernel(const float* x, float* y, int columns);

/// dx[i, j] = y[i, j] · (dy[i, j] − Σₖ y[i, k] · dy[i, k]).
/// @param y        (rows, columns), what softmax_kernel gave
/// @param dy       (rows, columns)
/// @param dx       (rows, columns), overwritten; it may be dy
/// @param columns  at least 1
__global__ void softmax_backward_kernel(const float* y, const float* dy, float* dx, int columns);

/// y[i, j] = gain[j] · (x[i, j] − mean[i]) · rstd[i] + bias[j], with the mean of row i, and
/// rstd[i] = 1 / √(variance + eps), which is of the squared distances from that mean: in float the
/// mean of the squares less the square of the mean would be noise where the mean is large.
/// @param x        (rows, columns)
/// @param gain     (columns)
/// @param bias     (columns)
/// @param y        (rows, columns), overwritten; it may be x
/// @param mean     (rows), overwritten: backward wants it
/// @param rstd     (rows), overwritten: backward wants it
/// @param columns  at least 1
/// @param eps      above 0
/// @see            Ba, Kiros and Hinton, "Layer normalization", 2016
__global__ void layernorm_kernel(const float* x, const float* gain, const float* bias, float* y,
                                 float* mean, float* rstd, int columns, float eps);

/// dx[i, j] = rstd[i] · (g[j] − g̅ − x̂[j] · q), with x̂ the row before gain and bias, g = dy · gain,
/// g̅ the mean of g over the row, and q that of g · x̂.
/// @param x        (rows, columns)
/// @param gain     (columns)
/// @param mean     (rows), of layernorm_kernel
/// @param rstd     (rows), of layernorm_kernel
/// @param dy       (rows, columns)
/// @param dx       (rows, columns), overwritten; it may be dy
/// @param columns  at least 1
__global__ void layernorm_backward_kernel(const float* x, const float* gain, const float* mean,
                                          const float* rstd, const float* dy, float* dx,
                                          int columns);

/// dgain[j] = Σᵢ dy[i, j] · x̂[i, j] and dbias[j] = Σᵢ dy[i, j], for a thread each column: rows are
/// added from first to last, so that the result is the same bits each time. Threads beyond the
/// columns do nothing.
/// @param x        (rows, columns)
/// @param mean     (rows), of layernorm_kernel
/// @param rstd     (rows), of layernorm_kernel
/// @param dy       (rows, columns)
/// @param dgain    (columns), overwritten
/// @param dbias    (columns), overwritten
/// @param rows     0 gives zeros
/// @param columns  at most as many as there are threads along x
__global__ void layernorm_parameters_kernel(const float* x, const float* mean, const float* rstd,
                                            const float* dy, float* dgain, float* dbias, int rows,
                                            int columns);

/// loss[i] = −log softmax(logits)[i, labels[i]], and dlogits = softmax(logits) − onehot(labels),
/// how the sum of all losses changes with them. No probability meets a logarithm, so that nothing
/// overflows, and who is wrong altogether still has a loss. A label that is no column makes its
/// loss and its row of dlogits NaN: nothing is read or written outside, and no one trains on it.
/// @param logits   (rows, columns), of any size
/// @param labels   (rows), from 0 to columns − 1
/// @param loss     (rows), overwritten
/// @param dlogits  (rows, columns), overwritten; it may be logits
/// @param columns  at least 1
__global__ void cross_entropy_kernel(const float* logits, const int* labels, float* loss,
                                     float* dlogits, int columns);

}  // namespace gradbook
