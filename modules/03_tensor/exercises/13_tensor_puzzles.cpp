#include "03_tensor/puzzles.hpp"

namespace gradbook {

Array where(const Array& condition, const Array& a, const Array& b) {
  // TODO(3.13): broadcast all three to one shape, then choose element by element
  not_started("3.13");
}

Array arange(std::int64_t n) {
  // TODO(3.13): each element is its own index
  not_started("3.13");
}

Array outer(const Array& a, const Array& b) {
  // TODO(3.13): every element of a times every element of b
  not_started("3.13");
}

Array eye(std::int64_t n) {
  // TODO(3.13): zeros, then one 1 in each row
  not_started("3.13");
}

Array triu(const Array& a) {
  // TODO(3.13): zeros, then of row i what starts at column i; it need not be square
  not_started("3.13");
}

Array cumsum(const Array& a) {
  // TODO(3.13): one sum that grows, and is noted after each element
  not_started("3.13");
}

Array roll(const Array& a, std::int64_t shift) {
  // TODO(3.13): % keeps the sign in C++: make the shift positive first; mind N = 0
  not_started("3.13");
}

Array flip(const Array& a) {
  // TODO(3.13): the first goes where the last was
  not_started("3.13");
}

Array one_hot(std::span<const std::int64_t> labels, std::int64_t classes) {
  // TODO(3.13): zeros, then one 1 in each row, at its label; refuse labels that are not there
  not_started("3.13");
}

Array gather(const Array& a, std::span<const std::int64_t> rows) {
  // TODO(3.13): row i of the result is row rows[i] of a; check that it is there
  not_started("3.13");
}

void scatter_add(Array& to, std::span<const std::int64_t> rows, const Array& values) {
  // TODO(3.13): check everything first, so that an error changes nothing; then add row by row
  not_started("3.13");
}

Array pad(const Array& a, std::int64_t before, std::int64_t after) {
  // TODO(3.13): zeros of the whole length, then a from `before` on
  not_started("3.13");
}

}  // namespace gradbook
