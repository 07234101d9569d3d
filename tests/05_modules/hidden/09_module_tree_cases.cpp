#include <fmt/format.h>

#include "05_modules/layers.hpp"
#include "05_modules/sequential.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 64, .scale = 4};

// A module with whatever a case registers in it
class Node final : public Module {
 public:
  const char* name() const override { return "Node"; }
  using Module::register_module;
  using Module::register_parameter;
};

// a ⊙ w, and 1 more while it is trained
class Scaled final : public Module {
 public:
  explicit Scaled(Matrix value) : w(std::move(value)) { register_parameter("w", w); }
  const char* name() const override { return "Scaled"; }
  Matrix forward(const InTensors& in) override {
    return in[0] * in[1] + (training() ? Real(1) : Real(0));
  }
  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grads) override {
    grads[0] = grad_out * in[1];
    grads[1] = grad_out * in[0];
  }
  Module& operator()(Module& x) override { return apply_fwd({&x, &w}); }
  Parameter w;
};

// A module whose children stand in a vector
class Stack final : public Module {
 public:
  explicit Stack(std::size_t depth) {
    for (std::size_t i = 0; i < depth; ++i) {
      layers.push_back(std::make_unique<Scaled>(input_matrix("w", 2, 3)));
      register_module(fmt::format("layer{}", i), *layers.back());
    }
  }
  const char* name() const override { return "Stack"; }
  std::vector<std::unique_ptr<Scaled>> layers;
};

// Names, and which parameters they belong to: the numbers that are in them
void observe_tree(const std::string& label, Module& module) {
  calling("named_parameters, " + label);
  const std::vector<NamedParameter> all = module.named_parameters();
  std::string names;
  for (const NamedParameter& named : all) names += (names.empty() ? "" : ", ") + named.name;
  observe("how many, " + label, all.size());
  observe("names, " + label, names);
  for (const NamedParameter& named : all)
    observe(fmt::format("{}, {}", named.name, label), named.parameter->value());
}

CASE(module_tree, own_parameters, "parameters come in the order in which they were registered") {
  Parameter a(input_matrix("a", 1, 2)), b(input_matrix("b", 3, 1)), c(input_matrix("c", 2, 2));
  Node none, one, three;
  one.register_parameter("only", b);
  three.register_parameter("zebra", c);
  three.register_parameter("apple", a);
  three.register_parameter("b", b);
  observe_tree("none", none);
  observe_tree("one", one);
  observe_tree("three", three);
}

CASE(module_tree, dotted_names, "each name has the names of all modules on the way, with dots",
     {.weight = 2}) {
  Parameter a(input_matrix("a", 1, 2)), b(input_matrix("b", 1, 3)), c(input_matrix("c", 1, 1)),
      d(input_matrix("d", 1, 4));
  Node top, middle, low, other;
  low.register_parameter("weight", a);
  low.register_parameter("bias", b);
  middle.register_module("low", low);
  middle.register_parameter("scale", c);
  other.register_parameter("weight", d);
  top.register_module("other", other);
  top.register_module("middle", middle);
  observe_tree("low", low);
  observe_tree("middle", middle);
  observe_tree("top", top);
}

CASE(module_tree, own_come_first,
     "a module's own parameters come before its children's, whatever was registered first") {
  Parameter a(input_matrix("a", 1, 2)), b(input_matrix("b", 1, 3)), c(input_matrix("c", 2, 2));
  Node top, child, empty;
  child.register_parameter("w", a);
  top.register_module("child", child);
  top.register_module("empty", empty);
  top.register_parameter("first", b);
  top.register_parameter("second", c);
  observe_tree("top", top);
}

CASE(module_tree, shared, "a parameter that is reached twice is there once, under its first name",
     {.weight = 2}) {
  Parameter a(input_matrix("a", 1, 2)), b(input_matrix("b", 1, 3));
  Node top, left, right, between;
  left.register_parameter("tied", a);
  right.register_parameter("also", a);
  right.register_parameter("own", b);
  top.register_module("left", left);
  top.register_module("between", between);
  top.register_module("right", right);
  between.register_module("again", left);
  observe_tree("tied between two children", top);
  Node above;
  above.register_module("below", top);
  above.register_parameter("b", b);
  observe_tree("its own, and one of a grandchild", above);
  Node twice;
  twice.register_parameter("x", a);
  twice.register_parameter("y", b);
  twice.register_parameter("z", a);
  observe_tree("under two names in one module", twice);
}

CASE(module_tree, equal_is_not_the_same, "two parameters with equal numbers are two") {
  const Matrix numbers = input_matrix("numbers of both", 2, 3);
  Parameter a(numbers), b(numbers);
  Node top, left, right;
  left.register_parameter("w", a);
  right.register_parameter("w", b);
  top.register_module("left", left);
  top.register_module("right", right);
  observe_tree("equal numbers", top);
  observe("how many", top.parameters().size());
}

CASE(module_tree, children_in_a_vector, "children that stand in a vector are found, all of them") {
  for (const std::size_t depth : {0, 1, 3, 12}) {
    Stack stack(depth);
    observe_tree(fmt::format("{} layers", depth), stack);
  }
}

