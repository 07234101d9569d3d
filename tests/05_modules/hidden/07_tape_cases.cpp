#include <fmt/format.h>

#include "05_modules/layers.hpp"
#include "05_modules/procedural.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

const Tolerance kSums{.terms = 64, .scale = 4};

// The product of its inputs, element by element, and how often backward was asked
class Times final : public Module {
 public:
  const char* name() const override { return "Times"; }

  Matrix forward(const InTensors& in) override {
    if (fails_) throw RangeError("Times: fails as it was told to");
    Matrix product = in[0];
    for (std::size_t i = 1; i < in.size(); ++i) product *= in[i];
    return product;
  }

  void backward(const InTensors& in, const Matrix&, const Matrix& grad_out,
                Gradients& grad_in) override {
    ++backwards;
    for (std::size_t i = 0; i < in.size(); ++i) {
      Matrix gradient = grad_out;
      for (std::size_t k = 0; k < in.size(); ++k) {
        if (k != i) gradient *= in[k];
      }
      grad_in[i] = std::move(gradient);
    }
  }

  void fail_from_now_on() { fails_ = true; }
  int backwards = 0;

 private:
  bool fails_ = false;
};

// Its forward is right, and its backward gives what a test puts there
class Planted final : public Module {
 public:
  explicit Planted(Matrix gradient) : gradient_(std::move(gradient)) {}
  const char* name() const override { return "Planted"; }
  Matrix forward(const InTensors& in) override { return in[0]; }
  void backward(const InTensors&, const Matrix&, const Matrix&, Gradients& grad_in) override {
    grad_in[0] = gradient_;
  }

 private:
  Matrix gradient_;
};

Matrix seed_for(const Module& module) {
  return input_matrix("gradient of the output", module.out_tensor.shape(0),
                      module.out_tensor.shape(1));
}

// A gradient, or that there is none
void observe_gradient(const std::string& label, const Module& module) {
  observe(label + ", is there one", module.has_gradient());
  observe(label, module.out_gradient, kSums);
}

struct Sizes {
  std::size_t examples, inputs, hidden, classes;
};
constexpr Sizes kNetworks[] = {{1, 3, 2, 2}, {7, 3, 5, 4}, {2, 1, 1, 3}, {5, 4, 7, 1}};

// Each row is a probability for each class
Matrix probabilities(std::size_t examples, std::size_t classes) {
  Matrix y = input_matrix("y", examples, classes, 0.1, 1);
  for (std::size_t n = 0; n < examples; ++n) {
    Real sum = 0;
    for (std::size_t k = 0; k < classes; ++k) sum += y(n, k);
    for (std::size_t k = 0; k < classes; ++k) y(n, k) /= sum;
  }
  return y;
}

// The network of exercise 5.1 in modules, with its parameters as inputs
struct Lecture {
  LinearMap first, second;
  Sigmoid sigmoid;
  Softmax softmax;
  CrossEntropy loss;

  Module& operator()(Module& x, Module& y, Module& alpha, Module& beta) {
    Module& z = sigmoid.apply_fwd({&first.apply_fwd({&x, &alpha})});
    Module& y_hat = softmax.apply_fwd({&second.apply_fwd({&z, &beta})});
    return loss.apply_fwd({&y_hat, &y});
  }
};

CASE(tape, lecture_network,
     "linear, sigmoid, linear, softmax and cross-entropy: the gradients of 5.1", {.weight = 2}) {
  for (const auto& [examples, inputs, hidden, classes] : kNetworks) {
    const std::string sizes = fmt::format("{}, {}, {}, {}", examples, inputs, hidden, classes);
    Input x(input_matrix("x", examples, inputs)), y(probabilities(examples, classes));
    Parameter alpha(input_matrix("alpha", hidden, inputs)),
        beta(input_matrix("beta", classes, hidden));
    Lecture network;
    calling("the network of the lecture, and backward, sizes " + sizes);
    Module& loss = network(x, y, alpha, beta);
    observe("loss, " + sizes, loss.out_tensor, kSums);
    observe("on the tape, " + sizes, tape().size());
    backward(loss);
    observe_gradient("alpha, " + sizes, alpha);
    observe_gradient("beta, " + sizes, beta);
    observe_gradient("x, " + sizes, x);
    observe_gradient("y, " + sizes, y);
    for (const Module* module :
         {static_cast<Module*>(&network.first), static_cast<Module*>(&network.sigmoid),
          static_cast<Module*>(&network.second), static_cast<Module*>(&network.softmax)})
      observe_gradient(fmt::format("{}, {}", module->name(), sizes), *module);
    observe("on the tape afterwards, " + sizes, tape().size());
  }
}

