/// @file
/// Thirteen functions that every array library has, each a small puzzle.
#pragma once

#include "03_tensor/array.hpp"

namespace gradbook {

// ---- exercise 3.13 ------------------------------------------------------------------------------

/// a where the condition is not 0, b elsewhere; all three broadcast. @throws ShapeError
Array where(const Array& condition, const Array& a, const Array& b);

/// (0, 1, …, n − 1), of shape (n). @throws ShapeError where n is negative
Array arange(std::int64_t n);

/// out[i, j] = a[i] · b[j]. @param a (M) @param b (N) @returns (M, N) @throws ShapeError
Array outer(const Array& a, const Array& b);

/// (n, n), 1 on the diagonal and 0 elsewhere. @throws ShapeError where n is negative
Array eye(std::int64_t n);

/// The part of a matrix on its diagonal and above, 0 below. @param a (M, N) @throws ShapeError
Array triu(const Array& a);

/// Running sums: out[i] = a[0] + … + a[i]. @param a (N) @throws ShapeError
Array cumsum(const Array& a);

/// out[(i + shift) mod N] = a[i], for any shift, negative ones too. @param a (N) @throws ShapeError
Array roll(const Array& a, std::int64_t shift);

/// From the last to the first. @param a (N) @throws ShapeError
Array flip(const Array& a);

/// Row i is 1 at labels[i], 0 elsewhere. @param labels N labels, 0 ≤ label < classes
/// @returns (N, classes) @throws RangeError
Array one_hot(std::span<const std::int64_t> labels, std::int64_t classes);

/// The rows rows[0], rows[1], … of a; one may come more than once. @param a (M, N)
/// @returns (number of rows, N) @throws ShapeError, RangeError
Array gather(const Array& a, std::span<const std::int64_t> rows);

/// Adds values[i] to row rows[i] of `to`: where a row comes more than once, all are added.
/// @param to (M, N), which is changed @param values (number of rows, N)
/// @throws ShapeError, RangeError; then `to` is as it was
void scatter_add(Array& to, std::span<const std::int64_t> rows, const Array& values);

/// With `before` zeros before it and `after` zeros after it. @param a (N)
/// @returns (before + N + after) @throws ShapeError where one is negative
Array pad(const Array& a, std::int64_t before, std::int64_t after);

}  // namespace gradbook
