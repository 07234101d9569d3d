#include "support/case.hpp"

namespace gradbook {

int benchmark_harness(int x);

namespace {

CASE(benchmark_harness, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("benchmark_harness(x)");
  observe("result", benchmark_harness(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
