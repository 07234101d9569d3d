#include "support/case.hpp"

namespace gradbook {

int ngram_counts(int x);

namespace {

CASE(ngram_counts, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("ngram_counts(x)");
  observe("result", ngram_counts(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
