#include "support/case.hpp"

namespace gradbook {

int matmul_register_blocked(int x);

namespace {

CASE(matmul_register_blocked, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("matmul_register_blocked(x)");
  observe("result", matmul_register_blocked(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
