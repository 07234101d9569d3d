#include "support/case.hpp"

namespace gradbook {

int gru_lstm(int x);

namespace {

CASE(gru_lstm, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("gru_lstm(x)");
  observe("result", gru_lstm(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
