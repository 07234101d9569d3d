#include "support/case.hpp"

namespace gradbook {

int matmul_vectorised(int x);

namespace {

CASE(matmul_vectorised, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("matmul_vectorised(x)");
  observe("result", matmul_vectorised(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
