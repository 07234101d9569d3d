#include "support/case.hpp"

namespace gradbook {

int rnn_lm(int x);

namespace {

CASE(rnn_lm, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("rnn_lm(x)");
  observe("result", rnn_lm(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
