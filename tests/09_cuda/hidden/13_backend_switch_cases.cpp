#include "support/case.hpp"

namespace gradbook {

int backend_switch(int x);

namespace {

CASE(backend_switch, drawn, "what a failure means, in one sentence") {
  const auto x = input("x", draw_integer(-9, 9));
  calling("backend_switch(x)");
  observe("result", backend_switch(static_cast<int>(x)));
}

}  // namespace
}  // namespace gradbook
