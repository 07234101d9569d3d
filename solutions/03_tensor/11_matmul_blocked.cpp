#include "03_tensor/lanes.hpp"
#include "03_tensor/panels.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

// A tile of the result is kept in registers: of AVX-512 there are 32, of others at least 16
constexpr std::int64_t kTileRows = sizeof(Lanes) == 64 ? 8 : 4;
constexpr std::int64_t kTileColumns = 3 * kLanes;

// A block of a stays in the second cache, and one of b in the third, while they are multiplied
constexpr std::int64_t kBlockRows = 192, kBlockInner = 352, kBlockColumns = 40 * kTileColumns;

// So many products of two numbers are worth waking a thread for, by row of a tile
constexpr std::int64_t kWork = 50000;

// Adds a tile of a product to out, of which `rows` rows and `columns` columns are there, the
// columns in kWide registers. a: a panel of `inner` rows of kTileRows numbers; b: one of
// kTileColumns
template <std::int64_t kWide>
[[maybe_unused]] void add_tile(const Real* a, const Real* b, std::int64_t inner, Real* out,
                               std::int64_t stride, std::int64_t rows, std::int64_t columns) {
  // SOLUTION BEGIN  for each k, every number of a's row times all registers of b's; then add to out
  Lanes sum[kTileRows][kWide];
  for (auto& row : sum) {
    for (Lanes& lanes : row) lanes = Lanes(Real(0));
  }
  for (std::int64_t i = 0; i < rows; ++i) __builtin_prefetch(out + i * stride);
  for (std::int64_t k = 0; k < inner; ++k, a += kTileRows, b += kTileColumns) {
    Lanes right[kWide];
    for (std::int64_t j = 0; j < kWide; ++j) right[j] = Lanes::load_unaligned(b + j * kLanes);
    for (std::int64_t i = 0; i < kTileRows; ++i) {
      const Lanes left(a[i]);
      for (std::int64_t j = 0; j < kWide; ++j) sum[i][j] = xsimd::fma(left, right[j], sum[i][j]);
    }
  }
  for (std::int64_t i = 0; i < rows; ++i, out += stride) {
    Real row[kWide * kLanes];
    for (std::int64_t j = 0; j < kWide; ++j) sum[i][j].store_unaligned(row + j * kLanes);
    for (std::int64_t j = 0; j < columns; ++j) out[j] += row[j];
  }
  // SOLUTION END
}

// out += a · b, by one thread
[[maybe_unused]] void multiply(const MatrixView& a, const MatrixView& b, Real* out,
                               std::int64_t stride) {
  // SOLUTION BEGIN  for blocks of b, and blocks of a within: pack both, then tile by tile
  const Storage packed_a(kBlockRows * kBlockInner), packed_b(kBlockInner * kBlockColumns);
  for (std::int64_t j = 0; j < b.columns; j += kBlockColumns) {
    for (std::int64_t k = 0; k < a.columns; k += kBlockInner) {
      const MatrixView right = part(b, k, j, kBlockInner, kBlockColumns);
      pack_panels(right, kTileColumns, packed_b.data());
      for (std::int64_t i = 0; i < a.rows; i += kBlockRows) {
        const MatrixView left = part(a, i, k, kBlockRows, kBlockInner);
        pack_panels(transposed(left), kTileRows, packed_a.data());
        for (std::int64_t column = 0; column < right.columns; column += kTileColumns) {
          for (std::int64_t row = 0; row < left.rows; row += kTileRows) {
            const std::int64_t below = left.rows - row, beside = right.columns - column;
            // At the right edge no register is full of zeros
            const auto add = beside > 2 * kLanes ? add_tile<3>
                             : beside > kLanes   ? add_tile<2>
                                                 : add_tile<1>;
            add(packed_a.data() + row * right.rows, packed_b.data() + column * right.rows,
                right.rows, out + (i + row) * stride + j + column, stride,
                below < kTileRows ? below : kTileRows,
                beside < kTileColumns ? beside : kTileColumns);
          }
        }
      }
    }
  }
  // SOLUTION END
}

}  // namespace

void matmul_blocked(const MatrixView& a, const MatrixView& b, Real* out, int threads) {
  // SOLUTION BEGIN  start from zeros; threads share the rows, in whole tiles
  if (a.columns != b.rows)
    throw ShapeError("matmul: (", a.rows, ", ", a.columns, ") times (", b.rows, ", ", b.columns,
                     "): inner sizes ", a.columns, " and ", b.rows, " differ");
  for (std::int64_t i = 0; i < a.rows * b.columns; ++i) out[i] = 0;
  const std::int64_t worth_a_thread = kWork / (a.columns * b.columns + 1) + 1;  // tiles
  parallel_for((a.rows + kTileRows - 1) / kTileRows, worth_a_thread, threads,
               [&](auto begin, auto end) {
                 const std::int64_t first = begin * kTileRows;
                 multiply(part(a, first, 0, end * kTileRows - first, a.columns), b,
                          out + first * b.columns, b.columns);
               });
  // SOLUTION END
}

}  // namespace gradbook
