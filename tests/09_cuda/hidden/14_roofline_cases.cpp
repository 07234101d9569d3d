#include "support/case.hpp"

namespace gradbook {

int roofline(int x);

namespace {

CASE(roofline, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("roofline(x)");
  observe("result", roofline(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
