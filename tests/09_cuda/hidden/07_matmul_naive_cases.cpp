#include "support/case.hpp"

namespace gradbook {

int matmul_naive(int x);

namespace {

CASE(matmul_naive, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("matmul_naive(x)");
  observe("result", matmul_naive(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
