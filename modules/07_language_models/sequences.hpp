/// @file
/// Parts of matrices that hold T steps of N sequences, step by step.
#pragma once

#include "05_modules/product.hpp"

namespace gradbook {

/// A matrix of zeros.
Matrix zeros(std::size_t rows, std::size_t columns);

/// Some rows and columns of a matrix, with memory of their own.
/// @param m        of at least row + rows rows, and column + columns columns
/// @param row      the first
/// @param rows     how many
/// @param column   the first
/// @param columns  how many
Matrix block(const Matrix& m, std::size_t row, std::size_t rows, std::size_t column,
             std::size_t columns);

/// Overwrites the rows and columns of m from (row, column) on by `values`.
void set_block(Matrix& m, std::size_t row, std::size_t column, const Matrix& values);

/// Some of the sequences, all their steps.
/// @param m      (T·N, A)
/// @param all    N
/// @param first  of those that are wanted
/// @param count  how many
/// @returns      (T·count, A)
Matrix sequences_of(const Matrix& m, std::size_t all, std::size_t first, std::size_t count);

/// The way back: overwrites these sequences of m.
/// @param m       (T·N, A)
/// @param all     N
/// @param first   of those that are overwritten
/// @param count   how many
/// @param values  (T·count, A)
void set_sequences(Matrix& m, std::size_t all, std::size_t first, std::size_t count,
                   const Matrix& values);

}  // namespace gradbook
