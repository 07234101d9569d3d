#include <fmt/format.h>

#include "05_modules/parallel_block.hpp"
#include "05_modules/sequential.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 200, .scale = 8};

Random input_random() {
  return Random(static_cast<std::uint64_t>(input("seed of the weights", draw_integer(1, 1000))));
}

// The gradient of each parameter
void observe_gradients(const std::string& label, Module& model) {
  for (const auto& [name, parameter] : model.named_parameters())
    observe(fmt::format("gradient of {}, {}", name, label), parameter->grad(), kSums);
}

CASE(parallel_block, product,
     "element by element, and each factor gets the gradient times the other", {.weight = 2}) {
  for (const auto& [rows, columns] :
       {std::pair{1, 1}, {2, 3}, {7, 5}, {5, 1}, {1, 4}, {3, 3}, {0, 2}, {2, 0}}) {
    Input a(input_matrix("a", rows, columns), true), b(input_matrix("b", rows, columns), true);
    Multiply multiply;
    observe_passes(fmt::format("Multiply of ({}, {})", rows, columns), multiply, {&a, &b}, kSums);
  }
}

CASE(parallel_block, one_factor_wants, "a factor that wants no gradient is no reason to stop") {
  for (const bool first : {true, false}) {
    Input a(input_matrix("a", 2, 3), first), b(input_matrix("b", 2, 3), !first);
    Multiply multiply;
    observe_passes(fmt::format("Multiply, where {} wants a gradient", first ? "a" : "b"), multiply,
                   {&a, &b}, kSums);
  }
}

CASE(parallel_block, zeros, "a factor of 0 has a gradient like any other") {
  for (const auto& [rows, columns] : {std::pair{2, 3}, {5, 2}, {1, 1}}) {
    Matrix with_zeros = input_matrix("a", rows, columns);
    with_zeros(0, 0) = 0, with_zeros(rows - 1, columns - 1) = 0;
    Input a(with_zeros, true), b(input_matrix("b", rows, columns), true);
    Multiply multiply;
    const std::string shape = fmt::format("({}, {}) with zeros", rows, columns);
    observe_passes("Multiply of " + shape, multiply, {&a, &b}, kSums);
    observe_passes("Multiply of " + shape + " on the other side", multiply, {&b, &a}, kSums);
  }
}

CASE(parallel_block, shapes_differ,
     "shapes that differ are refused, also where they would broadcast") {
  Input a(input_matrix("a", 2, 3));
  for (const auto& [rows, columns] : {std::pair{1, 3}, {2, 1}, {1, 1}, {3, 2}, {2, 4}, {5, 3}}) {
    Input b(input_matrix("b", rows, columns));
    Multiply multiply;
    observe_error(fmt::format("(2, 3) and ({}, {})", rows, columns), [&] {
      multiply.forward(InTensors({&a, &b}));
    });
    observe_error(fmt::format("({}, {}) and (2, 3)", rows, columns), [&] {
      multiply.forward(InTensors({&b, &a}));
    });
  }
}

CASE(parallel_block, square_of_an_input, "the product of a module with itself has both shares") {
  Parameter a(input_matrix("a", 2, 3));
  Multiply multiply;
  calling("Multiply applied to a and a, and backward");
  multiply.apply_fwd({&a, &a});
  multiply.out_gradient = input_matrix("gradient of the output", 2, 3);
  tape_bwd();
  observe("a a", multiply.out_tensor, kSums);
  observe("gradient of a", a.grad(), kSums);
}

struct Sizes {
  std::size_t examples, inputs, outputs;
};
constexpr Sizes kSizes[] = {{1, 1, 1}, {7, 3, 5}, {2, 5, 1}, {5, 2, 7}, {3, 4, 4}};

CASE(parallel_block, block, "(W₁x + b₁) ⊙ (W₂x + b₂), not below 0, and all gradients",
     {.weight = 3}) {
  for (const auto& [examples, inputs, outputs] : kSizes) {
    const std::string label = fmt::format("({0}, {1}) to ({0}, {2})", examples, inputs, outputs);
    Random random = input_random();
    ParallelBlock block(inputs, outputs, random);
    Input x(input_matrix("x", examples, inputs), true);
    calling("a ParallelBlock applied, and backward, " + label);
    Module& out = block(x);
    observe("output, " + label, out.out_tensor, kSums);
    observe("relu is what is returned, " + label, &out == &block.relu);
    observe("on the tape, " + label, tape().size());
    out.out_gradient = input_matrix("gradient of the output", examples, outputs);
    tape_bwd();
    observe("gradient of x, " + label, x.out_gradient, kSums);
    observe_gradients(label, block);
    observe("x afterwards, " + label, x.out_tensor);
  }
}

