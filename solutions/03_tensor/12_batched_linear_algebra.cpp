#include "03_tensor/batched.hpp"

namespace gradbook {

Array3 batched_matmul(const Array3& a, const Array3& b) {
  // SOLUTION BEGIN  check the sizes; each matrix by itself is a sum over k of columns times rows
  if (a.shape(0) != b.shape(0) || a.shape(2) != b.shape(1))
    throw ShapeError("batched_matmul: (", a.shape(0), ", ", a.shape(1), ", ", a.shape(2),
                     ") times (", b.shape(0), ", ", b.shape(1), ", ", b.shape(2),
                     a.shape(0) != b.shape(0) ? "): numbers of matrices " : "): inner sizes ",
                     a.shape(0) != b.shape(0) ? a.shape(0) : a.shape(2), " and ",
                     a.shape(0) != b.shape(0) ? b.shape(0) : b.shape(1), " differ");
  Array3 out = xt::zeros<Real>({a.shape(0), a.shape(1), b.shape(2)});
  for (std::size_t k = 0; k < a.shape(2); ++k) {
    out += xt::view(a, xt::all(), xt::all(), k, xt::newaxis()) *
           xt::view(b, xt::all(), k, xt::newaxis(), xt::all());
  }
  return out;
  // SOLUTION END
}

Array3 batched_diagonal(const Matrix& a) {
  // SOLUTION BEGIN  zeros first; then one column of a at a time, for all examples at once
  Array3 out = xt::zeros<Real>({a.shape(0), a.shape(1), a.shape(1)});
  for (std::size_t i = 0; i < a.shape(1); ++i)
    xt::view(out, xt::all(), i, i) = xt::view(a, xt::all(), i);
  return out;
  // SOLUTION END
}

Array3 batched_outer(const Matrix& a, const Matrix& b) {
  // SOLUTION BEGIN  (n, C, 1) times (n, 1, D) broadcasts
  if (a.shape(0) != b.shape(0))
    throw ShapeError("batched_outer: (", a.shape(0), ", ", a.shape(1), ") and (", b.shape(0), ", ",
                     b.shape(1), "): numbers of rows ", a.shape(0), " and ", b.shape(0), " differ");
  return xt::view(a, xt::all(), xt::all(), xt::newaxis()) *
         xt::view(b, xt::all(), xt::newaxis(), xt::all());
  // SOLUTION END
}

Array3 moveaxis(const Array3& a, std::int64_t from, std::int64_t to) {
  // SOLUTION BEGIN  take the axis out of (0, 1, 2), put it in again at its new place, and transpose
  for (const std::int64_t axis : {from, to}) {
    if (axis < -3 || axis > 2) throw RangeError("moveaxis: there is no axis ", axis, " among 3");
  }
  std::vector<std::size_t> order = {0, 1, 2};
  order.erase(order.begin() + (from + 3) % 3);
  order.insert(order.begin() + (to + 3) % 3, static_cast<std::size_t>((from + 3) % 3));
  return xt::transpose(a, order);
  // SOLUTION END
}

}  // namespace gradbook
