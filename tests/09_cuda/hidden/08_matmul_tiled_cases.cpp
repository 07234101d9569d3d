#include "support/case.hpp"

namespace gradbook {

int matmul_tiled(int x);

namespace {

CASE(matmul_tiled, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("matmul_tiled(x)");
  observe("result", matmul_tiled(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
