#include <fmt/format.h>

#include <cmath>

#include "04_autograd/network.hpp"
#include "support/arrays.hpp"
#include "support/gradcheck.hpp"

namespace gradbook {
namespace {

// Sums of up to 64 terms of sizes up to 10
const Tolerance kSums{.terms = 64, .scale = 10};

struct Sizes {
  std::int64_t examples, inputs, outputs;
};
constexpr Sizes kSizes[] = {{1, 1, 1},   {7, 3, 5}, {5, 2, 1}, {1, 4, 3},
                            {13, 2, 11}, {0, 2, 3}, {3, 0, 2}, {2, 3, 0}};

std::string text(const Sizes& s) {
  return fmt::format("({0}, {1}) times ({1}, {2})", s.examples, s.inputs, s.outputs);
}

std::int64_t draw_seed() { return input("seed of the network", draw_integer(1, 1000)); }

Tensor classes(std::int64_t n) {
  std::vector<Real> values;
  for (std::int64_t i = 0; i < n; ++i) values.push_back(static_cast<Real>(draw_integer(0, 1)));
  input("classes", std::vector<double>(values.begin(), values.end()));
  return array_in(Layout::contiguous, {n}, values);
}

CASE(network, linear,
     "a linear layer is x·weights with the bias added to each row, and all three have gradients",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    const Layout layout = kLayouts[(s.examples + s.outputs) % 4];
    const std::string label = fmt::format("{}, {}", text(s), name(layout));
    const Tensor x(input_array("x", {s.examples, s.inputs}, -1, 1, layout), true),
        weights(input_array("weights", {s.inputs, s.outputs}, -1, 1, layout), true),
        bias(input_array("bias", {s.outputs}, -1, 1, layout), true);
    calling("linear(x, weights, bias) and backward, " + label);
    const Tensor out = linear(x, weights, bias);
    observe("result, " + label, out.value(), kSums);
    out.backward(input_array("seed", {s.examples, s.outputs}, -1, 1));
    observe("gradient of x, " + label, x.grad().value(), kSums);
    observe("gradient of weights, " + label, weights.grad().value(), kSums);
    observe("gradient of bias, " + label, bias.grad().value(), kSums);
    observe("x after, " + label, x.value());
  }
}

CASE(network, no_loops,
     "the number of operations is the same for one example and for many: there is no loop over "
     "elements") {
  std::vector<std::int64_t> counts;
  for (const Sizes& s : {Sizes{1, 1, 1}, {7, 3, 5}, {13, 2, 11}}) {
    const Tensor x = input_array("x", {s.examples, s.inputs}, -1, 1),
                 weights(input_array("weights", {s.inputs, s.outputs}, -1, 1), true),
                 bias(input_array("bias", {s.outputs}, -1, 1), true);
    const std::int64_t before = live_variables();
    calling("linear, with the number of operations that it remembers, " + text(s));
    const Tensor out = linear(x, weights, bias);
    counts.push_back(live_variables() - before);
    observe("result, " + text(s), out.value(), kSums);
  }
  observe("more operations for (7, 3) times (3, 5) than for one number", counts[1] - counts[0]);
  observe("more operations for (13, 2) times (2, 11) than for one number", counts[2] - counts[0]);
  const Network net(3, 1);
  std::vector<std::int64_t> of_network;
  for (const std::int64_t n : {1, 2, 9}) {
    const Tensor x = input_array("points", {n, 2}, -1, 1);
    const std::int64_t before = live_variables();
    calling(fmt::format("a network and its loss for {} points", n));
    const Tensor loss = binary_cross_entropy(net(x), classes(n));
    of_network.push_back(live_variables() - before);
    observe(fmt::format("loss of {} points", n), loss.value(), kSums);
  }
  observe("more operations for 2 points than for 1", of_network[1] - of_network[0]);
  observe("more operations for 9 points than for 1", of_network[2] - of_network[0]);
}

CASE(network, linear_refuses,
     "shapes that do not go together are refused, also where they would broadcast") {
  const Tensor x = input_array("x", {4, 3}, -1, 1), weights = input_array("weights", {3, 2}, -1, 1),
               bias = input_array("bias", {2}, -1, 1);
  calling("linear with wrong shapes of each of its arguments");
  observe_error("x with one axis", [&] { linear(input_array("x", {3}, -1, 1), weights, bias); });
  observe_error("x with three axes", [&] {
    linear(input_array("x", {2, 4, 3}, -1, 1), weights, bias);
  });
  observe_error("weights with one axis", [&] { linear(x, input_array("w", {3}, -1, 1), bias); });
  observe_error("weights with three axes", [&] {
    linear(x, input_array("w", {2, 3, 2}, -1, 1), bias);
  });
  observe_error("other inner sizes", [&] { linear(x, input_array("w", {4, 2}, -1, 1), bias); });
  observe_error("a bias of one number", [&] { linear(x, weights, input_array("b", {1}, -1, 1)); });
  observe_error("a bias of rank 0", [&] { linear(x, weights, input_array("b", {}, -1, 1)); });
  observe_error("a bias for each example", [&] {
    linear(x, weights, input_array("b", {4, 2}, -1, 1));
  });
  observe_error("a bias of a row", [&] { linear(x, weights, input_array("b", {1, 2}, -1, 1)); });
  observe_error("three outputs", [&] { linear(x, weights, input_array("b", {3}, -1, 1)); });
}

CASE(network, forward, "2 → H → H → 1 with relu, relu and sigmoid: one probability for each point",
     {.weight = 2}) {
  for (const std::int64_t hidden : {0, 1, 2, 7, 20}) {
    const Network net(hidden, static_cast<std::uint64_t>(draw_seed()));
    for (const std::int64_t n : {0, 1, 5}) {
      const Tensor x = input_array("points", {n, 2}, -2, 2, kLayouts[(hidden + n) % 4]);
      calling(fmt::format("a network with {} hidden units for {} points", hidden, n));
      observe(fmt::format("{} units, {} points", hidden, n), net(x).value(),
              {.terms = 1e3, .scale = 1});
    }
  }
}

CASE(network, gradients, "every parameter has a gradient, and so have the points", {.weight = 2}) {
  for (const std::int64_t hidden : {0, 1, 3, 11}) {
    const Network net(hidden, static_cast<std::uint64_t>(draw_seed()));
    const std::int64_t n = hidden + 2;
    const Tensor x(input_array("points", {n, 2}, -2, 2), true);
    calling(fmt::format("backward from a network with {} hidden units for {} points", hidden, n));
    net(x).backward(input_array("seed", {n}, -1, 1));
    int number = 0;
    for (const Tensor& parameter : net.parameters())
      observe(fmt::format("gradient of parameter {}, {} units", number++, hidden),
              parameter.grad().value(), {.terms = 1e3, .scale = 10});
    observe(fmt::format("gradient of the points, {} units", hidden), x.grad().value(),
            {.terms = 1e3, .scale = 10});
  }
}

CASE(network, parameters,
     "six parameters in the order of the contract, as handles: who writes to them changes the "
     "network") {
  for (const std::int64_t hidden : {1, 4}) {
    const Network net(hidden, static_cast<std::uint64_t>(draw_seed()));
    calling(fmt::format("parameters of a network with {} hidden units", hidden));
    std::vector<Tensor> parameters = net.parameters();
    observe(fmt::format("how many, {} units", hidden), parameters.size());
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      observe(fmt::format("parameter {}, {} units", i, hidden), parameters[i].value());
      observe(fmt::format("parameter {} requires a gradient, {} units", i, hidden),
              parameters[i].requires_grad());
      observe(fmt::format("parameter {} is a leaf, {} units", i, hidden), parameters[i].is_leaf());
    }
    const Tensor x = input_array("points", {3, 2}, -2, 2);
    const NoGrad quiet;
    for (Tensor& p : parameters) {
      Array& value = p.mutable_value();
      const std::vector<double> drawn =
          input("numbers to write", draw_list(static_cast<std::size_t>(value.size()), -1, 1));
      for (std::size_t i = 0; i < drawn.size(); ++i)
        value.mutable_data()[i] = static_cast<Real>(drawn[i]);
      calling("the network after other numbers were written to a parameter");
      observe(
          fmt::format("probabilities after parameter {}, {} units", &p - parameters.data(), hidden),
          net(x).value(), {.terms = 1e3, .scale = 1});
    }
  }
}

