#include "support/case.hpp"

namespace gradbook {

int sampling(int x);

namespace {

CASE(sampling, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("sampling(x)");
  observe("result", sampling(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
