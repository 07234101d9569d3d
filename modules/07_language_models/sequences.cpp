#include "07_language_models/sequences.hpp"

#include <algorithm>

namespace gradbook {

Matrix zeros(std::size_t rows, std::size_t columns) { return xt::zeros<Real>({rows, columns}); }

Matrix block(const Matrix& m, std::size_t row, std::size_t rows, std::size_t column,
             std::size_t columns) {
  auto copy = Matrix::from_shape({rows, columns});
  for (std::size_t n = 0; n < rows; ++n)
    std::copy_n(&m(row + n, column), columns, row_of(copy, n).begin());
  return copy;
}

void set_block(Matrix& m, std::size_t row, std::size_t column, const Matrix& values) {
  for (std::size_t n = 0; n < values.shape(0); ++n)
    std::ranges::copy(row_of(values, n), &m(row + n, column));
}

Matrix sequences_of(const Matrix& m, std::size_t all, std::size_t first, std::size_t count) {
  auto copy = Matrix::from_shape({m.shape(0) / all * count, m.shape(1)});
  const std::size_t size = count * m.shape(1);
  Real* to = copy.data();
  for (std::size_t row = first; row < m.shape(0); row += all, to += size)
    std::copy_n(m.data() + row * m.shape(1), size, to);
  return copy;
}

void set_sequences(Matrix& m, std::size_t all, std::size_t first, std::size_t count,
                   const Matrix& values) {
  const std::size_t size = count * m.shape(1);
  const Real* from = values.data();
  for (std::size_t row = first; row < m.shape(0); row += all, from += size)
    std::copy_n(from, size, m.data() + row * m.shape(1));
}

}  // namespace gradbook
