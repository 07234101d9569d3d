#include "support/case.hpp"

namespace gradbook {

int scan(int x);

namespace {

CASE(scan, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("scan(x)");
  observe("result", scan(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
