#include "support/case.hpp"

namespace gradbook {

int strided_map_zip(int x);

namespace {

CASE(strided_map_zip, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("strided_map_zip(x)");
  observe("result", strided_map_zip(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
