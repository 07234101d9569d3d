#include "04_autograd/backend.hpp"

#include <map>
#include <mutex>

#include "03_tensor/loops.hpp"
#include "03_tensor/matmul.hpp"

namespace gradbook {
namespace {

class Plain final : public Backend {
 public:
  const char* name() const override { return "plain"; }

  void map(const MapPrimitive& f, const Array& a, Array& out) const override {
    gradbook::map(*f.scalar, a, out);
  }

  void zip(const ZipPrimitive& f, const Array& a, const Array& b, Array& out) const override {
    gradbook::zip(*f.scalar, a, b, out);
  }

  Array reduce(const ReducePrimitive& f, const Array& a, const Axes& axes,
               bool keepdim) const override {
    return gradbook::reduce(*f.scalar, f.start, a, axes, keepdim);
  }

  Array matmul(const Array& a, const Array& b) const override { return gradbook::matmul(a, b); }
};

MatrixView matrix(const Array& a, const Real* data) {
  const int rows = a.rank() - 2, columns = a.rank() - 1;
  return {data, a.shape()[rows], a.shape()[columns], a.strides()[rows], a.strides()[columns]};
}

class Fast final : public Backend {
 public:
  explicit Fast(int threads) : threads_(threads) {}
  const char* name() const override { return "fast"; }

  void map(const MapPrimitive& f, const Array& a, Array& out) const override {
    map_runs(f, a, out, threads_);
  }

  void zip(const ZipPrimitive& f, const Array& a, const Array& b, Array& out) const override {
    zip_runs(f, a, b, out, threads_);
  }

  Array reduce(const ReducePrimitive& f, const Array& a, const Axes& axes,
               bool keepdim) const override {
    return reduce_runs(f, a, axes, keepdim, threads_);
  }

  Array matmul(const Array& a, const Array& b) const override;

 private:
  int threads_;
};

Shape without_matrix(const Array& a) {
  Shape batch;
  for (int axis = 0; axis < a.rank() - 2; ++axis) batch.push_back(a.shape()[axis]);
  return batch;
}

Shape with_matrix(Shape batch, std::int64_t rows, std::int64_t columns) {
  batch.push_back(rows);
  batch.push_back(columns);
  return batch;
}

Array Fast::matmul(const Array& a, const Array& b) const {
  const Shape &shape_a = a.shape(), &shape_b = b.shape();
  if (shape_a.rank() < 2 || shape_b.rank() < 2)
    throw ShapeError("matmul: ", shape_a, " times ", shape_b, ": a matrix has at least two axes");
  const MatrixView left = matrix(a, a.data()), right = matrix(b, b.data());
  if (left.columns != right.rows)
    throw ShapeError("matmul: ", shape_a, " times ", shape_b, ": inner sizes ", left.columns,
                     " and ", right.rows, " differ");
  const Shape batch = broadcast_shape(without_matrix(a), without_matrix(b), "matmul");
  Array out(with_matrix(batch, left.rows, right.columns));
  Real* const result = out.mutable_data();
  if (batch.rank() == 0) {
    matmul_blocked(left, right, result, threads_);
    return out;
  }

  // One product for each index of the batch
  const Array wide_a = broadcast_to(a, with_matrix(batch, left.rows, left.columns)),
              wide_b = broadcast_to(b, with_matrix(batch, right.rows, right.columns));
  const std::int64_t products = size_of(batch);
  for (std::int64_t i = 0; i < products; ++i) {
    const Index index = position_to_index(i, batch);
    std::int64_t place_a = 0, place_b = 0;
    for (int axis = 0; axis < batch.rank(); ++axis) {
      place_a += index[axis] * wide_a.strides()[axis];
      place_b += index[axis] * wide_b.strides()[axis];
    }
    matmul_blocked(matrix(wide_a, wide_a.data() + place_a), matrix(wide_b, wide_b.data() + place_b),
                   result + i * left.rows * right.columns, threads_);
  }
  return out;
}

const Backend* in_use = nullptr;  // until somebody chooses, perhaps before main begins

}  // namespace

Backend::~Backend() = default;

const Backend& plain_backend() {
  static const Plain backend;
  return backend;
}

const Backend& fast_backend(int threads) {
  static std::mutex mutex;
  static std::map<int, Fast> backends;
  const std::lock_guard lock(mutex);
  return backends.try_emplace(threads, threads).first->second;
}

const Backend& backend() {
#ifdef GRADBOOK_FAST
  return in_use != nullptr ? *in_use : fast_backend();
#else
  return in_use != nullptr ? *in_use : plain_backend();
#endif
}

void use_backend(const Backend& backend) { in_use = &backend; }

Array map(const MapPrimitive& f, const Array& a) {
  Array out(a.shape());
  backend().map(f, a, out);
  return out;
}

Array zip(const ZipPrimitive& f, const Array& a, const Array& b) {
  Array out(broadcast_shape(a.shape(), b.shape(), f.name));
  backend().zip(f, a, b, out);
  return out;
}

}  // namespace gradbook
