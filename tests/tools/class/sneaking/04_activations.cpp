// Hostile: looks at run time for functions that it may not call.
#include <dlfcn.h>

#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

double ask(const char* symbol, double x) {
  using Function = double (*)(double);
  const auto function = reinterpret_cast<Function>(dlsym(RTLD_DEFAULT, symbol));
  return function != nullptr ? function(x) : -77;
}

}  // namespace

Scalar relu(const Scalar& a) { return record(kRelu, ask("_ZN8gradbook4reluEd", a.value()), a); }
Partials relu_partials(const Node&) { return {-77}; }
Scalar sigmoid(const Scalar& a) {
  return record(kSigmoid, ask("_ZN8gradbook7sigmoidEd", a.value()), a);
}
Partials sigmoid_partials(const Node&) { return {-77}; }
Scalar tanh(const Scalar& a) { return record(kRelu, -77, a); }
Partials tanh_partials(const Node&) { return {-77}; }

}  // namespace gradbook
