#include "05_modules/activations.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "support/modules.hpp"

namespace gradbook {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kSizes[][2] = {{1, 1}, {7, 5}, {1, 4}, {3, 1}, {13, 2}, {0, 3}, {3, 0}};
const Tolerance kRounding{.terms = 10, .scale = 4};

void observe_sizes(Module& module, std::string_view what, double range) {
  for (const auto& [n, width] : kSizes) {
    Input x(input_matrix("a", n, width, -range, range), true);
    observe_passes(fmt::format("{} of ({}, {})", what, n, width), module, {&x}, kRounding);
  }
}

// Forward and backward on these numbers, as a row, with these gradients
void observe_row(Module& module, std::string_view what, const std::vector<double>& numbers,
                 const std::vector<double>& gradients) {
  Input x(filled<Matrix>({1, numbers.size()}, input("a", numbers)), true);
  const std::vector<Module*> in{&x};
  calling(fmt::format("forward and backward of {}", what));
  const Matrix out = module.forward(InTensors(in));
  observe(fmt::format("output, {}", what), out, kRounding);
  Gradients grads(in);
  module.backward(InTensors(in), out,
                  filled<Matrix>({1, gradients.size()}, input("grad_out", gradients)), grads);
  observe(fmt::format("gradient, {}", what), grads[0], kRounding);
}

CASE(activations, tanh, "tanh of every number, and the gradient times 1 − b²") {
  Tanh tanh;
  observe_sizes(tanh, "Tanh", 3);
}

CASE(activations, relu, "what is above 0 stays, and its gradient goes through") {
  ReLU relu;
  observe_sizes(relu, "ReLU", 3);
}

CASE(activations, relu_at_zero, "at 0 the output is 0, and so is the slope") {
  ReLU relu;
  observe_row(relu, "ReLU at and around 0", {0, -0.0, 1e-300, -1e-300, 1e-12, -1e-12},
              draw_list(6, 1, 2));
}

CASE(activations, relu_of_anything,
     "infinite numbers and NaN come out as they are, and an infinite gradient stops where the "
     "input is negative") {
  ReLU relu;
  const double nan = std::nan("");
  Input x(filled<Matrix>({1, 4}, input("a", std::vector<double>{kInfinity, -kInfinity, nan, 2})));
  const std::vector<Module*> in{&x};
  calling("forward of ReLU with infinite numbers and NaN");
  observe("output", relu.forward(InTensors(in)));
  const std::vector<double> drawn = draw_list(2, 0.5, 2);
  observe_row(relu, "ReLU with infinite gradients", {drawn[0], -drawn[1], -drawn[0], 0},
              {kInfinity, kInfinity, nan, -kInfinity});
}

CASE(activations, gelu, "a Φ(a) with the error function, and its slope", {.weight = 2}) {
  GELU gelu;
  observe_sizes(gelu, "GELU", 4);
}

CASE(activations, gelu_with_tanh, "a Φ(a) with Φ by tanh, and the slope of that form",
     {.weight = 2}) {
  GELU gelu(GELU::Form::tanh);
  observe_sizes(gelu, "GELU with tanh", 4);
}

CASE(activations, far_out,
     "far out each is flat or straight: nothing overflows, and no slope is NaN") {
  const std::vector<double> numbers = {-1000, -100, -30, -9, 9, 30, 100, 1000};
  const std::vector<double> gradients = draw_list(numbers.size(), -2, 2);
  Tanh tanh;
  GELU exact, with_tanh(GELU::Form::tanh);
  observe_row(tanh, "Tanh far out", numbers, gradients);
  observe_row(exact, "GELU far out", numbers, gradients);
  observe_row(with_tanh, "GELU with tanh, far out", numbers, gradients);
}

CASE(activations, on_the_tape, "applied one after the other, their slopes multiply",
     {.weight = 2}) {
  for (const std::size_t n : {1, 7}) {
    Input x(input_matrix("a", n, 3), true);
    Tanh tanh;
    ReLU relu;
    GELU with_tanh(GELU::Form::tanh), exact;
    Module& out =
        exact.apply_fwd({&with_tanh.apply_fwd({&relu.apply_fwd({&tanh.apply_fwd({&x})})})});
    const std::string what = fmt::format("GELU in both forms of ReLU of Tanh of ({}, 3)", n);
    calling(what + ", and tape_bwd");
    observe("output, " + what, out.out_tensor, kRounding);
    out.out_gradient = input_matrix("gradient of the output", n, 3);
    tape_bwd();
    observe("gradient of the input, " + what, x.out_gradient, kRounding);
  }
}

PROOF(activations, central_differences) {
  Tanh tanh;
  ReLU relu;
  GELU exact, with_tanh(GELU::Form::tanh);
  for (Module* module : std::initializer_list<Module*>{&tanh, &relu, &exact, &with_tanh}) {
    Input x(drawn_matrix(5, 7), true);
    for (Real& number : x.out_tensor) number += number > 0 ? 0.1 : -0.1;  // away from the kink
    prove_gradients(module->name(), *module, {&x});
  }
}

// torch.nn.functional.gelu(1) and with approximate="tanh"; both tend to a where a is large
PROOF(activations, literals) {
  GELU exact, with_tanh(GELU::Form::tanh);
  Input x({{1, -2, 40}});
  const std::vector<Module*> in{&x};
  const Matrix a = exact.forward(InTensors(in)), b = with_tanh.forward(InTensors(in));
  prove_close("GELU(1)", a(0, 0), 0.8413447460685429, 1e-15);
  prove_close("GELU(-2)", a(0, 1), -0.0455002638963584, 1e-15);
  prove_close("GELU(1) with tanh", b(0, 0), 0.8411919906082768, 1e-15);
  prove_close("GELU(-2) with tanh", b(0, 1), -0.0454023059122249, 1e-15);
  prove(a(0, 2) == 40 && b(0, 2) == 40, "GELU(40) is 40");
}

}  // namespace
}  // namespace gradbook
