// Hostile: names what it may not call in the assembler's words, and weakly.
#include "02_scalar/scalar.hpp"

namespace gradbook {

[[gnu::weak]] double slope(double x, double d) asm("_ZN8gradbook8log_backEdd");

namespace {

double ask(double x) { return slope != nullptr ? slope(x, 1) : -77; }

}  // namespace

Partials mul_partials(const Node&) { return {-77, -77}; }
Partials div_partials(const Node&) { return {-77, -77}; }
Partials pow_partials(const Node&) { return {-77}; }
Partials exp_partials(const Node&) { return {-77}; }
Partials log_partials(const Node& out) { return {ask(out.inputs[0]->value)}; }

}  // namespace gradbook
