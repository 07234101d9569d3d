/// @file
/// The one matrix product of modules 05 and up: who computes it is chosen while the program runs.
#pragma once

#include <span>

#include "00_course/error.hpp"
#include "03_tensor/arrays.hpp"
#include "03_tensor/matmul.hpp"

namespace gradbook {

/// A matrix with rows for columns, without a copy. It must not outlive `m`.
/// @param m  (M, N)
/// @returns  a view (N, M)
MatrixView transposed(const Matrix& m);

/// One side of a product: a Matrix as it is, or a view such as transposed(m).
struct Factor {
  /// A matrix as it is.
  Factor(const Matrix& m);  // NOLINT: converts, so that matmul(a, b) reads well
  /// A view, such as transposed(m).
  Factor(const MatrixView& view) : view(view) {}  // NOLINT: likewise
  MatrixView view;                                ///< what is read
};

/// a · b, by the product in use.
/// @param a  (M, K)
/// @param b  (K, N)
/// @returns  a new matrix (M, N); zeros where K is 0
/// @throws ShapeError  where the inner sizes differ: "matmul: (3, 4) times (5, 2): inner sizes 4
///                     and 5 differ"
Matrix matmul(const Factor& a, const Factor& b);

// ---- who computes it ----------------------------------------------------------------------------

/// A way to multiply matrices.
struct Product {
  const char* name;  ///< such as "plain"

  /// out = a · b, into row-major (M, N), which overlaps neither; the sizes fit.
  void (*multiply)(const MatrixView& a, const MatrixView& b, Real* out);
};

/// Three loops.
extern const Product plain_product;

/// That of exercise 3.11, on as many threads as threads() says.
extern const Product blocked_product;

/// The one in use: blocked_product in the preset fast, plain_product else, until somebody chooses.
const Product& product();

/// From now on matmul uses this one, which must stay where it is.
void use_product(const Product& product);

/// How many threads share the work of a layer where that is worth it: 1, until somebody chooses.
int threads();

/// From now on so many, at least 1.
void use_threads(int threads);

// ---- rows and shapes ----------------------------------------------------------------------------

/// Row i of a matrix, whose numbers lie side by side; no copy. It must not outlive `m`.
/// @param m  (M, N)
/// @param i  below M
/// @returns  N numbers
inline std::span<Real> row_of(Matrix& m, std::size_t i) {
  return {m.data() + i * m.shape(1), m.shape(1)};
}

/// The same, to read.
inline std::span<const Real> row_of(const Matrix& m, std::size_t i) {
  return {m.data() + i * m.shape(1), m.shape(1)};
}

/// The shape of a matrix as an Error shows it: "(3, 4)".
Shape shape_of(const Matrix& m);

/// The shape of a list: "(3)".
Shape shape_of(const Vector& v);

}  // namespace gradbook
