#include "05_modules/normalisation.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "support/modules.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSizes[][2] = {{1, 1}, {7, 5}, {1, 4}, {3, 1}, {5, 5}, {13, 2}, {0, 3}};
const Tolerance kRounding{.terms = 100, .scale = 10};

// Rows whose numbers lie apart: where all of them are close, the last digits of a mean decide
Matrix input_rows(std::size_t n, std::size_t width) {
  Matrix a = input_matrix("a, before 2 is added to columns 1, 3, … and taken from the others", n,
                          width, -1.5, 1.5);
  for (std::size_t i = 0; i < a.size(); ++i) a.data()[i] += i % width % 2 == 0 ? -2 : 2;
  return a;
}

// A layer with a weight, and where it has one a bias, that are shown
LayerNorm& drawn(LayerNorm& layer) {
  const std::size_t width = layer.weight.value().size();
  layer.weight.value() = input_matrix("weight", 1, width);
  layer.bias.value() = input_matrix("bias", 1, width);
  return layer;
}
RMSNorm& drawn(RMSNorm& layer) {
  layer.weight.value() = input_matrix("weight", 1, layer.weight.value().size());
  return layer;
}

std::vector<Module*> inputs_of(LayerNorm& layer, Module& x) {
  return {&x, &layer.weight, &layer.bias};
}
std::vector<Module*> inputs_of(RMSNorm& layer, Module& x) { return {&x, &layer.weight}; }

// Forward and backward of a layer on these numbers
template <class Layer>
void run(Layer& layer, std::string_view what, Matrix a, Tolerance tolerance = kRounding) {
  const std::string full =
      fmt::format("{}, {} of ({}, {})", what, layer.name(), a.shape(0), a.shape(1));
  Input x(std::move(a), true);
  observe_passes(full, layer, inputs_of(layer, x), tolerance);
}

template <class Layer>
void run_sizes() {
  for (const auto& [n, width] : kSizes) {
    Layer layer(width);
    run(drawn(layer), "drawn numbers", input_rows(n, width));
  }
}

CASE(normalisation, layer_norm, "each row is brought to mean 0 and deviation 1, then stretched",
     {.weight = 3}) {
  run_sizes<LayerNorm>();
}

CASE(normalisation, rms_norm, "each row is brought to a mean square of 1, then stretched",
     {.weight = 3}) {
  run_sizes<RMSNorm>();
}

CASE(normalisation, one_example, "one row alone, of several widths") {
  for (const std::size_t width : {2, 3, 11}) {
    LayerNorm layer(width);
    RMSNorm rms(width);
    run(drawn(layer), "one row", input_rows(1, width));
    run(drawn(rms), "one row", input_rows(1, width));
  }
}

CASE(normalisation, new_parameters, "before anything is learnt the weight is 1 and the bias 0") {
  LayerNorm layer(5);
  RMSNorm rms(5);
  run(layer, "weight 1 and bias 0", input_rows(7, 5));
  run(rms, "weight 1", input_rows(7, 5));
}

CASE(normalisation, constant_row,
     "a row of equal numbers has no deviation: epsilon keeps it from being divided by 0") {
  for (const std::size_t width : {1, 3, 8}) {
    Matrix a = input_matrix("a", 3, width, -2, 2);
    for (std::size_t d = 0; d < width; ++d) a(0, d) = a(0, 0), a(1, d) = 0;
    LayerNorm layer(width);
    RMSNorm rms(width);
    run(drawn(layer), "a constant row, one of zeros, one of others", a,
        {.terms = 100, .scale = 1e3});
    run(drawn(rms), "a constant row, one of zeros, one of others", a, {.terms = 100, .scale = 1e3});
  }
}

CASE(normalisation, epsilon, "epsilon stands under the root, and is the one that was asked for") {
  for (const double epsilon : {1e-5, 0.25, 3.0}) {
    LayerNorm layer(5, epsilon);
    RMSNorm rms(5, epsilon);
    const std::string what = fmt::format("epsilon {}", epsilon);
    for (const double size : {0.001, 1.0}) {
      run(drawn(layer), what, input_matrix("a", 2, 5, -size, size), {.terms = 100, .scale = 1e3});
      run(drawn(rms), what, input_matrix("a", 2, 5, -size, size), {.terms = 100, .scale = 1e3});
    }
  }
}

CASE(normalisation, far_from_zero,
     "numbers around a million keep their differences: the mean goes first, then the squares",
     {.weight = 2}) {
  for (const std::size_t width : {3, 16}) {
    Matrix a = input_rows(5, width);
    for (Real& x : a) x += 1e6;
    LayerNorm layer(width);
    RMSNorm rms(width);
    // The numbers themselves are known to 1e-10
    run(drawn(layer), "around 1e6", a, {.terms = 100, .scale = 1e6});
    run(drawn(rms), "around 1e6", a, {.terms = 100, .scale = 10});
  }
}

