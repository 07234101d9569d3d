#include "support/case.hpp"

namespace gradbook {

int bigram_network(int x);

namespace {

CASE(bigram_network, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("bigram_network(x)");
  observe("result", bigram_network(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
