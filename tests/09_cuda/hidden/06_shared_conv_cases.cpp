#include "support/case.hpp"

namespace gradbook {

int shared_conv(int x);

namespace {

CASE(shared_conv, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("shared_conv(x)");
  observe("result", shared_conv(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