CASE(module_tree, sequential_names, "a Sequential calls its modules 0, 1, …, also one within one") {
  Random random(static_cast<std::uint64_t>(input("seed", draw_integer(1, 1000))));
  Sequential model;
  model.add<Linear>(3, 5, random);
  model.add<Sigmoid>();
  Sequential& inner = model.add<Sequential>();
  inner.add<Linear>(5, 2, random, false);
  inner.add<Sequential>().add<Linear>(2, 1, random);
  observe_tree("two Sequentials in one", model);
  inner.add<Linear>(1, 4, random);
  observe_tree("after one was appended", model);
}

CASE(module_tree, handles,
     "what is listed are the parameters themselves, and zero_grad gets to all") {
  Stack stack(3);
  Node top;
  top.register_module("stack", stack);
  for (const auto& [name, parameter] : top.named_parameters()) {
    parameter->value() = input_matrix("numbers to write", 2, 3);
    parameter->grad() = parameter->value();
  }
  for (std::size_t i = 0; i < 3; ++i)
    observe(fmt::format("w of layer {}", i), stack.layers[i]->w.value());
  calling("zero_grad of the module at the top");
  top.zero_grad();
  for (std::size_t i = 0; i < 3; ++i)
    observe(fmt::format("layer {} has a gradient", i), stack.layers[i]->w.has_gradient());
}

void observe_training(const std::string& label, const std::vector<const Module*>& modules) {
  std::vector<int> flags;
  for (const Module* module : modules) flags.push_back(module->training());
  observe("training, " + label, flags);
}

CASE(module_tree, train_and_eval, "train and eval reach this module and all within, and no others",
     {.weight = 2}) {
  Node top, left, right, leaf, aside;
  top.register_module("left", left);
  top.register_module("right", right);
  right.register_module("leaf", leaf);
  const std::vector<const Module*> all = {&top, &left, &right, &leaf, &aside};
  observe_training("at first", all);
  calling("eval and train of several modules of a tree");
  top.eval();
  observe_training("top.eval()", all);
  right.train();
  observe_training("right.train()", all);
  top.train(false);
  observe_training("top.train(false)", all);
  top.train();
  observe_training("top.train()", all);
  left.eval();
  observe_training("left.eval()", all);
  leaf.eval();
  observe_training("leaf.eval()", all);
  right.train(true);
  observe_training("right.train(true)", all);
}

CASE(module_tree, train_in_a_sequential, "a Sequential hands it on to what it owns") {
  Sequential model;
  Scaled& first = model.add<Scaled>(input_matrix("w", 2, 3));
  Scaled& second = model.add<Sequential>().add<Scaled>(input_matrix("w", 2, 3));
  Input x(input_matrix("x", 2, 3));
  for (const bool training : {true, false, true}) {
    calling(fmt::format("train({}) of a Sequential, and the model applied", training));
    model.train(training);
    observe_training(fmt::format("{}", training), {&model, &first, &second});
    observe(fmt::format("output, {}", training), model(x).out_tensor, kSums);
    tape().clear();
  }
}

CASE(module_tree, sequential_applies,
     "each module gets what the one before gave; the last is returned", {.weight = 2}) {
  for (const std::size_t depth : {1, 2, 3, 7}) {
    const std::string label = fmt::format("{} modules", depth);
    Sequential model;
    for (std::size_t i = 0; i < depth; ++i) {
      if (i % 2 == 0)
        model.add<Scaled>(input_matrix("w", 2, 3));
      else
        model.add<Sigmoid>();
    }
    Input x(input_matrix("x", 2, 3), true);
    calling("a Sequential applied, and backward, " + label);
    Module& last = model(x);
    observe("output, " + label, last.out_tensor, kSums);
    observe("on the tape, " + label, tape().size());
    last.out_gradient = input_matrix("gradient of the output", 2, 3);
    tape_bwd();
    observe("gradient of x, " + label, x.out_gradient, kSums);
    for (const auto& [name, parameter] : model.named_parameters())
      observe(fmt::format("gradient of {}, {}", name, label), parameter->grad(), kSums);
  }
}

CASE(module_tree, sequential_of_nothing, "without a module, x itself comes back") {
  Input x(input_matrix("x", 2, 3));
  Sequential empty, nested;
  nested.add<Sequential>();
  nested.add<Scaled>(input_matrix("w", 2, 3));
  nested.add<Sequential>();
  calling("an empty Sequential, and one with empty ones in it");
  observe("x comes back", &empty(x) == &x);
  observe("on the tape", tape().size());
  observe("output of the nested", nested(x).out_tensor, kSums);
  observe("on the tape then", tape().size());
  tape().clear();
}

PROOF(module_tree, names_of_a_small_tree) {
  Random random(1);
  Sequential model;
  model.add<Linear>(3, 2, random);
  model.add<Sigmoid>();
  model.add<Linear>(2, 1, random, false);
  std::string names;
  for (const NamedParameter& named : model.named_parameters()) names += named.name + " ";
  prove(names == "0.weight 0.bias 2.weight ", "as torch.nn.Sequential names them");
}

PROOF(module_tree, sequential_by_differences) {
  Random random(2);
  Sequential model;
  model.add<Linear>(3, 5, random);
  model.add<Sigmoid>();
  model.add<Linear>(5, 2, random);
  Input x(drawn_matrix(7, 3), true);
  std::vector<Module*> leaves = {&x};
  for (Parameter* parameter : model.parameters()) leaves.push_back(parameter);
  prove_network(
      "linear, sigmoid, linear", [&]() -> Module& { return model(x); }, leaves);
}

}  // namespace
}  // namespace gradbook
