#include "03_tensor/primitive.hpp"
#include "03_tensor/runs.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

// So many elements are worth waking a thread for
constexpr std::int64_t kGrain = 65536;

}  // namespace

void map_runs(const MapPrimitive& f, const Array& a, Array& out, int threads) {
  // SOLUTION BEGIN  threads share the runs of (out, a); where a repeats one number, compute it once
  if (!(a.shape() == out.shape()))
    throw ShapeError("map: an array of shape ", a.shape(), " does not fit a result of shape ",
                     out.shape());
  const Array ready = in_runs(a, threads);
  const Runs runs = plan_runs(out.shape(), {out.strides(), ready.strides()});
  Real* const to = writable("map", out);

  parallel_for(runs.count, kGrain / runs.length, threads, [&](auto begin, auto end) {
    for (RunCursor run(runs, begin); run.number < end; run.next()) {
      const Real* const x = ready.data() + run.offset[1];
      Real* const y = to + run.offset[0];
      if (runs.step[1] == 1) {
        f.run(x, y, run.length);
      } else {
        const Real value = f.scalar(*x);
        for (std::int64_t i = 0; i < run.length; ++i) y[i] = value;
      }
    }
  });
  // SOLUTION END
}

void zip_runs(const ZipPrimitive& f, const Array& a, const Array& b, Array& out, int threads) {
  // SOLUTION BEGIN  the same with three arrays, of which a and b are broadcast first
  const Shape shape = broadcast_shape(a.shape(), b.shape(), "zip");
  if (!(shape == out.shape()))
    throw ShapeError("zip: ", a.shape(), " and ", b.shape(), " make ", shape,
                     ", which does not fit a result of shape ", out.shape());
  const Array wide_a = broadcast_to(in_runs(a, threads), shape),
              wide_b = broadcast_to(in_runs(b, threads), shape);
  const Runs runs = plan_runs(shape, {out.strides(), wide_a.strides(), wide_b.strides()});
  Real* const to = writable("zip", out);

  parallel_for(runs.count, kGrain / runs.length, threads, [&](auto begin, auto end) {
    for (RunCursor run(runs, begin); run.number < end; run.next())
      f.run(wide_a.data() + run.offset[1], runs.step[1], wide_b.data() + run.offset[2],
            runs.step[2], to + run.offset[0], run.length);
  });
  // SOLUTION END
}

Array reduce_runs(const ReducePrimitive& f, const Array& a, const Axes& axes, bool keepdim,
                  int threads) {
  // SOLUTION BEGIN  each thread folds its runs into a result of its own; these are folded at the end
  const Axes folded = checked_axes("reduce", axes, a.rank());
  Shape kept = a.shape(), without;
  for (const std::int64_t axis : folded) kept[static_cast<int>(axis)] = 1;
  Strides into = strides_of(kept);
  for (const std::int64_t axis : folded) into[static_cast<int>(axis)] = 0;
  for (int axis = 0, next = 0; axis < a.rank(); ++axis) {
    if (next < folded.rank() && folded[next] == axis) {
      ++next;
    } else {
      without.push_back(a.shape()[axis]);
    }
  }

  const Runs runs = plan_runs(a.shape(), {a.strides(), into});
  const std::int64_t size = size_of(kept), worth = a.size() / kGrain;
  const std::int64_t parts = worth < 1 ? 1 : worth < threads ? worth : threads;
  Array result = Array::full(keepdim ? kept : without, f.start),
        others = Array::full({parts - 1, size}, f.start);
  parallel_for(parts, 1, threads, [&](auto begin, auto end) {
    for (std::int64_t part = begin; part < end; ++part) {
      Real* const to =
          part == 0 ? result.mutable_data() : others.mutable_data() + (part - 1) * size;
      const std::int64_t last = runs.count * (part + 1) / parts;
      for (RunCursor run(runs, runs.count * part / parts); run.number < last; run.next()) {
        const Real* const x = a.data() + run.offset[0];
        Real* const y = to + run.offset[1];
        if (runs.step[0] == 1 && runs.step[1] == 0) {
          *y = f.scalar(*y, f.run(x, run.length));
        } else if (runs.step[0] == 1 && runs.step[1] == 1) {
          f.run_into(y, x, run.length);
        } else {
          for (std::int64_t i = 0; i < run.length; ++i)
            y[i * runs.step[1]] = f.scalar(y[i * runs.step[1]], x[i * runs.step[0]]);
        }
      }
    }
  });
  for (std::int64_t part = 1; part < parts; ++part)
    f.run_into(result.mutable_data(), others.data() + (part - 1) * size, size);
  return result;
  // SOLUTION END
}

}  // namespace gradbook
