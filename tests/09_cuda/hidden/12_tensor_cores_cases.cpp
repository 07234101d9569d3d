#include "support/case.hpp"

namespace gradbook {

int tensor_cores(int x);

namespace {

CASE(tensor_cores, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("tensor_cores(x)");
  observe("result", tensor_cores(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
