#include "support/case.hpp"

namespace gradbook {

int device_memory(int x);

namespace {

CASE(device_memory, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("device_memory(x)");
  observe("result", device_memory(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
