#include "03_tensor/matmul.hpp"

namespace gradbook {

Array matmul(const Array& a, const Array& b) {
  // SOLUTION BEGIN  check the sizes, broadcast what is before the last two axes, then three loops
  if (a.rank() < 2 || b.rank() < 2)
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(),
                     ": a matrix has at least two axes");
  const std::int64_t rows = a.shape()[a.rank() - 2], inner = a.shape()[a.rank() - 1],
                     inner_b = b.shape()[b.rank() - 2], columns = b.shape()[b.rank() - 1];
  if (inner != inner_b)
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(), ": inner sizes ", inner, " and ",
                     inner_b, " differ");

  // The axes before the last two say which matrices are multiplied: broadcast them, and no others
  const auto batch_of = [](const Array& matrices) {
    Shape batch;
    for (int axis = 0; axis < matrices.rank() - 2; ++axis) batch.push_back(matrices.shape()[axis]);
    return batch;
  };
  const Shape batch = broadcast_shape(batch_of(a), batch_of(b), "matmul, axes before the last two");
  const auto matrices_of = [&batch](std::int64_t m, std::int64_t n) {
    Shape shape = batch;
    shape.push_back(m);
    shape.push_back(n);
    return shape;
  };
  const Array left = broadcast_to(a, matrices_of(rows, inner)),
              right = broadcast_to(b, matrices_of(inner, columns));

  // Each element is a row of the left matrix times a column of the right one
  Array out(matrices_of(rows, columns));
  const int last = out.rank() - 1;
  for (std::int64_t position = 0; position < out.size(); ++position) {
    const Index index = position_to_index(position, out.shape());
    Index in_left = index, in_right = index;
    Real sum = 0;
    for (std::int64_t k = 0; k < inner; ++k) {
      in_left[last] = in_right[last - 1] = k;
      sum += left.at(in_left) * right.at(in_right);
    }
    out.at(index) = sum;
  }
  return out;
  // SOLUTION END
}

}  // namespace gradbook
