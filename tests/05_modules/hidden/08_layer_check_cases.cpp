#include <fmt/format.h>

#include <cmath>

#include "05_modules/layer_check.hpp"
#include "05_modules/layers.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

// Differences of sums of up to 40 terms, divided by 2h: about nine digits are right
const Tolerance kMeasured{.terms = 1e8, .scale = 4}, kComputed{.terms = 100, .scale = 4};

// A module with two functions for its steps, and a name for messages
struct Steps {
  const char* name;
  Matrix (*forward)(const InTensors& in);
  void (*backward)(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                   Gradients& grads);
};

class Bench final : public Module {
 public:
  explicit Bench(const Steps& steps) : steps_(steps) {}
  const char* name() const override { return steps_.name; }
  Matrix forward(const InTensors& in) override { return steps_.forward(in); }
  void backward(const InTensors& in, const Matrix& out, const Matrix& grad_out,
                Gradients& grads) override {
    steps_.backward(in, out, grad_out, grads);
  }

 private:
  Steps steps_;
};

// ---- six modules, each with one error -----------------------------------------------------------

Matrix affine(const InTensors& in) { return linear_forward(in[0], in[1], in[2]); }

void affine_backward(const InTensors& in, const Matrix&, const Matrix& grad_out, Gradients& grads) {
  LinearGradients all = linear_backward(in[0], in[1], grad_out);
  grads[0] = std::move(all.a), grads[1] = std::move(all.weight), grads[2] = std::move(all.bias);
}

// The bias gets the mean of the rows where it should get their sum
const Steps kMeanBias = {
    "MeanBias", affine,
    [](const InTensors& in, const Matrix& out, const Matrix& grad_out, Gradients& grads) {
      affine_backward(in, out, grad_out, grads);
      grads[2] /= static_cast<Real>(out.shape(0));
    }};

// The weights get nothing from the last example
const Steps kLastExample = {
    "LastExample", affine,
    [](const InTensors& in, const Matrix& out, const Matrix& grad_out, Gradients& grads) {
      Matrix cut = grad_out;
      for (std::size_t k = 0; k < cut.shape(1); ++k) cut(cut.shape(0) - 1, k) = 0;
      affine_backward(in, out, grad_out, grads);
      grads[1] = linear_backward(in[0], in[1], cut).weight;
    }};

// σ without the second factor of its slope
const Steps kHalfSigmoid = {"HalfSigmoid",
                            [](const InTensors& in) { return sigmoid_forward(in[0]); },
                            [](const InTensors&, const Matrix& out, const Matrix& grad_out,
                               Gradients& grads) { grads[0] = grad_out * out; }};

// Softmax, each element for itself
const Steps kDiagonalSoftmax = {"DiagonalSoftmax",
                                [](const InTensors& in) { return softmax_forward(in[0]); },
                                [](const InTensors&, const Matrix& out, const Matrix& grad_out,
                                   Gradients& grads) { grads[0] = grad_out * out * (1 - out); }};

Matrix quotient(const InTensors& in) { return in[0] / in[1]; }

// a / b, whose gradient by b has the wrong sign
const Steps kQuotientSign = {
    "QuotientSign", quotient,
    [](const InTensors& in, const Matrix& out, const Matrix& grad_out, Gradients& grads) {
      grads[0] = grad_out / in[1];
      grads[1] = grad_out * out / in[1];
    }};

// a b, with the two gradients in each other's place
const Steps kSwapped = {
    "Swapped", [](const InTensors& in) -> Matrix { return in[0] * in[1]; },
    [](const InTensors& in, const Matrix&, const Matrix& grad_out, Gradients& grads) {
      grads[0] = grad_out * in[0];
      grads[1] = grad_out * in[1];
    }};

// ---- modules that are right ---------------------------------------------------------------------

const Steps kAffine = {"Affine", affine, affine_backward};

const Steps kQuotient = {
    "Quotient", quotient,
    [](const InTensors& in, const Matrix& out, const Matrix& grad_out, Gradients& grads) {
      grads[0] = grad_out / in[1];
      grads[1] = -grad_out * out / in[1];
    }};

const Steps kSquare = {"Square", [](const InTensors& in) -> Matrix { return in[0] * in[0]; },
                       [](const InTensors& in, const Matrix&, const Matrix& grad_out,
                          Gradients& grads) { grads[0] = 2 * grad_out * in[0]; }};

// a³, whose backward uses what forward saw last
class Remembering final : public Module {
 public:
  const char* name() const override { return "Remembering"; }
  Matrix forward(const InTensors& in) override {
    seen_ = in[0];
    return in[0] * in[0] * in[0];
  }
  void backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                Gradients& grads) override {
    grads[0] = 3 * grad_out * seen_ * seen_;
  }

 private:
  Matrix seen_;
};