CASE(network, cross_entropy,
     "the mean of −log of the probability that was given to what is the case") {
  for (const std::int64_t n : {0, 1, 2, 7, 50}) {
    const Tensor out(input_array("out", {n}, 0.01, 0.99), true), y = classes(n);
    calling(fmt::format("binary_cross_entropy of {} points, and backward", n));
    const Tensor loss = binary_cross_entropy(out, y);
    observe(fmt::format("loss of {}", n), loss.value(), {.terms = 100, .scale = 5});
    if (n == 0) continue;
    loss.backward();
    observe(fmt::format("gradient of out, {}", n), out.grad().value(), {.terms = 10, .scale = 1});
    observe(fmt::format("y after, {}", n), y.value());
  }
}

CASE(network, cross_entropy_of_shares,
     "y may lie between the classes, and matrices of equal shape are fine") {
  for (const Shape& shape : {Shape{}, {3}, {2, 3}}) {
    const Tensor out(input_array("out", shape, 0.1, 0.9), true),
        y(input_array("y", shape, 0, 1), true);
    calling("binary_cross_entropy and backward, shape " + text(shape));
    const Tensor loss = binary_cross_entropy(out, y);
    observe("loss, " + text(shape), loss.value(), {.terms = 20, .scale = 5});
    loss.backward();
    observe("gradient of out, " + text(shape), out.grad().value(), {.terms = 20, .scale = 5});
    observe("gradient of y, " + text(shape), y.grad().value(), {.terms = 20, .scale = 5});
  }
}

