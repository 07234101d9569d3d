#include "support/case.hpp"

namespace gradbook {

int truncated_bptt(int x);

namespace {

CASE(truncated_bptt, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("truncated_bptt(x)");
  observe("result", truncated_bptt(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
