#include "support/case.hpp"

namespace gradbook {

int reduce_kernels(int x);

namespace {

CASE(reduce_kernels, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("reduce_kernels(x)");
  observe("result", reduce_kernels(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
