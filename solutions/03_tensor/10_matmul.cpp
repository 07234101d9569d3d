#include "03_tensor/matmul.hpp"

namespace gradbook {

Array matmul(const Array& a, const Array& b) {
  // SOLUTION BEGIN  check the sizes, broadcast what is before the last two axes, then three loops
  if (a.rank() < 2 || b.rank() < 2)
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(),
                     ": a matrix has at least two axes");
  const std::int64_t rows = a.shape()[a.rank() - 2], inner = a.shape()[a.rank() - 1],
                     columns = b.shape()[b.rank() - 1];
  if (inner != b.shape()[b.rank() - 2])
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(), ": inner sizes ", inner, " and ",
                     b.shape()[b.rank() - 2], " differ");

  // The axes before the last two say which matrices are multiplied
  const auto with_batch = [](Shape batch, std::int64_t m, std::int64_t n) {
    batch.push_back(m), batch.push_back(n);
    return batch;
  };
  const auto batch_of = [](const Array& array) {
    Shape batch;
    for (int axis = 0; axis < array.rank() - 2; ++axis) batch.push_back(array.shape()[axis]);
    return batch;
  };
  const Shape batch = broadcast_shape(batch_of(a), batch_of(b), "matmul");
  const Array wide_a = broadcast_to(a, with_batch(batch, rows, inner)),
              wide_b = broadcast_to(b, with_batch(batch, inner, columns));
  Array out = Array::zeros(with_batch(batch, rows, columns));

  for (std::int64_t position = 0; position < out.size(); ++position) {
    Index index = position_to_index(position, out.shape()), left = index, right = index;
    const int last = out.rank() - 1;
    for (std::int64_t k = 0; k < inner; ++k) {
      left[last] = right[last - 1] = k;
      out.at(index) += wide_a.at(left) * wide_b.at(right);
    }
  }
  return out;
  // SOLUTION END
}

}  // namespace gradbook
