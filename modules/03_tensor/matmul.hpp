/// @file
/// The product of matrices: the definition, and how to make it fast.
#pragma once

#include "03_tensor/array.hpp"

namespace gradbook {

// ---- exercise 3.10 ------------------------------------------------------------------------------

/// out[…, i, j] = Σ_k a[…, i, k] · b[…, k, j], with the axes before the last two broadcast.
/// @param a  (…, M, K), of any strides
/// @param b  (…, K, N), of any strides
/// @returns  a new array (…, M, N); zeros where K is 0
/// @throws ShapeError  where a rank is below 2; where the inner sizes differ: "matmul: (3, 4) times
///                     (5, 2): inner sizes 4 and 5 differ"; where the axes before do not broadcast
Array matmul(const Array& a, const Array& b);

// ---- exercise 3.11 ------------------------------------------------------------------------------

/// A matrix to read: element (i, j) is data[i · row_stride + j · column_stride].
struct MatrixView {
  const Real* data;            ///< element (0, 0)
  std::int64_t rows;           ///< how many
  std::int64_t columns;        ///< how many
  std::int64_t row_stride;     ///< from a row to the next
  std::int64_t column_stride;  ///< from a column to the next
};

/// out = a · b, as fast as the machine allows.
/// @param a        (M, K), of any strides
/// @param b        (K, N), of any strides
/// @param out      (M, N) in row-major order, which overlaps neither; what is in it is overwritten
/// @param threads  how many share the work, at least 1
/// @throws ShapeError  where a.columns and b.rows differ
void matmul_blocked(const MatrixView& a, const MatrixView& b, Real* out, int threads = 1);

}  // namespace gradbook
