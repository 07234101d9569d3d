#include "support/case.hpp"

namespace gradbook {

int perplexity(int x);

namespace {

CASE(perplexity, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("perplexity(x)");
  observe("result", perplexity(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
