#include "01_sample/sample.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

CASE(fourth, positive, "the fourth power is the square of the square") {
  const double x = input("x", draw(2, 3));
  observe("fourth", fourth(x));
}

CASE(fourth, negative, "the fourth power of a negative number is positive") {
  const double x = input("x", draw(-3, -2));
  observe("fourth", fourth(x));
}

CASE(fourth, special, "zero, one and a half") {
  observe("of 0", fourth(0));
  observe("of 1", fourth(1));
  observe("of 1/2", fourth(0.5));
}

PROOF(fourth, closed_form) { prove_close("fourth(3)", fourth(3), 81, 0); }

}  // namespace
}  // namespace gradbook
