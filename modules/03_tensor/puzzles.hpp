/// @file
/// Twelve functions that every array library has, each a small puzzle. All but scatter_add return a
/// new array, and leave what they are given as it was.
#pragma once

#include "03_tensor/array.hpp"

namespace gradbook {

// ---- exercise 3.13 ------------------------------------------------------------------------------

/// a where the condition is not 0, b elsewhere. Like the others, but for scatter_add, it returns a
/// new array.
/// @param condition  any numbers; it, a and b are broadcast to the shape that they have together
/// @param a          what is taken where it holds
/// @param b          what is taken where it does not
/// @throws ShapeError  where they do not broadcast
Array where(const Array& condition, const Array& a, const Array& b);

/// (0, 1, …, n − 1), of shape (n). @throws ShapeError where n is negative
Array arange(std::int64_t n);

/// out[i, j] = a[i] · b[j].
/// @param a   (M)
/// @param b   (N)
/// @returns   (M, N)
/// @throws ShapeError  where one is not of rank 1
Array outer(const Array& a, const Array& b);

/// 1 on the diagonal, 0 elsewhere: (n, n). @throws ShapeError where n is negative
Array eye(std::int64_t n);

/// What a matrix has on its diagonal, where row and column are equal, and right of it; 0 elsewhere.
/// @param a   (M, N)
/// @throws ShapeError  where it is not of rank 2
Array triu(const Array& a);

/// Running sums: out[i] = a[0] + … + a[i].
/// @param a   (N)
/// @throws ShapeError  where it is not of rank 1
Array cumsum(const Array& a);

/// out[(i + shift) mod N] = a[i]: what leaves at one end comes back at the other.
/// @param a      (N)
/// @param shift  any number, negative ones and those beyond N too
/// @throws ShapeError  where a is not of rank 1
Array roll(const Array& a, std::int64_t shift);

/// From the last to the first.
/// @param a   (N)
/// @throws ShapeError  where it is not of rank 1
Array flip(const Array& a);

/// Row i is 1 at labels[i], 0 elsewhere.
/// @param labels   N of them, 0 ≤ label < classes
/// @param classes  how many there are
/// @returns        (N, classes)
/// @throws RangeError  where a label is outside
///         ShapeError  where classes is negative
Array one_hot(std::span<const std::int64_t> labels, std::int64_t classes);

/// The rows rows[0], rows[1], … of a; one may come more than once.
/// @param a      (M, N)
/// @param rows   0 ≤ row < M
/// @returns      (number of rows, N)
/// @throws ShapeError  where a is not of rank 2
///         RangeError  where a row is outside, also where rows have no elements
Array gather(const Array& a, std::span<const std::int64_t> rows);

/// Adds values[i] to row rows[i] of `to`: where a row comes more than once, all are added.
/// @param to      (M, N), of any strides; it is changed
/// @param rows    0 ≤ row < M
/// @param values  (number of rows, N), in other storage
/// @throws ShapeError  where a rank or a size is another, or where `to` is a broadcast view
///         RangeError  where a row is outside; after an error `to` is as it was before
void scatter_add(Array& to, std::span<const std::int64_t> rows, const Array& values);

/// a between zeros.
/// @param a       (N)
/// @param before  how many zeros come before it
/// @param after   how many come after it
/// @returns       (before + N + after)
/// @throws ShapeError  where a is not of rank 1, or a number of zeros is negative
Array pad(const Array& a, std::int64_t before, std::int64_t after);

// ---- given: checks that say what was wrong ------------------------------------------------------

/// Refuses an array of another rank. @throws ShapeError with the operation, shape and both ranks
void check_rank(const char* operation, const Array& a, int rank);

/// Refuses a number unless 0 ≤ number < count.
/// @param what    whose number it is, for the message: "gather: row"
/// @param number  a row, label or the like
/// @param count   how many of them there are
/// @throws RangeError  with what it is, number and count
void check_number(const char* what, std::int64_t number, std::int64_t count);

}  // namespace gradbook
