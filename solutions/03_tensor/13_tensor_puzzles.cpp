#include "03_tensor/puzzles.hpp"

namespace gradbook {

Array where(const Array& condition, const Array& a, const Array& b) {
  // SOLUTION BEGIN  broadcast all three to one shape, then choose element by element
  const Shape shape =
      broadcast_shape(condition.shape(), broadcast_shape(a.shape(), b.shape(), "where"), "where");
  const Array tested = broadcast_to(condition, shape), yes = broadcast_to(a, shape),
              no = broadcast_to(b, shape);
  Array out(shape);
  for (std::int64_t position = 0; position < out.size(); ++position) {
    const Index index = position_to_index(position, shape);
    out.at(index) = tested.at(index) != 0 ? yes.at(index) : no.at(index);
  }
  return out;
  // SOLUTION END
}

Array arange(std::int64_t n) {
  // SOLUTION BEGIN  each element is its own index
  Array out({n});
  for (std::int64_t i = 0; i < n; ++i) out(i) = static_cast<Real>(i);
  return out;
  // SOLUTION END
}

Array outer(const Array& a, const Array& b) {
  // SOLUTION BEGIN  every element of a times every element of b
  check_rank("outer", a, 1);
  check_rank("outer", b, 1);
  Array out({a.size(), b.size()});
  for (std::int64_t i = 0; i < a.size(); ++i) {
    for (std::int64_t j = 0; j < b.size(); ++j) out(i, j) = a(i) * b(j);
  }
  return out;
  // SOLUTION END
}

Array eye(std::int64_t n) {
  // SOLUTION BEGIN  zeros, then one 1 in each row
  Array out = Array::zeros({n, n});
  for (std::int64_t i = 0; i < n; ++i) out(i, i) = 1;
  return out;
  // SOLUTION END
}

Array triu(const Array& a) {
  // SOLUTION BEGIN  zeros, then of row i what starts at column i; it need not be square
  check_rank("triu", a, 2);
  Array out = Array::zeros(a.shape());
  for (std::int64_t i = 0; i < a.shape()[0]; ++i) {
    for (std::int64_t j = i; j < a.shape()[1]; ++j) out(i, j) = a(i, j);
  }
  return out;
  // SOLUTION END
}

Array cumsum(const Array& a) {
  // SOLUTION BEGIN  one sum that grows, and is noted after each element
  check_rank("cumsum", a, 1);
  Array out(a.shape());
  Real sum = 0;
  for (std::int64_t i = 0; i < a.size(); ++i) out(i) = sum += a(i);
  return out;
  // SOLUTION END
}

Array roll(const Array& a, std::int64_t shift) {
  // SOLUTION BEGIN  % keeps the sign in C++: make the shift positive first; mind N = 0
  check_rank("roll", a, 1);
  const std::int64_t n = a.size();
  Array out(a.shape());
  for (std::int64_t i = 0; i < n; ++i) out((i + shift % n + n) % n) = a(i);
  return out;
  // SOLUTION END
}

Array flip(const Array& a) {
  // SOLUTION BEGIN  the first goes where the last was
  check_rank("flip", a, 1);
  Array out(a.shape());
  for (std::int64_t i = 0; i < a.size(); ++i) out(a.size() - 1 - i) = a(i);
  return out;
  // SOLUTION END
}

Array one_hot(std::span<const std::int64_t> labels, std::int64_t classes) {
  // SOLUTION BEGIN  zeros, then one 1 in each row, at its label; refuse labels that are not there
  const auto n = static_cast<std::int64_t>(labels.size());
  Array out = Array::zeros({n, classes});
  for (std::int64_t i = 0; i < n; ++i) {
    check_number("one_hot: label", labels[i], classes);
    out(i, labels[i]) = 1;
  }
  return out;
  // SOLUTION END
}

Array gather(const Array& a, std::span<const std::int64_t> rows) {
  // SOLUTION BEGIN  row i of the result is row rows[i] of a; check that it is there
  check_rank("gather", a, 2);
  const auto n = static_cast<std::int64_t>(rows.size());
  Array out({n, a.shape()[1]});
  for (std::int64_t i = 0; i < n; ++i) {
    check_number("gather: row", rows[i], a.shape()[0]);
    for (std::int64_t j = 0; j < a.shape()[1]; ++j) out(i, j) = a(rows[i], j);
  }
  return out;
  // SOLUTION END
}

void scatter_add(Array& to, std::span<const std::int64_t> rows, const Array& values) {
  // SOLUTION BEGIN  check everything first, so that an error changes nothing; then add row by row
  check_rank("scatter_add", to, 2);
  const auto n = static_cast<std::int64_t>(rows.size());
  if (!(values.shape() == Shape{n, to.shape()[1]}))
    throw ShapeError("scatter_add: values of shape ", values.shape(), " are not ", n,
                     " rows for an array of shape ", to.shape());
  for (const std::int64_t row : rows) check_number("scatter_add: row", row, to.shape()[0]);

  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < to.shape()[1]; ++j) to(rows[i], j) += values(i, j);
  }
  // SOLUTION END
}

Array pad(const Array& a, std::int64_t before, std::int64_t after) {
  // SOLUTION BEGIN  zeros of the whole length, then a from `before` on
  check_rank("pad", a, 1);
  if (before < 0 || after < 0)
    throw ShapeError("pad: ", before, " zeros before and ", after, " after: none may be negative");
  Array out = Array::zeros({before + a.size() + after});
  for (std::int64_t i = 0; i < a.size(); ++i) out(before + i) = a(i);
  return out;
  // SOLUTION END
}

}  // namespace gradbook
