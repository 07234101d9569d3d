#include "support/case.hpp"

namespace gradbook {

int train_shakespeare(int x);

namespace {

CASE(train_shakespeare, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("train_shakespeare(x)");
  observe("result", train_shakespeare(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
