#include "03_tensor/lanes.hpp"
#include "03_tensor/matmul.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

// A tile of the result is kept in registers: of AVX-512 there are 32, of others at least 16
constexpr std::int64_t kTileRows = sizeof(Lanes) == 64 ? 8 : 4;
constexpr std::int64_t kTileLanes = 3, kTileColumns = kTileLanes * kLanes;

// A block of a stays in the second cache, and one of b in the third, while they are multiplied
constexpr std::int64_t kBlockRows = 192, kBlockInner = 352, kBlockColumns = 40 * kTileColumns;

// Copies part of a matrix, `width` of its columns at a time: the order in which tiles read it
void pack(MatrixView m, std::int64_t width, Real* to) {
  for (std::int64_t first = 0; first < m.columns; first += width) {
    const std::int64_t there = std::min(width, m.columns - first);
    for (std::int64_t i = 0; i < m.rows; ++i, to += width) {
      const Real* const from = m.data + i * m.row_stride + first * m.column_stride;
      for (std::int64_t j = 0; j < there; ++j) to[j] = from[j * m.column_stride];
      for (std::int64_t j = there; j < width; ++j) to[j] = 0;
    }
  }
}

// Adds a tile of the product to out
void add_tile(const Real* a, const Real* b, std::int64_t inner, Real* out, std::int64_t stride,
              std::int64_t rows, std::int64_t columns) {
  Lanes sum[kTileRows][kTileLanes];
  for (auto& row : sum) {
    for (Lanes& lanes : row) lanes = Lanes(Real(0));
  }
  for (std::int64_t i = 0; i < rows; ++i) __builtin_prefetch(out + i * stride);
  for (std::int64_t k = 0; k < inner; ++k, a += kTileRows, b += kTileColumns) {
    Lanes right[kTileLanes];
    for (std::int64_t j = 0; j < kTileLanes; ++j) right[j] = Lanes::load_aligned(b + j * kLanes);
    for (std::int64_t i = 0; i < kTileRows; ++i) {
      const Lanes left(a[i]);
      for (std::int64_t j = 0; j < kTileLanes; ++j)
        sum[i][j] = xsimd::fma(left, right[j], sum[i][j]);
    }
  }
  Real row[kTileColumns];
  for (std::int64_t i = 0; i < rows; ++i, out += stride) {
    if (columns == kTileColumns) {
      for (std::int64_t j = 0; j < kTileLanes; ++j)
        (Lanes::load_unaligned(out + j * kLanes) + sum[i][j]).store_unaligned(out + j * kLanes);
      continue;
    }
    for (std::int64_t j = 0; j < kTileLanes; ++j) sum[i][j].store_unaligned(row + j * kLanes);
    for (std::int64_t j = 0; j < columns; ++j) out[j] += row[j];
  }
}

// Part of a matrix, from row i and column j on
MatrixView part(const MatrixView& m, std::int64_t i, std::int64_t j, std::int64_t rows,
                std::int64_t columns) {
  return {m.data + i * m.row_stride + j * m.column_stride, std::min(rows, m.rows - i),
          std::min(columns, m.columns - j), m.row_stride, m.column_stride};
}

void multiply(const MatrixView& a, const MatrixView& b, Real* out, std::int64_t stride) {
  std::fill_n(out, a.rows * stride, 0);
  const Storage packed_a(kBlockRows * kBlockInner), packed_b(kBlockInner * kBlockColumns);
  for (std::int64_t j = 0; j < b.columns; j += kBlockColumns) {
    for (std::int64_t k = 0; k < a.columns; k += kBlockInner) {
      const MatrixView right = part(b, k, j, kBlockInner, kBlockColumns);
      pack(right, kTileColumns, packed_b.data());
      for (std::int64_t i = 0; i < a.rows; i += kBlockRows) {
        const MatrixView left = part(a, i, k, kBlockRows, kBlockInner);
        pack({left.data, left.columns, left.rows, left.column_stride, left.row_stride}, kTileRows,
             packed_a.data());
        for (std::int64_t column = 0; column < right.columns; column += kTileColumns) {
          for (std::int64_t row = 0; row < left.rows; row += kTileRows)
            add_tile(packed_a.data() + row * right.rows, packed_b.data() + column * right.rows,
                     right.rows, out + (i + row) * stride + j + column, stride,
                     std::min(kTileRows, left.rows - row),
                     std::min(kTileColumns, right.columns - column));
        }
      }
    }
  }
}

}  // namespace

void matmul_blocked(const MatrixView& a, const MatrixView& b, Real* out, int threads) {
  if (a.columns != b.rows)
    throw ShapeError("matmul: (", a.rows, ", ", a.columns, ") times (", b.rows, ", ", b.columns,
                     "): inner sizes ", a.columns, " and ", b.rows, " differ");
  const std::int64_t tiles = (a.rows + kTileRows - 1) / kTileRows;
  parallel_for(tiles, 1, threads, [&](auto begin, auto end) {
    const MatrixView rows = part(a, begin * kTileRows, 0, (end - begin) * kTileRows, a.columns);
    multiply(rows, b, out + begin * kTileRows * b.columns, b.columns);
  });
}

}  // namespace gradbook
