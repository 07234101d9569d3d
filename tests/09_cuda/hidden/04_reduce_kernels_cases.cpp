#include <fmt/format.h>

#include "09_cuda/reduce.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

CASE(reduce_kernels, sizes, "every number is folded in once, whatever their count") {
  const DeviceBuffer<float> x(input_floats("x", 100));
  DeviceBuffer<float> partial(1);
  launch(reduce_block_kernel, 1, 64)(ReduceOp::sum, x.data(), partial.data(), 100);
  observe_floats("partial", partial, in_float(100, 2));
}

}  // namespace
}  // namespace gradbook
