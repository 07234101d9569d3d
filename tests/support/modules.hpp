/// @file
/// Modules in hidden cases: matrices drawn and observed, one module run forward and backward, and
/// the proof that its gradients are what differences say.
#pragma once

#include <fmt/format.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "00_course/function_ref.hpp"
#include "05_modules/module.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {

/// A drawn matrix (rows, columns) that goes in.
inline Matrix input_matrix(std::string_view label, std::size_t rows, std::size_t columns,
                           double low = -2, double high = 2) {
  return filled<Matrix>({rows, columns}, input(label, draw_list(rows * columns, low, high)));
}

/// The same, for a proof: recorded nowhere.
inline Matrix drawn_matrix(std::size_t rows, std::size_t columns, double low = -2,
                           double high = 2) {
  return filled<Matrix>({rows, columns}, draw_list(rows * columns, low, high));
}

/// Observes shape and numbers.
inline void observe(std::string_view label, const Matrix& m, Tolerance tolerance = {}) {
  const std::vector<Real> numbers = listed(m);
  observe(label, std::span<const Real>(numbers), sizes_of(m), tolerance);
}

/// Whether two have the same shape and the same bits.
inline bool same_bits(const Matrix& a, const Matrix& b) {
  return a.shape() == b.shape() &&
         (a.size() == 0 || std::memcmp(a.data(), b.data(), a.size() * sizeof(Real)) == 0);
}

namespace detail {

// A gradient of the output, drawn from a generator of its own, so that a wrong shape does not
// change what is drawn later
inline Matrix draw_gradient_of(const Matrix& out) {
  Random random(generator().bits());
  Matrix gradient = out;
  for (Real& x : gradient) x = static_cast<Real>(random.uniform(-2, 2));
  return gradient;
}

inline std::vector<Matrix> outputs_of(const std::vector<Module*>& modules) {
  std::vector<Matrix> all;
  for (const Module* module : modules) all.push_back(module->out_tensor);
  return all;
}

// Calls backward alone, and observes the gradient of every input that wants one
inline void observe_backward(const std::string& what, Module& module,
                             const std::vector<Module*>& inputs, const Matrix& out,
                             Tolerance tolerance) {
  std::vector<Matrix> before = outputs_of(inputs);
  const Matrix out_before = out, gradient = draw_gradient_of(out), gradient_before = gradient;
  calling(fmt::format("backward of {}", what));
  Gradients grads(inputs);
  module.backward(InTensors(inputs), out, gradient, grads);
  bool as_before = same_bits(out, out_before) && same_bits(gradient, gradient_before);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i]->wants_gradient())
      observe(fmt::format("gradient of input {}, {}", i, what), grads[i], tolerance);
    as_before = as_before && same_bits(inputs[i]->out_tensor, before[i]);
  }
  observe("inputs, output and its gradient are as before, " + what, as_before);
}

}  // namespace detail

/// Runs forward and backward of one module, without the tape, with a drawn gradient of its output,
/// and observes all that comes back, and that nothing that went in has changed.
/// @param what    what is run, in words: "LayerNorm of (7, 3)"
/// @param inputs  Inputs and Parameters
inline void observe_passes(const std::string& what, Module& module,
                           const std::vector<Module*>& inputs, Tolerance tolerance = {}) {
  const std::vector<Matrix> before = detail::outputs_of(inputs);
  calling(fmt::format("forward of {}", what));
  const Matrix out = module.forward(InTensors(inputs));
  observe("output, " + what, out, tolerance);
  bool as_before = true;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    as_before = as_before && same_bits(inputs[i]->out_tensor, before[i]);
  observe("inputs are as before, " + what, as_before);
  detail::observe_backward(what, module, inputs, out, tolerance);
}

/// The same of a module that was applied just now, and takes it from the tape.
inline void observe_applied(const std::string& what, Module& applied, Tolerance tolerance = {}) {
  observe("output, " + what, applied.out_tensor, tolerance);
  detail::observe_backward(what, applied, applied.in_modules, applied.out_tensor, tolerance);
  tape().clear();
}

namespace detail {

// What a gradient of the output makes of the output: J = Σ r ⊙ b
inline double weighted(const Matrix& r, const Matrix& b) {
  double sum = 0;
  for (std::size_t i = 0; i < b.size(); ++i) sum += double{r.data()[i]} * double{b.data()[i]};
  return sum;
}

// Compares a gradient with differences of `loss` by every element of x
inline void prove_gradient(const std::string& label, Matrix& x, const Matrix& gradient,
                           function_ref<double()> loss, double within) {
  prove(gradient.shape() == x.shape(), label + ": the gradient has the shape of what it is of");
  if (gradient.shape() != x.shape()) return;
  const Matrix kept = x;
  const std::vector<double> numeric = numeric_gradient(
      [&](const std::vector<double>& numbers) {
        for (std::size_t i = 0; i < numbers.size(); ++i)
          x.data()[i] = static_cast<Real>(numbers[i]);
        return loss();
      },
      {kept.begin(), kept.end()});
  x = kept;
  for (std::size_t i = 0; i < numeric.size(); ++i)
    prove_close(fmt::format("{}, element {}", label, i), gradient.data()[i], numeric[i], within);
}

}  // namespace detail

/// Proves that what backward of one module gives to each input that wants a gradient is what
/// central differences of Σ r ⊙ b say, for a drawn r, element by element.
inline void prove_gradients(const std::string& what, Module& module,
                            const std::vector<Module*>& inputs, double within = 1e-7) {
  const InTensors in(inputs);
  const Matrix out = module.forward(in), r = drawn_matrix(out.shape(0), out.shape(1));
  Gradients grads(inputs);
  module.backward(in, out, r, grads);
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    if (!inputs[k]->wants_gradient()) continue;
    detail::prove_gradient(
        fmt::format("{}, input {}", what, k), inputs[k]->out_tensor, grads[k],
        [&] { return detail::weighted(r, module.forward(in)); }, within);
  }
}

/// Proves the same of a whole network, which `apply` runs on the tape.
/// @param apply   runs the forward pass, and returns the module with the result
/// @param leaves  Parameters and Inputs that want a gradient
inline void prove_network(const std::string& what, function_ref<Module&()> apply,
                          const std::vector<Module*>& leaves, double within = 1e-7) {
  for (Module* leaf : leaves) leaf->out_gradient = Matrix();
  Module& last = apply();
  const Matrix r = drawn_matrix(last.out_tensor.shape(0), last.out_tensor.shape(1));
  last.out_gradient = r;
  tape_bwd();
  for (std::size_t k = 0; k < leaves.size(); ++k) {
    const Matrix gradient = leaves[k]->out_gradient;
    const NoTape quiet;
    detail::prove_gradient(
        fmt::format("{}, leaf {}", what, k), leaves[k]->out_tensor, gradient,
        [&] { return detail::weighted(r, apply().out_tensor); }, within);
  }
}

}  // namespace gradbook
