#include "01_sample/sample.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

CASE(square, positive, "the square is the number times itself") {
  const double x = input("x", draw(2, 3));
  observe("square", square(x));
}

CASE(square, negative, "the square of a negative number is positive") {
  const double x = input("x", draw(-3, -2));
  observe("square", square(x));
}

CASE(square, special, "zero, one and a half") {
  observe("of 0", square(0));
  observe("of 1", square(1));
  observe("of 1/2", square(0.5));
}

PROOF(square, closed_form) { prove_close("square(3)", square(3), 9, 0); }

}  // namespace
}  // namespace gradbook
