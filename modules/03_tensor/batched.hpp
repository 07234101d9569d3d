/// @file
/// Linear algebra of a whole batch at once: a matrix, or a row, for every example.
#pragma once

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"
#include "03_tensor/arrays.hpp"

namespace gradbook {

// ---- exercise 3.12 ------------------------------------------------------------------------------

/// One matrix product for each example: out[n, i, j] = Σ_k a[n, i, k] · b[n, k, j].
/// @param a  (n, M, K)
/// @param b  (n, K, N)
/// @returns  (n, M, N); zeros where K is 0
/// @throws ShapeError  where the numbers of examples, or the inner sizes, differ: "batched_matmul:
///                     (2, 3, 4) times (2, 5, 6): inner sizes 4 and 5 differ"
Array3 batched_matmul(const Array3& a, const Array3& b);

/// Each row on the diagonal of a matrix of its own, exact zeros elsewhere: out[n, i, i] = a[n, i].
/// @param a  (n, C), of any numbers, infinite ones and NaN too
/// @returns  (n, C, C)
Array3 batched_diagonal(const Matrix& a);

/// Each row of a times the row of b that has the same number: out[n, i, j] = a[n, i] · b[n, j].
/// @param a  (n, C)
/// @param b  (n, D)
/// @returns  (n, C, D)
/// @throws ShapeError  where the numbers of rows differ, with both shapes
Array3 batched_outer(const Matrix& a, const Matrix& b);

/// The same numbers with one axis at another place; the others keep their order. NumPy's moveaxis.
/// @param a     (A, B, C), of any sizes
/// @param from  which axis is moved, 0 ≤ from < 3; −1 is the last
/// @param to    where it is in the result, counted in the same way
/// @throws RangeError  where there is no such axis, with its number
Array3 moveaxis(const Array3& a, std::int64_t from, std::int64_t to);

}  // namespace gradbook
