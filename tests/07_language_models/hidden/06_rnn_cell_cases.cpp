#include "support/case.hpp"

namespace gradbook {

int rnn_cell(int x);

namespace {

CASE(rnn_cell, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("rnn_cell(x)");
  observe("result", rnn_cell(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
