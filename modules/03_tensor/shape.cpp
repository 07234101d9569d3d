#include "03_tensor/shape.hpp"

#include <algorithm>

namespace gradbook {

int checked_axis(const char* operation, std::int64_t axis, int rank) {
  if (axis < -rank || axis >= rank)
    throw RangeError(operation, ": there is no axis ", axis, " in an array with ", rank, " axes");
  return static_cast<int>(axis < 0 ? axis + rank : axis);
}

Axes checked_axes(const char* operation, const Axes& axes, int rank) {
  Axes result = axes;
  for (std::int64_t& axis : result) axis = checked_axis(operation, axis, rank);
  std::sort(result.begin(), result.end());
  const auto* const twice = std::adjacent_find(result.begin(), result.end());
  if (twice != result.end())
    throw RangeError(operation, ": axis ", *twice, " is named twice in ", axes);
  return result;
}

Axes all_axes(int rank) {
  Axes axes;
  for (int axis = 0; axis < rank; ++axis) axes.push_back(axis);
  return axes;
}

}  // namespace gradbook