CASE(network, cross_entropy_at_the_ends,
     "who is sure and right loses nothing, who is sure and wrong everything") {
  calling("binary_cross_entropy of probabilities 0 and 1, and of some that are close");
  for (const double p : {0.0, 1e-300, 1e-9, 0.5, 1 - 1e-9, 1.0}) {
    input("p", p);
    for (const double y : {0.0, 1.0}) {
      observe(fmt::format("loss of p = {} where y is {}", p, y),
              binary_cross_entropy(Tensor({1}, {static_cast<Real>(p)}),
                                   Tensor({1}, {static_cast<Real>(y)}))
                  .item(),
              {.terms = 4});
    }
  }
}

CASE(network, cross_entropy_refuses,
     "(B, 1) and (B) would broadcast to (B, B), and the loss be about other points") {
  const Tensor column = input_array("column", {4, 1}, 0.1, 0.9),
               list = input_array("list", {4}, 0.1, 0.9);
  calling("binary_cross_entropy of shapes that differ");
  observe_error("(4, 1) and (4)", [&] { binary_cross_entropy(column, list); });
  observe_error("(4) and (4, 1)", [&] { binary_cross_entropy(list, column); });
  observe_error("(4) and (1)", [&] { binary_cross_entropy(list, input_array("one", {1}, 0, 1)); });
  observe_error("(4) and ()", [&] { binary_cross_entropy(list, input_array("number", {}, 0, 1)); });
  observe_error("(4) and (3)",
                [&] { binary_cross_entropy(list, input_array("three", {3}, 0, 1)); });
}

PROOF(network, central_differences) {
  const Network net(5, 3);
  const Tensor x = input_array("points", {6, 2}, -1, 1), y = classes(6);
  const auto loss = [&] { return binary_cross_entropy(net(x), y); };
  loss().backward();
  for (Tensor& parameter : net.parameters()) {
    const std::vector<Real> found = elements(parameter.grad().value()),
                            kept = elements(parameter.value());
    const NoGrad quiet;
    Real* const at = parameter.mutable_value().mutable_data();
    const auto numeric = numeric_gradient(
        [&](const std::vector<double>& to) {
          for (std::size_t i = 0; i < to.size(); ++i) at[i] = static_cast<Real>(to[i]);
          return loss().item();
        },
        {kept.begin(), kept.end()});
    for (std::size_t i = 0; i < kept.size(); ++i) {
      at[i] = kept[i];
      prove_close("slope by a parameter", found[i], numeric[i], 1e-6);
    }
  }
}

PROOF(network, closed_forms) {
  const Tensor out =
      linear(Tensor({1, 2}, {2, 3}), Tensor({2, 2}, {1, 10, 100, 1000}), Tensor({2}, {5, 7}));
  prove(elements(out.value()) == std::vector<Real>{307, 3027}, "(2, 3) through a layer by hand");
  prove_close("log 2", binary_cross_entropy(Tensor({2}, {0.5, 0.5}), Tensor({2}, {0, 1})).item(),
              std::log(2.0), 1e-15);
  prove_close("−log 0.9", binary_cross_entropy(Tensor({2}, {0.9, 0.1}), Tensor({2}, {1, 0})).item(),
              -std::log(0.9), 1e-15);
}

}  // namespace
}  // namespace gradbook
