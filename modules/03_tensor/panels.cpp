#include "03_tensor/panels.hpp"

#include <algorithm>

namespace gradbook {
namespace {

// A panel whose width the compiler knows, so that it unrolls the inner loop
template <std::int64_t kWidth>
void pack_panel(const MatrixView& m, const Real* from, Real* to) {
  for (std::int64_t i = 0; i < m.rows; ++i) {
    for (std::int64_t j = 0; j < kWidth; ++j)
      to[i * kWidth + j] = from[i * m.row_stride + j * m.column_stride];
  }
}

}  // namespace

MatrixView part(const MatrixView& m, std::int64_t i, std::int64_t j, std::int64_t rows,
                std::int64_t columns) {
  return {m.data + i * m.row_stride + j * m.column_stride, std::min(rows, m.rows - i),
          std::min(columns, m.columns - j), m.row_stride, m.column_stride};
}

MatrixView transposed(const MatrixView& m) {
  return {m.data, m.columns, m.rows, m.column_stride, m.row_stride};
}

void pack_panels(const MatrixView& m, std::int64_t width, Real* to) {
  for (std::int64_t first = 0; first < m.columns; first += width) {
    const std::int64_t there = std::min(width, m.columns - first);
    if (there == width && (width == 4 || width == 8)) {
      (width == 4 ? pack_panel<4> : pack_panel<8>)(m, m.data + first * m.column_stride, to);
      to += m.rows * width;
      continue;
    }
    for (std::int64_t i = 0; i < m.rows; ++i, to += width) {
      const Real* const from = m.data + i * m.row_stride + first * m.column_stride;
      for (std::int64_t j = 0; j < there; ++j) to[j] = from[j * m.column_stride];
      for (std::int64_t j = there; j < width; ++j) to[j] = 0;
    }
  }
}

}  // namespace gradbook
