#include "support/case.hpp"

namespace gradbook {

int vocabulary(int x);

namespace {

CASE(vocabulary, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("vocabulary(x)");
  observe("result", vocabulary(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