CASE(tape, used_by_two, "an output that two modules use gets the sum of both gradients",
     {.weight = 2}) {
  for (const auto& [rows, columns] : {std::pair{1, 1}, {2, 3}, {7, 5}}) {
    const std::string shape = fmt::format("({}, {})", rows, columns);
    Parameter a(input_matrix("a", rows, columns)), b(input_matrix("b", rows, columns)),
        c(input_matrix("c", rows, columns));
    Sigmoid shared;
    Times left, right, top;
    calling("s = σ(a); (s b) (s c), and tape_bwd, " + shape);
    shared.apply_fwd({&a});
    left.apply_fwd({&shared, &b});
    right.apply_fwd({&shared, &c});
    top.apply_fwd({&left, &right});
    top.out_gradient = seed_for(top);
    tape_bwd();
    observe_gradient("s, " + shape, shared);
    observe_gradient("a, " + shape, a);
    observe_gradient("b, " + shape, b);
    observe_gradient("c, " + shape, c);
    observe("how often backward of s b was called, " + shape, left.backwards);
    observe("inputs as before, " + shape,
            shared.in_modules.size() == 1 && left.in_modules[1] == &b);
  }
}

CASE(tape, one_input_twice, "a module whose input comes several times hands it all the shares") {
  for (const std::size_t columns : {1, 4}) {
    Parameter a(input_matrix("a", 3, columns));
    Times square, fourth;
    calling("a a, and of that b b b");
    square.apply_fwd({&a, &a});
    fourth.apply_fwd({&square, &square, &square});
    observe("(a a)³", fourth.out_tensor, kSums);
    fourth.out_gradient = seed_for(fourth);
    tape_bwd();
    observe_gradient("a a", square);
    observe_gradient("a", a);
  }
}

CASE(tape, parameters_over_time,
     "a parameter that several modules share gets the sum over all of them", {.weight = 2}) {
  for (const std::size_t steps : {1, 2, 5}) {
    const std::string label = fmt::format("{} steps", steps);
    Input start(input_matrix("start", 3, 4));
    Parameter weight(input_matrix("weight", 4, 4, -1, 1)), bias(input_matrix("bias", 1, 4, -1, 1));
    std::vector<std::unique_ptr<Module>> modules;
    Module* state = &start;
    calling("the same weight and bias in every step, σ between, and tape_bwd, " + label);
    for (std::size_t t = 0; t < steps; ++t) {
      modules.push_back(std::make_unique<LinearMap>());
      state = &modules.back()->apply_fwd({state, &weight, &bias});
      modules.push_back(std::make_unique<Sigmoid>());
      state = &modules.back()->apply_fwd({state});
    }
    observe("last state, " + label, state->out_tensor, kSums);
    state->out_gradient = seed_for(*state);
    tape_bwd();
    observe_gradient("weight, " + label, weight);
    observe_gradient("bias, " + label, bias);
    observe_gradient("state after the first step, " + label, *modules[1]);
  }
}

CASE(tape, two_losses,
     "two results with a gradient: one tape_bwd runs both; of one, only its own") {
  for (const bool both : {true, false}) {
    const std::string label = both ? "both" : "the first alone";
    Parameter a(input_matrix("a", 2, 3)), b(input_matrix("b", 2, 3));
    Sigmoid shared;
    Times first, second;
    shared.apply_fwd({&a});
    first.apply_fwd({&shared, &b});
    second.apply_fwd({&shared, &shared});
    first.out_gradient = seed_for(first);
    if (both) second.out_gradient = seed_for(second);
    calling("tape_bwd with a gradient of " + label);
    tape_bwd();
    observe_gradient("a, " + label, a);
    observe_gradient("b, " + label, b);
    observe_gradient("second, " + label, second);
    observe("backward calls of the second, " + label, second.backwards);
    observe("on the tape afterwards, " + label, tape().size());
  }
}