// a / 4 + 3 b, with an amount added to one element of the gradient by a, and shapes as a case likes
class Nudged final : public Module {
 public:
  Nudged(std::size_t place, double amount) : place_(place), amount_(amount) {}
  const char* name() const override { return "Nudged"; }
  Matrix forward(const InTensors& in) override { return in[0] / 4 + 3 * in[1]; }
  void backward(const InTensors&, const Matrix&, const Matrix& grad_out,
                Gradients& grads) override {
    grads[0] = grad_out / 4;
    grads[0].data()[place_] += static_cast<Real>(amount_);
    grads[1] = 3 * grad_out;
  }

 private:
  std::size_t place_;
  double amount_;
};

// ---- what is observed ---------------------------------------------------------------------------

void observe_check(const std::string& label, Module& module, const std::vector<Module*>& inputs,
                   double within = 1e-6) {
  const std::vector<Matrix> before = detail::outputs_of(inputs);
  Random random(static_cast<std::uint64_t>(input("seed of r", draw_integer(1, 1000))));
  calling(fmt::format("layer_check of {}, {}, within {}", module.name(), label, within));
  const std::optional<LayerFault> fault = layer_check(module, inputs, random, within);
  observe(fmt::format("{} has a fault, {}", module.name(), label), fault.has_value());
  if (fault) {
    observe("argument, " + label, fault->argument);
    observe("row, " + label, fault->row);
    observe("column, " + label, fault->column);
    observe("backward, " + label, fault->backward, kComputed);
    observe("differences, " + label, fault->differences, kMeasured);
  }
  bool as_before = true;
  for (std::size_t i = 0; i < inputs.size(); ++i)
    as_before = as_before && same_bits(inputs[i]->out_tensor, before[i]);
  observe("values of inputs are as before, " + label, as_before);
  observe("on the tape, " + label, tape().size());
}

struct Sizes {
  std::size_t examples, inputs, outputs;
};
constexpr Sizes kSizes[] = {{2, 3, 5}, {7, 2, 3}, {3, 5, 1}};

std::string text(const Sizes& s) {
  return fmt::format("({0}, {1}) to ({0}, {2})", s.examples, s.inputs, s.outputs);
}

// An affine module's three inputs
struct Affine {
  explicit Affine(const Sizes& s)
      : x(input_matrix("x", s.examples, s.inputs), true),
        weight(input_matrix("weight", s.outputs, s.inputs)),
        bias(input_matrix("bias", 1, s.outputs)) {}
  Input x;
  Parameter weight, bias;
};

CASE(layer_check, mean_for_sum, "a bias whose gradient is the mean of the rows: argument 2") {
  for (const Sizes& s : kSizes) {
    Affine a(s);
    Bench broken(kMeanBias);
    observe_check(text(s), broken, {&a.x, &a.weight, &a.bias});
  }
}

CASE(layer_check, last_example, "weights that get nothing from the last example: argument 1") {
  for (const Sizes& s : kSizes) {
    Affine a(s);
    Bench broken(kLastExample);
    observe_check(text(s), broken, {&a.x, &a.weight, &a.bias});
  }
}

CASE(layer_check, half_sigmoid, "a sigmoid that forgets half of its slope: argument 0") {
  for (const auto& [rows, columns] : {std::pair{1, 1}, {2, 3}, {5, 2}, {1, 7}}) {
    Input x(input_matrix("x", rows, columns), true);
    Bench broken(kHalfSigmoid);
    observe_check(fmt::format("({}, {})", rows, columns), broken, {&x});
  }
}

CASE(layer_check, diagonal_softmax,
     "a softmax that treats each element for itself: argument 0, and no fault with one class") {
  for (const auto& [rows, columns] : {std::pair{1, 2}, {3, 5}, {4, 1}}) {
    Input x(input_matrix("x", rows, columns), true);
    Bench broken(kDiagonalSoftmax);
    observe_check(fmt::format("({}, {})", rows, columns), broken, {&x});
  }
}

CASE(layer_check, quotient_sign, "a quotient with one wrong sign: argument 1") {
  for (const auto& [rows, columns] : {std::pair{1, 1}, {3, 2}, {2, 5}}) {
    Input a(input_matrix("a", rows, columns), true),
        b(input_matrix("b", rows, columns, 1, 2), true);
    Bench broken(kQuotientSign);
    observe_check(fmt::format("({}, {})", rows, columns), broken, {&a, &b});
  }
}

CASE(layer_check, swapped, "both gradients are wrong: argument 0 is named, which comes first") {
  for (const auto& [rows, columns] : {std::pair{1, 1}, {2, 3}, {3, 4}}) {
    Input a(input_matrix("a", rows, columns), true), b(input_matrix("b", rows, columns), true);
    Bench broken(kSwapped);
    observe_check(fmt::format("({}, {})", rows, columns), broken, {&a, &b});
  }
}

