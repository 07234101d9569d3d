#include "support/case.hpp"

namespace gradbook {

int byte_pair_encoding(int x);

namespace {

CASE(byte_pair_encoding, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("byte_pair_encoding(x)");
  observe("result", byte_pair_encoding(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
