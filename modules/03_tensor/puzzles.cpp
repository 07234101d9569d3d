#include "03_tensor/puzzles.hpp"

namespace gradbook {

void check_rank(const char* operation, const Array& a, int rank) {
  if (a.rank() != rank)
    throw ShapeError(operation, ": an array of shape ", a.shape(), " is of rank ", a.rank(),
                     ", and must be of rank ", rank);
}

void check_number(const char* what, std::int64_t number, std::int64_t count) {
  if (number < 0 || number >= count)
    throw RangeError(what, " ", number, " is not there: it must be at least 0 and below ", count);
}

}  // namespace gradbook
