// Wrong in part: as if all arrays lay in row-major order.
#include "03_tensor/loops.hpp"

namespace gradbook {

void map(function_ref<Real(Real)> f, const Array& a, Array& out) {
  if (!(a.shape() == out.shape())) throw ShapeError("map: ", a.shape(), " and ", out.shape());
  Real* to = out.mutable_data();
  const Real* from = a.data();
  for (std::int64_t i = 0; i < a.size(); ++i) to[i] = f(from[i]);
}

}  // namespace gradbook