CASE(parallel_block, clamp, "products below 0 become 0, and hand nothing back") {
  Random random(1);
  ParallelBlock block(1, 2, random);
  const auto set = [](Parameter& p, const char* name) {
    p.value() = input_matrix(name, p.value().shape(0), p.value().shape(1), 0.5, 1);
  };
  set(block.left.weight, "left weight"), set(block.left.bias, "left bias");
  set(block.right.weight, "right weight"), set(block.right.bias, "right bias");
  block.right.weight.value()(0, 0) = -block.right.weight.value()(0, 0);
  block.right.bias.value()(0, 0) = 0;
  Input x(input_matrix("x", 4, 1, 0.5, 2), true);
  calling("a ParallelBlock whose first product is negative, and backward");
  Module& out = block(x);
  observe("output", out.out_tensor, kSums);
  out.out_gradient = input_matrix("gradient of the output", 4, 2);
  tape_bwd();
  observe("gradient of x", x.out_gradient, kSums);
  observe_gradients("clamped", block);
}

CASE(parallel_block, stacked, "blocks one after the other in a Sequential") {
  for (const auto& [examples, width, depth] :
       {std::tuple<std::size_t, std::size_t, std::size_t>{1, 3, 2}, {7, 2, 3}, {4, 5, 1}}) {
    const std::string label = fmt::format("{} blocks of {}, {} examples", depth, width, examples);
    Random random = input_random();
    Sequential model;
    for (std::size_t i = 0; i < depth; ++i) model.add<ParallelBlock>(width, width, random);
    model.add<Linear>(width, 2, random);
    Input x(input_matrix("x", examples, width), true);
    calling("blocks in a Sequential, and backward, " + label);
    Module& out = model(x);
    observe("output, " + label, out.out_tensor, kSums);
    out.out_gradient = input_matrix("gradient of the output", examples, 2);
    tape_bwd();
    observe("gradient of x, " + label, x.out_gradient, kSums);
    observe_gradients(label, model);
  }
}

CASE(parallel_block, wrong_width, "an x of another width is refused") {
  Random random(1);
  ParallelBlock block(3, 2, random);
  Input x(input_matrix("x", 4, 2));
  observe_error("x (4, 2) for a block of 3 inputs", [&] { block(x); });
  tape().clear();
  Input right(input_matrix("x", 4, 3));
  calling("the same block afterwards");
  observe("output", block(right).out_tensor, kSums);
  tape().clear();
}

// ---- proofs -------------------------------------------------------------------------------------

PROOF(parallel_block, equals_loops) {
  Random random(5);
  ParallelBlock block(3, 4, random);
  Input x(drawn_matrix(6, 3));
  const Matrix out = block(x).out_tensor;
  tape().clear();
  bool clamped = false;
  for (std::size_t n = 0; n < 6; ++n) {
    for (std::size_t j = 0; j < 4; ++j) {
      double left = block.left.bias.value()(0, j), right = block.right.bias.value()(0, j);
      for (std::size_t i = 0; i < 3; ++i) {
        left += block.left.weight.value()(j, i) * x.out_tensor(n, i);
        right += block.right.weight.value()(j, i) * x.out_tensor(n, i);
      }
      clamped = clamped || left * right < 0;
      prove_close("output", out(n, j), left * right < 0 ? 0 : left * right, 1e-12);
    }
  }
  prove(clamped, "some products are negative");
}

PROOF(parallel_block, by_differences) {
  Random random(6);
  Input a(drawn_matrix(3, 2), true), b(drawn_matrix(3, 2), true), x(drawn_matrix(7, 3), true);
  Multiply multiply;
  prove_gradients("Multiply", multiply, {&a, &b});
  ParallelBlock first(3, 4, random), second(4, 2, random);
  std::vector<Module*> leaves = {&x};
  for (ParallelBlock* block : {&first, &second}) {
    for (Parameter* parameter : block->parameters()) leaves.push_back(parameter);
  }
  prove_network(
      "two blocks", [&]() -> Module& { return second(first(x)); }, leaves, 1e-6);
}

}  // namespace
}  // namespace gradbook