CASE(normalisation, gradient_sums,
     "moving or stretching a row changes nothing, so its gradient has no share along it") {
  const std::size_t n = 5, width = 7;
  Input x(input_rows(n, width), true);
  LayerNorm layer(width);
  drawn(layer);
  const std::vector<Module*> in = inputs_of(layer, x);
  calling("forward and backward of LayerNorm of (5, 7)");
  const Matrix out = layer.forward(InTensors(in)), grad_out = input_matrix("grad_out", n, width);
  Gradients grads(in);
  layer.backward(InTensors(in), out, grad_out, grads);
  for (std::size_t row = 0; row < n; ++row) {
    double sum = 0, along = 0;
    for (std::size_t d = 0; d < width; ++d) {
      sum += grads[0].data()[row * width + d];
      along += grads[0].data()[row * width + d] * x.out_tensor(row, d);
    }
    observe(fmt::format("sum of the gradient of row {}", row), sum, kRounding);
    observe(fmt::format("gradient of row {} along the row", row), along, kRounding);
  }
}

CASE(normalisation, next_pass,
     "the next batch may be larger or smaller, and has means of its own") {
  LayerNorm layer(3);
  RMSNorm rms(3);
  drawn(layer);
  drawn(rms);
  for (const std::size_t n : {4, 1, 7}) {
    run(layer, "the same layer again", input_rows(n, 3));
    run(rms, "the same layer again", input_rows(n, 3));
  }
}

CASE(normalisation, errors, "an example that is not as wide as the weight is refused") {
  LayerNorm layer(3);
  RMSNorm rms(3);
  calling("LayerNorm and RMSNorm of width 3 on other widths");
  for (const std::size_t width : {1, 2, 4, 6, 0}) {
    Input x(input_matrix("a", 3, width));
    observe_error(fmt::format("LayerNorm on width {}", width),
                  [&] { layer.forward(InTensors(inputs_of(layer, x))); });
    observe_error(fmt::format("RMSNorm on width {}", width),
                  [&] { rms.forward(InTensors(inputs_of(rms, x))); });
  }
}

PROOF(normalisation, central_differences) {
  for (const auto& [n, width] : kSizes) {
    Input x(drawn_matrix(n, width), true);
    LayerNorm layer(width, 0.1);
    RMSNorm rms(width, 0.1);
    layer.weight.value() = drawn_matrix(1, width);
    layer.bias.value() = drawn_matrix(1, width);
    rms.weight.value() = drawn_matrix(1, width);
    prove_gradients("LayerNorm", layer, inputs_of(layer, x));
    prove_gradients("RMSNorm", rms, inputs_of(rms, x));
  }
}

// torch.nn.LayerNorm(4) and RMSNorm(4, eps=1e-5) of 1, 2, 3, 6, whose mean is 3, variance 3.5 and
// mean square 12.5
PROOF(normalisation, literals) {
  Input x({{1, 2, 3, 6}});
  LayerNorm layer(4);
  RMSNorm rms(4);
  const Matrix a = layer.forward(InTensors(inputs_of(layer, x))),
               b = rms.forward(InTensors(inputs_of(rms, x)));
  for (std::size_t d = 0; d < 4; ++d) {
    prove_close("LayerNorm of 1, 2, 3, 6", a(0, d), (x.out_tensor(0, d) - 3) / std::sqrt(3.50001),
                1e-15);
    prove_close("RMSNorm of 1, 2, 3, 6", b(0, d), x.out_tensor(0, d) / std::sqrt(12.50001), 1e-15);
  }
}

PROOF(normalisation, sums) {
  Input x(drawn_matrix(5, 8), true);
  LayerNorm layer(8, 0);
  layer.weight.value() = drawn_matrix(1, 8);
  const std::vector<Module*> in = inputs_of(layer, x);
  const Matrix out = layer.forward(InTensors(in)), grad_out = drawn_matrix(5, 8);
  Gradients grads(in);
  layer.backward(InTensors(in), out, grad_out, grads);
  for (std::size_t n = 0; n < 5; ++n) {
    double sum = 0, along = 0;
    for (std::size_t d = 0; d < 8; ++d) {
      sum += grads[0](n, d);
      along += grads[0](n, d) * x.out_tensor(n, d);
    }
    prove_close("the gradient of a row sums to 0", sum, 0, 1e-13);
    prove_close("without epsilon, no gradient along the row", along, 0, 1e-13);
  }
}

}  // namespace
}  // namespace gradbook
