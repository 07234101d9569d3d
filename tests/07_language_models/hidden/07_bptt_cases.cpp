#include "support/case.hpp"

namespace gradbook {

int bptt(int x);

namespace {

CASE(bptt, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("bptt(x)");
  observe("result", bptt(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