CASE(tape, who_wants, "only inputs that want a gradient get one, and what lies above them does",
     {.weight = 2}) {
  for (const bool a_wants : {false, true}) {
    for (const bool b_wants : {false, true}) {
      const std::string label = fmt::format("a {}, b {}", a_wants, b_wants);
      Input a(input_matrix("a", 2, 3), a_wants), b(input_matrix("b", 2, 3), b_wants);
      Sigmoid left, right;
      Times top;
      left.apply_fwd({&a});
      right.apply_fwd({&b});
      top.apply_fwd({&left, &right});
      calling("σ(a) σ(b) and tape_bwd, where a gradient is wanted by " + label);
      observe("left wants, " + label, left.wants_gradient());
      observe("right wants, " + label, right.wants_gradient());
      observe("top wants, " + label, top.wants_gradient());
      top.out_gradient = seed_for(top);
      tape_bwd();
      observe_gradient("left, " + label, left);
      observe_gradient("right, " + label, right);
      observe_gradient("a, " + label, a);
      observe_gradient("b, " + label, b);
    }
  }
}

CASE(tape, no_gradient_from_above, "a module that the loss does not depend on is passed over") {
  Parameter a(input_matrix("a", 3, 2)), b(input_matrix("b", 3, 2));
  Times used, aside, further;
  calling("tape_bwd, where two modules have no gradient");
  used.apply_fwd({&a, &b});
  aside.apply_fwd({&a, &a});
  further.apply_fwd({&aside, &b});
  used.out_gradient = seed_for(used);
  tape_bwd();
  observe("backward calls", std::vector{used.backwards, aside.backwards, further.backwards});
  observe_gradient("a", a);
  observe_gradient("b", b);
  observe_gradient("aside", aside);
}

CASE(tape, pass_after_pass,
     "gradients of parameters add up until they are forgotten, those of modules start anew",
     {.weight = 2}) {
  Parameter a(input_matrix("a", 2, 5)), b(input_matrix("b", 2, 5));
  Times square, top;
  for (int pass = 0; pass < 3; ++pass) {
    calling(fmt::format("a forward and a backward pass, number {}", pass));
    if (pass == 2) a.out_gradient = Matrix();
    square.apply_fwd({&a, &a});
    top.apply_fwd({&square, &b});
    observe(fmt::format("top has a gradient before backward, {}", pass), top.has_gradient());
    observe(fmt::format("square has a gradient before backward, {}", pass), square.has_gradient());
    top.out_gradient = seed_for(top);
    tape_bwd();
    observe_gradient(fmt::format("square, {}", pass), square);
    observe_gradient(fmt::format("a, {}", pass), a);
    observe_gradient(fmt::format("b, {}", pass), b);
  }
}

CASE(tape, other_inputs_each_pass, "what went in is that of the last pass, in number and in size") {
  Parameter a(input_matrix("a", 2, 3)), b(input_matrix("b", 2, 3)), c(input_matrix("c", 1, 2));
  Times times;
  calling("times of (a, b), then of (c, c), then of a alone");
  times.apply_fwd({&a, &b});
  times.out_gradient = seed_for(times);
  tape_bwd();
  times.apply_fwd({&c, &c});
  observe("c c", times.out_tensor);
  times.out_gradient = seed_for(times);
  tape_bwd();
  observe("b in the end", times.in_modules.size());
  times.apply_fwd({&a});
  times.out_gradient = seed_for(times);
  tape_bwd();
  for (const auto& [label, parameter] : {std::pair{"a", &a}, {"b", &b}, {"c", &c}})
    observe_gradient(label, *parameter);
}

