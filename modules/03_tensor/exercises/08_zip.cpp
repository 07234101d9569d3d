#include "03_tensor/loops.hpp"

namespace gradbook {

void zip(function_ref<Real(Real, Real)> f, const Array& a, const Array& b, Array& out) {
  // TODO(3.8): broadcast both to the shape of out, then go over its positions
  not_started("3.8");
}

}  // namespace gradbook
