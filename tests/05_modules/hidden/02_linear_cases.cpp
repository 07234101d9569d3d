#include <fmt/format.h>

#include "05_modules/layer_functions.hpp"
#include "support/gradcheck.hpp"
#include "support/matrices.hpp"

namespace gradbook {
namespace {

// Sums of up to 24 terms of sizes up to 4
const Tolerance kSums{.terms = 24, .scale = 4};

// Examples, inputs and outputs of a layer
struct Layer {
  std::size_t n, inputs, outputs;
};

Matrix draw_bias(const Layer& l) { return input_matrix("bias", 1, l.outputs); }

void observe_forward(const std::vector<Layer>& layers, bool with_bias) {
  for (const Layer& l : layers) {
    const Matrix a = input_matrix("a", l.n, l.inputs),
                 weight = input_matrix("weight", l.outputs, l.inputs),
                 bias = with_bias ? draw_bias(l) : Matrix();
    calling(fmt::format("linear_forward of a {}, weight {} and {}", text(a), text(weight),
                        with_bias ? "bias " + text(bias) : "no bias"));
    const Matrix b = linear_forward(a, weight, bias);
    observe(fmt::format("b of {} through {}", text(a), text(weight)), b, kSums);
    observe("a after", a);
    observe("weight after", weight);
    observe("bias after", bias);
  }
}

void observe_backward(const std::vector<Layer>& layers, bool wants_grad_a = true) {
  for (const Layer& l : layers) {
    const Matrix a = input_matrix("a", l.n, l.inputs),
                 weight = input_matrix("weight", l.outputs, l.inputs),
                 grad_b = input_matrix("grad_b", l.n, l.outputs);
    const std::string of = fmt::format("{} through {}", text(a), text(weight));
    calling(fmt::format("linear_backward of a {}, weight {} and grad_b {}{}", text(a), text(weight),
                        text(grad_b), wants_grad_a ? "" : ", without the gradient by a"));
    const LinearGradients grads = linear_backward(a, weight, grad_b, wants_grad_a);
    observe("gradient by a, " + of, grads.a, kSums);
    observe("gradient by weight, " + of, grads.weight, kSums);
    observe("gradient by bias, " + of, grads.bias, kSums);
    observe("a after", a);
    observe("weight after", weight);
    observe("grad_b after", grad_b);
  }
}

const std::vector<Layer> kSeveral = {{7, 3, 5}, {7, 5, 2}, {2, 11, 3}, {13, 2, 7}, {3, 1, 2}};
const std::vector<Layer> kOne = {{1, 3, 2}, {1, 1, 1}, {1, 2, 7}};
const std::vector<Layer> kSquare = {{4, 4, 4}, {3, 3, 3}};
const std::vector<Layer> kNothing = {{0, 2, 3}, {3, 0, 2}, {2, 3, 0}};

CASE(linear, forward, "each example times the transposed weights, and the bias added to each row",
     {.weight = 2}) {
  observe_forward(kSeveral, true);
}

CASE(linear, forward_of_one_example, "a single example is a batch, too") {
  observe_forward(kOne, true);
}

CASE(linear, forward_of_squares, "square matrices, where sizes are no help") {
  observe_forward(kSquare, true);
}

CASE(linear, forward_without_bias, "a bias without elements adds nothing") {
  observe_forward(kSeveral, false);
  observe_forward(kOne, false);
}

CASE(linear, forward_of_nothing, "no examples, no inputs or no outputs are sizes like any other") {
  observe_forward(kNothing, true);
  observe_forward(kNothing, false);
}

CASE(linear, backward, "grad_b · weight, grad_bᵀ · a, and the sum of grad_b's rows",
     {.weight = 2}) {
  observe_backward(kSeveral);
}

CASE(linear, backward_of_one_example, "a single example is a batch, too") {
  observe_backward(kOne);
}

CASE(linear, backward_of_squares, "square matrices, where sizes are no help") {
  observe_backward(kSquare);
}

CASE(linear, backward_of_nothing, "sums over no examples are zeros") { observe_backward(kNothing); }

CASE(linear, backward_of_the_first_layer,
     "where nobody wants the gradient by a it has no elements, and the others are as before") {
  observe_backward({{7, 3, 5}, {1, 2, 3}}, false);
}

CASE(linear, errors, "sizes that do not fit throw a ShapeError, also where they would broadcast") {
  const Matrix a = input_matrix("a", 4, 3), weight = input_matrix("weight", 2, 3),
               bias = input_matrix("bias", 1, 2), grad_b = input_matrix("grad_b", 4, 2);
  calling("linear_forward and linear_backward with one wrong shape each");
  const auto forward = [&](std::size_t rows, std::size_t columns) {
    const Matrix wrong = input_matrix("another bias", rows, columns);
    observe_error(fmt::format("a bias {}", text(wrong)), [&] { linear_forward(a, weight, wrong); });
  };
  observe_error("inner sizes 3 and 2",
                [&] { linear_forward(a, input_matrix("w", 3, 2), Matrix()); });
  observe_error("inner sizes 3 and 1", [&] { linear_forward(a, input_matrix("w", 2, 1), bias); });
  observe_error("weights (inputs, outputs)",
                [&] { linear_forward(a, input_matrix("w", 3, 4), bias); });
  for (const auto& [rows, columns] : std::vector<std::pair<std::size_t, std::size_t>>{
           {1, 1}, {1, 3}, {2, 1}, {4, 2}, {2, 2}, {4, 1}})
    forward(rows, columns);
  const auto backward = [&](std::size_t rows, std::size_t columns) {
    const Matrix wrong = input_matrix("another grad_b", rows, columns);
    for (const bool wants_grad_a : {true, false}) {
      observe_error(fmt::format("a grad_b {}{}", text(wrong), wants_grad_a ? "" : ", first layer"),
                    [&] { linear_backward(a, weight, wrong, wants_grad_a); });
    }
  };
  for (const auto& [rows, columns] :
       std::vector<std::pair<std::size_t, std::size_t>>{{1, 2}, {4, 1}, {2, 4}, {4, 3}, {3, 2}})
    backward(rows, columns);
}

// J = Σ r ⊙ b, whose gradient by b is r
PROOF(linear, central_differences) {
  for (const Layer& l : {Layer{7, 3, 5}, {1, 2, 3}, {4, 4, 4}}) {
    const Matrix a = input_matrix("a", l.n, l.inputs),
                 weight = input_matrix("weight", l.outputs, l.inputs), bias = draw_bias(l),
                 r = input_matrix("r", l.n, l.outputs);
    const LinearGradients grads = linear_backward(a, weight, r);
    const auto check = [&](const char* by, const Matrix& found, const Matrix& at, auto b_of) {
      const std::vector<Real> kept = listed(at);
      const auto numeric = numeric_gradient(
          [&](const std::vector<double>& numbers) {
            const Matrix b = b_of(filled<Matrix>(at.shape(), numbers));
            double sum = 0;
            for (std::size_t i = 0; i < b.size(); ++i) sum += r.data()[i] * b.data()[i];
            return sum;
          },
          {kept.begin(), kept.end()});
      prove(found.shape() == at.shape(), fmt::format("the shape of the gradient by {}", by));
      for (std::size_t i = 0; i < numeric.size(); ++i)
        prove_close(fmt::format("element {} by {}", i, by), found.data()[i], numeric[i], 1e-8);
    };
    check("a", grads.a, a, [&](const Matrix& m) { return linear_forward(m, weight, bias); });
    check("weight", grads.weight, weight,
          [&](const Matrix& m) { return linear_forward(a, m, bias); });
    check("bias", grads.bias, bias, [&](const Matrix& m) { return linear_forward(a, weight, m); });
  }
}

PROOF(linear, literals) {
  const Matrix a = {{1, 2}, {3, 4}}, weight = {{5, 6}, {7, 8}, {9, 10}},
               bias = filled<Matrix>({1, 3}, {100, 200, 300});
  prove(
      listed(linear_forward(a, weight, bias)) == std::vector<Real>({117, 223, 329, 139, 253, 367}),
      "two examples through a layer of two inputs and three outputs");
  prove(listed(linear_forward(a, weight, Matrix())) == std::vector<Real>({17, 23, 29, 39, 53, 67}),
        "the same without a bias");
}

}  // namespace
}  // namespace gradbook