CASE(layer_check, right_modules, "where all is right, there is no fault", {.weight = 2}) {
  for (const Sizes& s : {Sizes{1, 1, 1}, {7, 3, 2}, {2, 5, 4}, {0, 3, 2}}) {
    Affine a(s);
    Bench right(kAffine);
    observe_check(text(s), right, {&a.x, &a.weight, &a.bias});
  }
  Input a(input_matrix("a", 3, 2), true), b(input_matrix("b", 3, 2, 1, 2), true);
  Bench divided(kQuotient), square(kSquare);
  Remembering remembering;
  observe_check("(3, 2)", divided, {&a, &b});
  observe_check("(3, 2), square", square, {&b});
  observe_check("(3, 2), a module that remembers", remembering, {&b});
}

CASE(layer_check, numbers_of_all_sizes,
     "h grows with x, and differences are as good for large numbers; small ones come back whole") {
  for (const double size : {1e-8, 1.0, 1e3, 1e6}) {
    Input a(input_matrix("a", 2, 3, 0.5 * size, size), true);
    Bench square(kSquare);
    observe_check(fmt::format("numbers up to {}", size), square, {&a});
  }
}

CASE(layer_check, one_element, "one wrong element of many is found, wherever it stands",
     {.weight = 2}) {
  for (const std::size_t place : {0, 1, 4, 8, 14}) {
    for (const auto& [rows, columns] : {std::pair{3, 5}, {5, 3}}) {
      Input a(input_matrix("a", rows, columns), true), b(input_matrix("b", rows, columns), true);
      Nudged nudged(place, draw(0.01, 0.1));
      observe_check(fmt::format("element {} of ({}, {})", place, rows, columns), nudged, {&a, &b});
    }
  }
}

CASE(layer_check, furthest, "the element that is furthest off is named, not the first") {
  for (const auto& [rows, columns] : {std::pair{1, 6}, {6, 1}, {4, 3}}) {
    Input a(input_matrix("a", rows, columns), true);
    Bench broken({"Slopes", [](const InTensors& in) -> Matrix { return 0 * in[0]; },
                  [](const InTensors& in, const Matrix&, const Matrix&, Gradients& grads) {
                    grads[0] = in[0];
                  }});
    observe_check(fmt::format("({}, {})", rows, columns), broken, {&a});
  }
}

CASE(layer_check, tolerance,
     "how far two may be apart is a share of large slopes, and an amount for small ones",
     {.weight = 2}) {
  Input a(input_matrix("a", 2, 3), true), b(input_matrix("b", 2, 3), true);
  for (const double within : {1e-2, 1e-4}) {
    for (const double share : {0.5, 2.0}) {
      Nudged nudged(3, share * within);
      observe_check(fmt::format("off by {} of what is allowed", share), nudged, {&a, &b}, within);
    }
  }
  Input large(input_matrix("large", 2, 3, 100, 200), true);
  for (const double error : {0.5e-4, 2e-4}) {
    const Steps kSteep =
        error < 1e-4
            ? Steps{"Steep", kSquare.forward,
                    [](const InTensors& in, const Matrix&, const Matrix& grad_out,
                       Gradients& grads) { grads[0] = 2 * (1 + 0.5e-4) * grad_out * in[0]; }}
            : Steps{"Steeper", kSquare.forward,
                    [](const InTensors& in, const Matrix&, const Matrix& grad_out,
                       Gradients& grads) { grads[0] = 2 * (1 + 2e-4) * grad_out * in[0]; }};
    Bench steep(kSteep);
    observe_check(fmt::format("off by {} of a slope of 200 to 400", error), steep, {&large}, 1e-4);
  }
}

CASE(layer_check, nobody_asks, "inputs that want no gradient are not checked") {
  Input a(input_matrix("a", 2, 3)), b(input_matrix("b", 2, 3, 1, 2), true);
  Bench swapped(kSwapped), sign(kQuotientSign), half(kHalfSigmoid);
  observe_check("a wants none", swapped, {&a, &b});
  Input c(input_matrix("c", 2, 3, 1, 2));
  observe_check("the wrong one wants none", sign, {&b, &c});
  observe_check("no one wants any", half, {&a});
}

