/// @file
/// OpenBLAS behind the seam through which all products of modules 05 and up go.
#pragma once

#include <cblas.h>

#include "05_modules/product.hpp"

namespace gradbook::bench {

// OpenBLAS knows matrices by rows or by columns, and a transposed one is the other kind
inline void multiply_by_blas(const MatrixView& a, const MatrixView& b, Real* out) {
  const auto kind = [](const MatrixView& m) {
    return m.column_stride == 1 ? CblasNoTrans : CblasTrans;
  };
  const auto step = [](const MatrixView& m) {
    return static_cast<int>(m.column_stride == 1 ? m.row_stride : m.column_stride);
  };
  const auto size = [](std::int64_t n) { return static_cast<int>(n); };
  cblas_sgemm(CblasRowMajor, kind(a), kind(b), size(a.rows), size(b.columns), size(a.columns), 1,
              a.data, step(a), b.data, step(b), 0, out, size(b.columns));
}

inline const Product blas_product = {"OpenBLAS", multiply_by_blas};

}  // namespace gradbook::bench