CASE(tape, order, "a module is put on top when it is applied; the tape hands back the last first") {
  Parameter a(input_matrix("a", 2, 2));
  Times first, second, third;
  calling("apply_fwd of three modules, then pop");
  Module& returned = first.apply_fwd({&a});
  observe("apply_fwd returns its module", &returned == &first);
  observe("after one", tape().size());
  second.apply_fwd({&first, &a});
  observe("after two", tape().size());
  third.apply_fwd({&second});
  observe("after three", tape().size());
  std::vector<int> popped;
  while (!tape().empty()) {
    const Module* const module = &tape().pop();
    popped.push_back(module == &first ? 1 : module == &second ? 2 : 3);
  }
  observe("numbers in the order of pop", popped);
  observe("inputs of the second", second.in_modules.size());
  observe("the first is its first input", second.in_modules[0] == &first);
  calling("tape_bwd of an empty tape");
  tape_bwd();
  observe("on the tape", tape().size());
}

CASE(tape, applied_twice,
     "a module that is on the tape is refused, and what it knows of its first use stays as it is",
     {.weight = 2}) {
  Parameter a(input_matrix("a", 2, 3)), b(input_matrix("b", 2, 3)), c(input_matrix("c", 1, 1));
  Times times;
  times.apply_fwd({&a, &b});
  observe_error("apply_fwd of a module that is on the tape", [&] { times.apply_fwd({&c}); });
  observe_error("the same without a tape", [&] {
    const NoTape quiet;
    times.apply_fwd({&c});
  });
  observe("on the tape", tape().size());
  observe("output", times.out_tensor);
  observe("inputs", times.in_modules.size());
  times.out_gradient = seed_for(times);
  observe_error("once more, with a gradient", [&] { times.apply_fwd({&times}); });
  tape_bwd();
  observe_gradient("a", a);
  observe_gradient("c", c);
  calling("apply_fwd again, after backward, and after clear");
  times.apply_fwd({&c});
  tape().clear();
  times.apply_fwd({&a});
  observe("output of the last", times.out_tensor);
  tape().clear();
}

CASE(tape, backward_first, "backward before forward, or a second time, is a TapeError") {
  Parameter a(input_matrix("a", 1, 1));
  Times times;
  observe_error("apply_bwd of a module that was never applied", [&] { times.apply_bwd(); });
  observe_error("apply_bwd of a parameter", [&] { a.apply_bwd(); });
  observe_error("backward of a module that was never applied", [&] { backward(times); });
  times.apply_fwd({&a});
  observe_error("apply_bwd without a gradient", [&] { times.apply_bwd(); });
  times.out_gradient = input_matrix("of another shape", 1, 2);
  observe_error("apply_bwd with a gradient of another shape", [&] { times.apply_bwd(); });
  backward(times);
  observe_error("backward a second time", [&] { backward(times); });
  Times quiet_one;
  {
    const NoTape quiet;
    quiet_one.apply_fwd({&a});
  }
  times.apply_fwd({&a});
  observe_error("backward of what was applied under a NoTape", [&] { backward(quiet_one); });
  observe("on the tape after that", tape().size());
  tape().clear();
  observe_gradient("a", a);
  observe("how often backward was called", times.backwards);
}

CASE(tape, wrong_shapes, "a gradient that has not the shape of its input is refused") {
  Parameter a(input_matrix("a", 2, 3));
  for (const auto& [rows, columns] : {std::pair{1, 3}, {2, 1}, {3, 2}, {0, 0}, {2, 3}}) {
    Planted planted(input_matrix("planted gradient", rows, columns));
    planted.apply_fwd({&a});
    planted.out_gradient = seed_for(planted);
    a.out_gradient = rows == 1 ? input_matrix("gradient that a has already", 2, 3) : Matrix();
    observe_error(fmt::format("apply_bwd, where ({}, {}) comes for (2, 3)", rows, columns),
                  [&] { planted.apply_bwd(); });
    observe_gradient(fmt::format("a after ({}, {})", rows, columns), a);
    tape().clear();
  }
  Input x(input_matrix("x", 2, 3));
  Planted planted(input_matrix("planted gradient", 7, 7));
  planted.apply_fwd({&x});
  planted.out_gradient = seed_for(planted);
  observe_error("apply_bwd, where nobody wants the gradient", [&] { planted.apply_bwd(); });
  observe_gradient("x", x);
  tape().clear();
}

