#include "05_modules/product.hpp"

#include <algorithm>

#include "03_tensor/lanes.hpp"

namespace gradbook {
namespace {

MatrixView view_of(const Matrix& m) {
  const auto rows = static_cast<std::int64_t>(m.shape(0)),
             columns = static_cast<std::int64_t>(m.shape(1));
  return {m.data(), rows, columns, columns, 1};
}

// Along rows where b has its rows in one piece, else along its columns
void multiply_plainly(const MatrixView& a, const MatrixView& b, Real* out) {
  std::fill_n(out, a.rows * b.columns, Real(0));
  for (std::int64_t i = 0; i < a.rows; ++i, out += b.columns) {
    const Real* const row = a.data + i * a.row_stride;
    if (b.column_stride == 1) {
      for (std::int64_t k = 0; k < b.rows; ++k) {
        const Real factor = row[k * a.column_stride];
        const Real* const from = b.data + k * b.row_stride;
        for (std::int64_t j = 0; j < b.columns; ++j) out[j] += factor * from[j];
      }
    } else {
      for (std::int64_t j = 0; j < b.columns; ++j) {
        const Real* const column = b.data + j * b.column_stride;
        for (std::int64_t k = 0; k < b.rows; ++k)
          out[j] += row[k * a.column_stride] * column[k * b.row_stride];
      }
    }
  }
}

// Σ_k a[k] · b[k], both in one piece
Real dot(const Real* a, const Real* b, std::int64_t n) {
  Lanes sum(Real(0));
  std::int64_t k = 0;
  for (; k + kLanes <= n; k += kLanes)
    sum = xsimd::fma(Lanes::load_unaligned(a + k), Lanes::load_unaligned(b + k), sum);
  Real rest = xsimd::hadd(sum);
  for (; k < n; ++k) rest += a[k] * b[k];
  return rest;
}

// A single row is not worth packing b for: each of its numbers is used once
void multiply_blocked(const MatrixView& a, const MatrixView& b, Real* out) {
  if (a.rows > 1 || (a.column_stride != 1 && a.columns > 1))
    return matmul_blocked(a, b, out, threads());
  if (b.row_stride != 1) return multiply_plainly(a, b, out);
  for (std::int64_t j = 0; j < b.columns; ++j)
    out[j] = dot(a.data, b.data + j * b.column_stride, b.rows);
}

#ifdef GRADBOOK_FAST
const Product* in_use = &blocked_product;
#else
const Product* in_use = &plain_product;
#endif

int shared_by = 1;

}  // namespace

const Product plain_product = {"plain", multiply_plainly};
const Product blocked_product = {"blocked", multiply_blocked};

const Product& product() { return *in_use; }
void use_product(const Product& product) { in_use = &product; }

int threads() { return shared_by; }
void use_threads(int threads) { shared_by = std::max(threads, 1); }

MatrixView transposed(const Matrix& m) {
  const MatrixView view = view_of(m);
  return {view.data, view.columns, view.rows, view.column_stride, view.row_stride};
}

Factor::Factor(const Matrix& m) : view(view_of(m)) {}

Matrix matmul(const Factor& a, const Factor& b) {
  if (a.view.columns != b.view.rows)
    throw ShapeError("matmul: (", a.view.rows, ", ", a.view.columns, ") times (", b.view.rows, ", ",
                     b.view.columns, "): inner sizes ", a.view.columns, " and ", b.view.rows,
                     " differ");
  auto out = Matrix::from_shape(
      {static_cast<std::size_t>(a.view.rows), static_cast<std::size_t>(b.view.columns)});
  in_use->multiply(a.view, b.view, out.data());
  return out;
}

Shape shape_of(const Matrix& m) {
  return {static_cast<std::int64_t>(m.shape(0)), static_cast<std::int64_t>(m.shape(1))};
}

Shape shape_of(const Vector& v) { return {static_cast<std::int64_t>(v.shape(0))}; }

}  // namespace gradbook
