#include "support/case.hpp"

namespace gradbook {

int fused_rows(int x);

namespace {

CASE(fused_rows, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("fused_rows(x)");
  observe("result", fused_rows(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