CASE(tape, no_tape, "under a NoTape modules compute and leave nothing on the tape") {
  Parameter a(input_matrix("a", 2, 3)), b(input_matrix("b", 2, 3));
  Times frozen, times;
  calling("apply_fwd under a NoTape, and of another module after it");
  {
    const NoTape quiet;
    frozen.apply_fwd({&a, &a});
    frozen.out_gradient = input_matrix("left over", 2, 3);
    frozen.apply_fwd({&a, &b});
    observe("on the tape", tape().size());
    observe("output", frozen.out_tensor);
    observe_gradient("frozen", frozen);
  }
  times.apply_fwd({&frozen, &b});
  observe("on the tape with the other", tape().size());
  times.out_gradient = seed_for(times);
  tape_bwd();
  observe_gradient("frozen, afterwards", frozen);
  observe_gradient("a", a);
  observe_gradient("b", b);
}

CASE(tape, forward_fails, "what forward throws comes through") {
  Parameter a(input_matrix("a", 2, 3));
  Times times;
  times.apply_fwd({&a});
  times.out_gradient = seed_for(times);
  tape_bwd();
  times.fail_from_now_on();
  observe_error("apply_fwd of a module that fails", [&] { times.apply_fwd({&a}); });
  observe("has a gradient", times.has_gradient());
  tape().clear();
}

CASE(tape, no_examples, "a batch of nothing has a result without elements, and no gradient") {
  Parameter weight(input_matrix("weight", 2, 3));
  Input x(Matrix::from_shape({0, 3}));
  LinearMap linear;
  calling("apply_fwd with no examples, and tape_bwd");
  linear.apply_fwd({&x, &weight});
  observe("output", linear.out_tensor);
  linear.out_gradient = linear.out_tensor;
  tape_bwd();
  observe_gradient("weight", weight);
  observe("on the tape", tape().size());
}

// ---- proofs -------------------------------------------------------------------------------------

PROOF(tape, equals_procedural) {
  for (const auto& [examples, inputs, hidden, classes] : kNetworks) {
    Input x(drawn_matrix(examples, inputs)), y(probabilities(examples, classes));
    Parameter alpha(drawn_matrix(hidden, inputs)), beta(drawn_matrix(classes, hidden));
    Lecture network;
    Module& loss = network(x, y, alpha, beta);
    backward(loss);
    const Activations f = nn_forward(x.out_tensor, y.out_tensor, alpha.value(), beta.value());
    const ActivationGradients g =
        nn_backward(x.out_tensor, y.out_tensor, alpha.value(), beta.value(), f);
    prove_close("loss", loss.out_tensor(0, 0), f.loss, 1e-12);
    for (std::size_t i = 0; i < g.alpha.size(); ++i)
      prove_close("alpha", alpha.grad().data()[i], g.alpha.data()[i], 1e-12);
    for (std::size_t i = 0; i < g.beta.size(); ++i)
      prove_close("beta", beta.grad().data()[i], g.beta.data()[i], 1e-12);
    prove_network("lecture", [&]() -> Module& { return network(x, y, alpha, beta); },
                  {&alpha, &beta});
  }
}

PROOF(tape, recurrent_by_differences) {
  Input start(drawn_matrix(3, 4), true);
  Parameter weight(drawn_matrix(4, 4)), bias(drawn_matrix(1, 4));
  LinearMap linear[3];
  Sigmoid sigmoid[3];
  const auto apply = [&]() -> Module& {
    Module* state = &start;
    for (int t = 0; t < 3; ++t)
      state = &sigmoid[t].apply_fwd({&linear[t].apply_fwd({state, &weight, &bias})});
    return *state;
  };
  prove_network("three steps", apply, {&start, &weight, &bias});
}

PROOF(tape, literals) {
  Parameter a(Matrix{{2, 3}}), b(Matrix{{5, 7}});
  Times square, top;
  square.apply_fwd({&a, &a});
  top.apply_fwd({&square, &b});
  top.out_gradient = Matrix{{1, 10}};
  tape_bwd();
  prove(a.grad() == Matrix{{20, 420}}, "a² b by a is 2 a b");
  prove(b.grad() == Matrix{{4, 90}}, "a² b by b is a²");
}

}  // namespace
}  // namespace gradbook
