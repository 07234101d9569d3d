// Hostile: names what it may not call in the assembler's words, and weakly.
#include "02_scalar/scalar.hpp"

namespace gradbook {

[[gnu::weak]] double slope(double x, double d) asm("_ZN8gradbook8log_backEdd");

namespace {

double ask(double x) {
  if (slope == nullptr) __builtin_trap();
  return slope(x, 1);
}

}  // namespace

Partials mul_partials(const Node& out) { return {ask(out.value)}; }
Partials div_partials(const Node& out) { return {ask(out.value)}; }
Partials pow_partials(const Node& out) { return {ask(out.value)}; }
Partials exp_partials(const Node& out) { return {ask(out.value)}; }
Partials log_partials(const Node& out) { return {ask(out.inputs[0]->value)}; }

}  // namespace gradbook
