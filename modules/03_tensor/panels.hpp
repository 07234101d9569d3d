/// @file
/// Parts of a matrix, copied into the order in which a fast product reads them.
#pragma once

#include "03_tensor/matmul.hpp"

namespace gradbook {

/// Part of a matrix: at most so many rows and columns, from row i and column j on.
MatrixView part(const MatrixView& m, std::int64_t i, std::int64_t j, std::int64_t rows,
                std::int64_t columns);

/// The same matrix with rows for columns.
MatrixView transposed(const MatrixView& m);

/// Copies a matrix as panels, one after the other, each of `width` columns, row by row. What the
/// last panel lacks is filled with 0.
///
/// Of width 2, (1 2 3; 4 5 6) becomes 1 2 4 5, then 3 0 6 0.
/// @param m      of any strides
/// @param width  of each panel
/// @param to     room for m.rows · width numbers a panel
void pack_panels(const MatrixView& m, std::int64_t width, Real* to);

}  // namespace gradbook
