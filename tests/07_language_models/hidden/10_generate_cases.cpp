#include "support/case.hpp"

namespace gradbook {

int generate(int x);

namespace {

CASE(generate, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("generate(x)");
  observe("result", generate(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