CASE(layer_check, no_gradient, "a gradient that is missing, NaN or of another shape is a fault",
     {.weight = 2}) {
  for (const auto& [rows, columns] : {std::pair{2, 3}, {1, 4}, {3, 3}}) {
    const std::string shape = fmt::format("({}, {})", rows, columns);
    Input a(input_matrix("a", rows, columns), true), b(input_matrix("b", rows, columns), true);
    Bench silent({"Silent", kSwapped.forward,
                  [](const InTensors&in, const Matrix&, const Matrix&grad_out, Gradients&grads) {
                    grads[0] = grad_out * in[1];
                  }}),
        turned({"Turned", kSwapped.forward,
                [](const InTensors&in, const Matrix&, const Matrix&grad_out, Gradients&grads) {
                  grads[0] = grad_out * in[1];
                  grads[1] = Matrix::from_shape({in[1].shape(1) + 1, in[1].shape(0)});
                  grads[1].fill(0);
                }}),
        flat({"Flat", [](const InTensors&in) -> Matrix { return 0 * in[0]; },
              [](const InTensors&in, const Matrix&, const Matrix&, Gradients&grads) {
                grads[0] = Matrix::from_shape({in[0].size(), 1});
                grads[0].fill(0);
              }}),
        nan({"NotANumber", kSwapped.forward,
             [](const InTensors&in, const Matrix&, const Matrix&grad_out, Gradients&grads) {
               grads[0] = grad_out * in[1] + 1;
               grads[0].data()[in[0].size() - 2] = NAN;
               grads[1] = grad_out * in[0];
             }});
    observe_check("nothing set, " + shape, silent, {&a, &b});
    observe_check("another shape, " + shape, turned, {&a, &b});
    observe_check("another shape of as many numbers, " + shape, flat, {&a});
    observe_check("a NaN among wrong numbers, " + shape, nan, {&a, &b});
  }
}

CASE(layer_check, what_it_throws, "what the module throws comes through") {
  Random random(1);
  Affine a({2, 3, 5});
  Input wrong(input_matrix("x", 2, 4), true);
  Bench right(kAffine);
  observe_error("forward with shapes that do not fit", [&] {
    layer_check(right, {&wrong, &a.weight, &a.bias}, random);
  });
  Bench refusing(
      {"Refusing", kSquare.forward, [](const InTensors&, const Matrix&, const Matrix&, Gradients&) {
         throw RangeError("Refusing");
       }});
  observe_error("backward that throws", [&] { layer_check(refusing, {&a.x}, random); });
}

// ---- proofs -------------------------------------------------------------------------------------

PROOF(layer_check, names_six_planted_errors) {
  Random random(1);
  Input x(drawn_matrix(3, 4), true), y(drawn_matrix(3, 4, 1, 2), true);
  Parameter weight(drawn_matrix(2, 4)), bias(drawn_matrix(1, 2));
  const auto argument_of = [&](const Steps& steps, const std::vector<Module*>& inputs) {
    Bench module(steps);
    const std::optional<LayerFault> fault = layer_check(module, inputs, random);
    return fault ? static_cast<int>(fault->argument) : -1;
  };
  const std::vector<Module*> three = {&x, &weight, &bias}, two = {&x, &y};
  prove(argument_of(kMeanBias, three) == 2, "the bias");
  prove(argument_of(kLastExample, three) == 1, "the weights");
  prove(argument_of(kHalfSigmoid, {&x}) == 0, "the input of σ");
  prove(argument_of(kDiagonalSoftmax, {&x}) == 0, "the input of softmax");
  prove(argument_of(kQuotientSign, two) == 1, "the divisor");
  prove(argument_of(kSwapped, two) == 0, "the first factor");
  prove(argument_of(kAffine, three) == -1 && argument_of(kQuotient, two) == -1, "no fault");
}

PROOF(layer_check, finds_the_book_right) {
  Random random(2);
  Input x(drawn_matrix(3, 4), true), y(drawn_matrix(3, 4), true);
  Parameter weight(drawn_matrix(2, 4)), bias(drawn_matrix(1, 2));
  LinearMap linear;
  Sigmoid sigmoid;
  Softmax softmax;
  MSELoss loss;
  prove(!layer_check(linear, {&x, &weight, &bias}, random), "LinearMap");
  prove(!layer_check(linear, {&x, &weight}, random), "LinearMap without a bias");
  prove(!layer_check(sigmoid, {&x}, random), "Sigmoid");
  prove(!layer_check(softmax, {&x}, random), "Softmax");
  prove(!layer_check(loss, {&x, &y}, random), "MSELoss");
}

PROOF(layer_check, literal) {
  Random random(3), same(3);
  Input x(Matrix{{2, 3}}, true);
  Bench square({"Square", kSquare.forward,
                [](const InTensors& in, const Matrix&, const Matrix& grad_out, Gradients& grads) {
                  grads[0] = 2 * grad_out * in[0];
                  grads[0](0, 1) = 0;
                }});
  const std::optional<LayerFault> fault = layer_check(square, {&x}, random);
  same.uniform(-1, 1);
  prove(fault && fault->argument == 0 && fault->row == 0 && fault->column == 1, "element (0, 1)");
  if (fault) prove_close("2 · 3 r", fault->differences, 6 * same.uniform(-1, 1), 1e-8);
}

}  // namespace
}  // namespace gradbook
