#include "09_cuda/backend.hpp"

namespace gradbook {
OnDevice in_rows(OnDevice x) {
  // SOLUTION BEGIN  a map that changes nothing, and writes without gaps
  if (lies_in_rows(x.layout)) return x;
  const int n = elements_of(x.layout);
  DeviceBuffer<float> y = room_for(n);
  const auto [blocks, block] = threads_for(n);
  launch(strided_map_kernel, blocks, block)(MapOp::copy, x.data(), x.layout, y.data());
  for (int axis = x.layout.rank - 1, next = 1; axis >= 0; --axis) {
    x.layout.strides[axis] = next;
    next *= x.layout.shape[axis];
  }
  return {std::move(y), 0, x.layout};
  // SOLUTION END
}

void cuda_map(MapOp op, const Array& a, Array& out) {
  // SOLUTION BEGIN  check, copy there, launch, copy back
  if (!(a.shape() == out.shape()))
    throw ShapeError("map: an array of shape ", a.shape(), " does not fit a result of shape ",
                     out.shape());
  const OnDevice x = to_device(a);
  const int n = elements_of(x.layout);
  DeviceBuffer<float> y = room_for(n);
  const auto [blocks, block] = threads_for(n);
  if (n > 0) launch(strided_map_kernel, blocks, block)(op, x.data(), x.layout, y.data());
  to_host(y, out);
  // SOLUTION END
}

void cuda_zip(ZipOp op, const Array& a, const Array& b, Array& out) {
  // SOLUTION BEGIN  broadcast views are copied as small as they are
  const Shape shape = broadcast_shape(a.shape(), b.shape(), "zip");
  if (!(shape == out.shape()))
    throw ShapeError("zip: ", a.shape(), " and ", b.shape(), " make ", shape,
                     ", which does not fit a result of shape ", out.shape());
  const OnDevice x = to_device(broadcast_to(a, shape)), y = to_device(broadcast_to(b, shape));
  const int n = elements_of(x.layout);
  DeviceBuffer<float> z = room_for(n);
  const auto [blocks, block] = threads_for(n);
  if (n > 0)
    launch(strided_zip_kernel, blocks, block)(op, x.data(), x.layout, y.data(), y.layout, z.data());
  to_host(z, out);
  // SOLUTION END
}

Array cuda_reduce(ReduceOp op, const Array& a, const Axes& axes, bool keepdim) {
  // SOLUTION BEGIN  folded axes to the end: each row of what is then a matrix becomes one number
  Dims folded(a.rank(), 0);  // 1 where the axis is folded away
  for (const std::int64_t axis : checked_axes("reduce", axes, a.rank())) folded[axis] = 1;
  Axes order, last;
  Shape shape;
  std::int64_t rows = 1, columns = 1;
  for (int axis = 0; axis < a.rank(); ++axis) {
    (folded[axis] ? last : order).push_back(axis);
    (folded[axis] ? columns : rows) *= a.shape()[axis];
    if (keepdim || !folded[axis]) shape.push_back(folded[axis] ? 1 : a.shape()[axis]);
  }
  for (const std::int64_t axis : last) order.push_back(axis);

  const OnDevice x = in_rows(to_device(permute(a, order)));
  DeviceBuffer<float> y = room_for(rows);
  const unsigned block = threads_for(static_cast<int>(columns > 0 ? columns : 1)).block;
  if (rows > 0)
    launch(reduce_warp_kernel, static_cast<unsigned>(rows), block)(op, x.data(), y.data(),
                                                                   static_cast<int>(columns));
  Array out(shape);
  to_host(y, out);
  return out;
  // SOLUTION END
}

DeviceBuffer<float> cuda_gemm(const Gemm& g, int products, const OnDevice& a, const OnDevice& b) {
  // SOLUTION BEGIN  tiles along x and y, matrices along z; rounded up, and nothing for nothing
  DeviceBuffer<float> c = room_for(std::int64_t{products} * g.m * g.n);
  const auto tiles = [](int n) { return static_cast<unsigned>((n + kGemmTile - 1) / kGemmTile); };
  if (c.size() > 0)
    launch(matmul_tiled_kernel, {tiles(g.n), tiles(g.m), static_cast<unsigned>(products)},
           {kGemmTile, kGemmTile})(g, a.data(), b.data(), c.data());
  return c;
  // SOLUTION END
}

Array cuda_matmul(const Array& a, const Array& b) {
  // SOLUTION BEGIN  one matrix stays one; a batch is broadcast, and then lies matrix after matrix
  if (a.rank() < 2 || b.rank() < 2)
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(),
                     ": a matrix has at least two axes");
  const std::int64_t m = a.shape()[a.rank() - 2], k = a.shape()[a.rank() - 1],
                     k_of_b = b.shape()[b.rank() - 2], n = b.shape()[b.rank() - 1];
  if (k != k_of_b)
    throw ShapeError("matmul: ", a.shape(), " times ", b.shape(), ": inner sizes ", k, " and ",
                     k_of_b, " differ");
  const auto batch_of = [](const Array& x) {
    Shape batch;
    for (int axis = 0; axis < x.rank() - 2; ++axis) batch.push_back(x.shape()[axis]);
    return batch;
  };
  const Shape batch = broadcast_shape(batch_of(a), batch_of(b), "matmul, axes before the last two");
  const auto with_matrix = [&](std::int64_t rows, std::int64_t columns) {
    Shape shape = batch;
    shape.push_back(rows);
    shape.push_back(columns);
    return shape;
  };

  const bool one_a = a.rank() == 2, one_b = b.rank() == 2;
  Gemm g{static_cast<int>(m), static_cast<int>(n), static_cast<int>(k)};
  g.stride_a = one_a ? 0 : m * k;
  g.stride_b = one_b ? 0 : k * n;
  g.stride_c = m * n;
  const OnDevice left = in_rows(to_device(one_a ? a : broadcast_to(a, with_matrix(m, k)))),
                 right = in_rows(to_device(one_b ? b : broadcast_to(b, with_matrix(k, n))));
  Array out(with_matrix(m, n));
  to_host(cuda_gemm(g, static_cast<int>(size_of(batch)), left, right), out);
  return out;
  // SOLUTION END
}

void cuda_multiply(const MatrixView& a, const MatrixView& b, Real* out) {
  // SOLUTION BEGIN  a transposed view is put into rows on the device
  const OnDevice left = in_rows(to_device(a)), right = in_rows(to_device(b));
  const Gemm g{static_cast<int>(a.rows), static_cast<int>(b.columns), static_cast<int>(a.columns)};
  to_host(cuda_gemm(g, 1, left, right), out);
  // SOLUTION END
}

}  // namespace gradbook
