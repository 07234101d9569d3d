#include "03_tensor/loops.hpp"

namespace gradbook {

Array reduce(function_ref<Real(Real, Real)> f, Real start, const Array& a, const Axes& axes,
             bool keepdim) {
  // SOLUTION BEGIN  strides of 0 along the folded axes: all of their elements meet in one place
  Dims folded(a.rank(), 0);  // 1 where the axis is folded away
  for (const std::int64_t axis : checked_axes("reduce", axes, a.rank())) folded[axis] = 1;

  // A folded axis has size 1, or goes; one that was of size 1 before stays
  Shape shape, full;
  for (int axis = 0; axis < a.rank(); ++axis) {
    full.push_back(folded[axis] ? 1 : a.shape()[axis]);
    if (keepdim || !folded[axis]) shape.push_back(full[axis]);
  }
  Array result = Array::full(shape, start);

  // No step along a folded axis
  Strides strides = strides_of(full);
  for (int axis = 0; axis < a.rank(); ++axis) {
    if (folded[axis]) strides[axis] = 0;
  }

  // One element after the other goes to its place
  Real* const places = result.mutable_data();
  for (std::int64_t position = 0; position < a.size(); ++position) {
    const Index index = position_to_index(position, a.shape());
    Real& gathered = places[index_to_position(index, a.shape(), strides)];
    gathered = f(gathered, a.at(index));
  }
  return result;
  // SOLUTION END
}

}  // namespace gradbook
