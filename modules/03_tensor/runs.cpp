#include "03_tensor/runs.hpp"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace gradbook {
namespace {

struct Axis {
  std::int64_t size;
  std::int64_t stride[3];
};

// Whether a step along `outer` is as long as all of `inner`, in every array
bool one_axis(const Axis& outer, const Axis& inner) {
  for (int i = 0; i < 3; ++i) {
    if (outer.stride[i] != inner.stride[i] * inner.size) return false;
  }
  return true;
}

std::vector<Axis> axes_of(const Shape& shape, std::initializer_list<Strides> strides) {
  std::vector<Axis> axes;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape[axis] == 1) continue;
    Axis made{shape[axis], {}};
    int array = 0;
    for (const Strides& s : strides) made.stride[array++] = s[axis];
    axes.push_back(made);
  }
  std::ranges::stable_sort(axes, [](const Axis& a, const Axis& b) {
    return std::abs(a.stride[0]) > std::abs(b.stride[0]);
  });
  return axes;
}

void merge(std::vector<Axis>& axes) {
  std::vector<Axis> merged;
  for (const Axis& axis : axes) {
    if (!merged.empty() && one_axis(merged.back(), axis)) {
      const std::int64_t size = merged.back().size;
      merged.back() = axis;
      merged.back().size *= size;
    } else {
      merged.push_back(axis);
    }
  }
  axes = merged;
}

}  // namespace

Runs plan_runs(const Shape& shape, std::initializer_list<Strides> strides) {
  Runs runs;
  for (const std::int64_t size : shape) {
    if (size == 0) return runs;
  }
  std::vector<Axis> axes = axes_of(shape, strides);
  merge(axes);
  if (axes.empty()) axes.push_back({1, {1, 1, 1}});

  const Axis inner = axes.back();
  axes.pop_back();
  runs.length = runs.last_length = std::min(inner.size, Runs::kLongest);
  if (inner.size > Runs::kLongest) {
    const std::int64_t pieces = (inner.size + Runs::kLongest - 1) / Runs::kLongest;
    runs.last_length = inner.size - (pieces - 1) * Runs::kLongest;
    runs.cut = static_cast<int>(axes.size());
    axes.push_back({pieces, {}});
    for (int i = 0; i < 3; ++i) axes.back().stride[i] = inner.stride[i] * Runs::kLongest;
  }
  std::copy_n(inner.stride, 3, runs.step);
  runs.count = 1;
  for (const Axis& axis : axes) {
    runs.count *= axis.size;
    runs.loops.push_back(axis.size);
    for (int i = 0; i < 3; ++i) runs.strides[i].push_back(axis.stride[i]);
  }
  return runs;
}

RunCursor::RunCursor(const Runs& runs, std::int64_t first)
    : number(first), length(runs.length), runs_(runs), index_(runs.loops.rank(), 0) {
  for (int loop = runs.loops.rank() - 1; loop >= 0; --loop) {
    index_[loop] = first % runs.loops[loop];
    first /= runs.loops[loop];
    for (int i = 0; i < 3; ++i) offset[i] += index_[loop] * runs.strides[i][loop];
  }
  if (runs.cut >= 0 && index_[runs.cut] == runs.loops[runs.cut] - 1) length = runs.last_length;
}

void RunCursor::next() {
  ++number;
  for (int loop = runs_.loops.rank() - 1; loop >= 0; --loop) {
    const bool around = ++index_[loop] == runs_.loops[loop];
    const std::int64_t rounds = around ? 1 - runs_.loops[loop] : 1;
    for (int i = 0; i < 3; ++i) offset[i] += rounds * runs_.strides[i][loop];
    if (around) index_[loop] = 0;
    if (loop == runs_.cut)
      length = index_[loop] == runs_.loops[loop] - 1 ? runs_.last_length : runs_.length;
    if (!around) return;
  }
}

Real* writable(const char* operation, Array& out) {
  if (!out.is_contiguous())
    throw ShapeError(operation, ": a result of shape ", out.shape(), " and strides ", out.strides(),
                     " is not contiguous, and runs write one element after the other");
  return out.mutable_data();
}

}  // namespace gradbook
