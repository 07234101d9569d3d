#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "02_scalar/scalar.hpp"
#include "support/case.hpp"
#include "support/gradcheck.hpp"
#include "support/scalars.hpp"

namespace gradbook {
namespace {

// Both versions keep one contract, so every case asks it of both
struct Version {
  const char* name;
  void (*run)(Node* root, double seed);
};
constexpr Version kVersions[] = {{"backward", backward}, {"backward_pull", backward_pull}};

// What grads of mixed sign are measured against: the terms that cancel in one are the grads of
// others
double sum_of_sizes(const std::vector<double>& values) {
  double sum = 1;
  for (const double value : values) sum += std::fabs(value);
  return sum;
}

// Two leaves and n operations, each on what was made before it, in the order in which they were
// made
std::vector<Scalar> random_graph(std::size_t n, Random& random) {
  std::vector<Scalar> made = {Scalar{random.uniform(-1, 1)}, Scalar{random.uniform(-1, 1)}};
  while (made.size() < n + 2) {
    const Scalar a = made[random.below(made.size())], b = made[random.below(made.size())];
    const std::size_t kind = random.below(6);
    made.push_back(kind == 0   ? a - b
                   : kind == 1 ? a + b
                   : kind == 2 ? a * b
                   : kind == 3 ? tanh(a)
                   : kind == 4 ? sigmoid(b)
                               : -a);
  }
  return made;
}

Scalar lecture_function(const Scalar& x, const Scalar& y) {
  return log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
}

CASE(backward, lecture_graph, "the grad of each leaf is the slope of the result by it") {
  const double at_x = input("x", draw(-3, 3)), at_y = input("y", draw(-1, 3));
  for (const Version& version : kVersions) {
    Scalar x{at_x}, y{at_y}, f = lecture_function(x, y);
    calling(fmt::format("{} from log(x^2 + 1) * exp(y) + y^2 * x", version.name));
    version.run(f.node(), 1);
    observe(fmt::format("df/dx by {}", version.name), x.grad(), {.terms = 6, .scale = 40});
    observe(fmt::format("df/dy by {}", version.name), y.grad(), {.terms = 6, .scale = 40});
    observe(fmt::format("df/df by {}", version.name), f.grad());
  }
}

CASE(backward, number_added_to_itself,
     "a + a has slope 2 by a: what comes over the two inputs is added up, not overwritten") {
  const double at = input("a", draw(-3, 3));
  for (const Version& version : kVersions) {
    Scalar a{at}, sum = a + a, square = a * a, difference = a - a;
    calling(fmt::format(
        "{} from a + a, then a * a, then a - a, with the grad of a set to 0 before each",
        version.name));
    for (const Scalar& root : {sum, square, difference}) {
      a.set_grad(0);
      version.run(root.node(), 1);
      observe(fmt::format("slope of a {} a by {}", root.node()->operation->name, version.name),
              a.grad());
    }
  }
}

CASE(backward, ladder,
     "b = a + a, c = b + b and so on: a node passes on its grad once, when all its users have "
     "added to it") {
  const double at = input("a", draw(-1, 1));
  const std::int64_t rungs = input("rungs", draw_integer(40, 60));
  for (const Version& version : kVersions) {
    std::vector<Scalar> made = {Scalar{at}};
    for (std::int64_t i = 0; i < rungs; ++i) made.push_back(made.back() + made.back());
    calling(fmt::format("{} from the top of a ladder of b = a + a", version.name));
    version.run(made.back().node(), 1);
    observe(fmt::format("grads from bottom to top by {}", version.name), grads(made));
  }
}

CASE(backward, cube, "x * x * x has slope 3x^2: x is an input of two products") {
  const double at = input("x", draw(-3, 3));
  for (const Version& version : kVersions) {
    Scalar x{at}, square = x * x, cube = square * x;
    calling(fmt::format("{} from (x * x) * x", version.name));
    version.run(cube.node(), 1);
    observe(fmt::format("slope by x, {}", version.name), x.grad(), {.terms = 3});
    observe(fmt::format("slope by x * x, {}", version.name), square.grad());
  }
}

CASE(backward, used_on_two_levels,
     "a node that is used close to the root and again further down must hear from both before it "
     "passes on") {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  for (const std::int64_t steps : {1, 2, 7}) {
    for (const Version& version : kVersions) {
      Scalar x{at_x}, y{at_y};
      std::vector<Scalar> made = {x, y, x * y};
      for (std::int64_t i = 0; i < steps; ++i) made.push_back(sigmoid(made.back()));
      const Scalar near_first = made[2] * made.back(), near_last = made.back() * made[2];
      calling(fmt::format(
          "{} from a * d and d * a, where a = x * y, and d is sigmoid applied to a {} times",
          version.name, steps));
      version.run(near_first.node(), 1);
      observe(fmt::format("slopes of a * d, {} steps, by {}", steps, version.name), grads(made),
              {.terms = 20});
      version.run(near_last.node(), 1);
      observe(fmt::format("those of d * a added, {} steps, by {}", steps, version.name),
              grads(made), {.terms = 20});
    }
  }
}

CASE(backward, two_calls,
     "a second call adds exactly the same to the leaves; what was computed starts at 0 each time",
     {.weight = 2}) {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  for (const Version& version : kVersions) {
    Scalar x{at_x}, y{at_y}, a = x * y, b = exp(a), f = a * b - y;
    for (const char* call : {"first", "second", "third"}) {
      calling(fmt::format("{} from x y exp(x y) - y, {} call", version.name, call));
      version.run(f.node(), 1);
      observe(fmt::format("leaves after the {} call of {}", call, version.name), grads({x, y}),
              {.terms = 8, .scale = 1});
      observe(fmt::format("inner nodes after the {} call of {}", call, version.name),
              grads({a, b, f}), {.terms = 8});
    }
  }
}

CASE(backward, grads_from_before,
     "a leaf keeps what it has; anything left in a computed node, the root too, is overwritten") {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  const double before = input("grad of every node before", draw(3, 5));
  for (const std::int64_t steps : {1, 2, 7}) {
    for (const Version& version : kVersions) {
      Scalar x{at_x}, y{at_y};
      std::vector<Scalar> computed = {x * y};
      for (std::int64_t i = 1; i < steps; ++i) computed.push_back(tanh(computed.back()));
      for (Scalar node : computed) node.set_grad(before);
      x.set_grad(before);
      y.set_grad(before);
      calling(fmt::format("{} from the last of {} results, with grads in every node", version.name,
                          steps));
      version.run(computed.back().node(), 1);
      observe(fmt::format("grads of the leaves below {} results by {}", steps, version.name),
              grads({x, y}), {.terms = 10});
      observe(fmt::format("grads of {} results by {}", steps, version.name), grads(computed),
              {.terms = 10, .scale = 1});
    }
  }
}

CASE(backward, inner_node,
     "from an inner node only what it was computed from gets a grad: nothing that was computed "
     "from it, or beside it") {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  const double before = input("grad of the others before", draw(3, 5));
  for (const Version& version : kVersions) {
    Scalar x{at_x}, y{at_y}, inner = exp(x), beside = x * y, outer = inner * beside;
    for (Scalar node : {y, beside, outer}) node.set_grad(before);
    calling(fmt::format("{} from exp(x), where exp(x) * (x * y) was computed too", version.name));
    version.run(inner.node(), 1);
    observe(fmt::format("grad of x by {}", version.name), x.grad());
    observe(fmt::format("grad of exp(x) by {}", version.name), inner.grad());
    observe(fmt::format("grads of y, x * y and the product by {}", version.name),
            grads({y, beside, outer}));
  }
}

CASE(backward, inner_node_then_root,
     "a call from an inner node and one from the root: the leaves have the sum, the inner nodes "
     "the last one") {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  for (const Version& version : kVersions) {
    Scalar x{at_x}, y{at_y}, inner = x * y, outer = inner * inner;
    calling(fmt::format("{} from x * y, then from its square", version.name));
    version.run(inner.node(), 1);
    version.run(outer.node(), 1);
    observe(fmt::format("leaves by {}", version.name), grads({x, y}), {.terms = 4});
    observe(fmt::format("inner and outer by {}", version.name), grads({inner, outer}));
  }
}

CASE(backward, seed,
     "every grad is multiplied by the seed, also by a negative one and by 0; without one it is 1") {
  const double at_x = input("x", draw(0.5, 2)), at_y = input("y", draw(0.5, 2));
  for (const Version& version : kVersions) {
    for (const double seed : {draw(2, 3), draw(-3, -2), 0.0}) {
      Scalar x{at_x}, y{at_y}, inner = x * y, f = exp(inner);
      calling(fmt::format("{} from exp(x * y) with seed {:.3g}", version.name, seed));
      version.run(f.node(), seed);
      observe(fmt::format("grads with seed {:.3g} by {}", seed, version.name),
              grads({x, y, inner, f}), {.terms = 4});
    }
  }
  Scalar x{at_x}, y = exp(x), z = exp(x);
  calling("backward and backward_pull from exp(x) without a seed");
  backward(y.node());
  backward_pull(z.node());
  observe("grad of x", x.grad(), {.terms = 2});
  observe("grads of both roots", grads({y, z}));
}

CASE(backward, root_is_a_leaf, "a leaf as the root gets the seed added to what it has") {
  const double before = input("grad before", draw(3, 5)), seed = input("seed", draw(-2, 2));
  for (const Version& version : kVersions) {
    Scalar x{draw(-2, 2)};
    x.set_grad(before);
    calling(fmt::format("{} from a leaf, twice", version.name));
    version.run(x.node(), seed);
    observe(fmt::format("grad after one call of {}", version.name), x.grad(), {.scale = 5});
    version.run(x.node(), seed);
    observe(fmt::format("grad after two calls of {}", version.name), x.grad(), {.scale = 5});
  }
}

CASE(backward, plain_numbers,
     "a plain number in a formula is a leaf, and gets its grad as any other") {
  const double at = input("x", draw(0.5, 2));
  for (const Version& version : kVersions) {
    Scalar x{at}, product = 3.0 * x, f = 2.0 / product;
    calling(fmt::format("{} from 2 / (3 * x)", version.name));
    version.run(f.node(), 1);
    observe(fmt::format("grad of the 2 by {}", version.name), f.node()->inputs[0]->grad,
            {.terms = 2});
    observe(fmt::format("grad of the 3 by {}", version.name), product.node()->inputs[0]->grad,
            {.terms = 4});
    observe(fmt::format("grad of x by {}", version.name), x.grad(), {.terms = 4});
  }
}

CASE(backward, not_a_number, "a NaN goes into the grads that depend on it, and into no others") {
  const double at = input("x", draw(0.5, 2));
  for (const Version& version : kVersions) {
    Scalar x{at}, y{draw(0.5, 2)}, nan{std::numeric_limits<double>::quiet_NaN()};
    Scalar f = x * nan + y * y;
    calling(fmt::format("{} from x * NaN + y * y", version.name));
    version.run(f.node(), 1);
    observe(fmt::format("grad of x by {}", version.name), x.grad());
    observe(fmt::format("grad of the NaN by {}", version.name), nan.grad());
    observe(fmt::format("grad of y by {}", version.name), y.grad());
  }
}

CASE(backward, random_graph,
     "in a graph of any shape every node has the slope of the root by it, and both versions agree",
     {.weight = 2}) {
  for (const std::int64_t n : {0, 1, 2, 7, 31, 101}) {
    const std::uint64_t drawn = generator().bits();
    for (const Version& version : kVersions) {
      Random random(drawn);  // the same graph for both
      const std::vector<Scalar> made = random_graph(n, random);
      calling(
          fmt::format("{} from the last node of a random graph of {} operations", version.name, n));
      version.run(made.back().node(), 1);
      const std::vector<double> found = grads(made);
      observe(fmt::format("grads of {} operations by {}", n, version.name), found,
              {.terms = static_cast<double>(n + 1), .scale = sum_of_sizes(found)});
    }
  }
}

CASE(
    backward, several_roots,
    "calls from one node after another, in the graph that they share, add up in its leaves alone") {
  for (const std::int64_t n : {2, 7, 31}) {
    const std::uint64_t drawn = generator().bits();
    for (const Version& version : kVersions) {
      Random random(drawn);
      const std::vector<Scalar> made = random_graph(n, random);
      calling(fmt::format("{} from every node of a random graph of {} operations, oldest first",
                          version.name, n));
      for (const Scalar& root : made) version.run(root.node(), random.uniform(-1, 1));
      const std::vector<double> found = grads(made);
      observe(fmt::format("grads of {} operations by {}", n, version.name), found,
              {.terms = static_cast<double>(n * n), .scale = sum_of_sizes(found)});
    }
  }
}

CASE(backward, values_unchanged,
     "backward changes grads alone: no value, and the graph is the same afterwards") {
  for (const Version& version : kVersions) {
    std::vector<Scalar> made = random_graph(31, generator());
    std::vector<double> before;
    for (const Scalar& scalar : made) before.push_back(scalar.value());
    const std::size_t live = live_nodes();
    calling(fmt::format("{} from the last node of a random graph of 31 operations", version.name));
    version.run(made.back().node(), 1);
    bool same = true;
    for (std::size_t i = 0; i < made.size(); ++i) same = same && made[i].value() == before[i];
    observe(fmt::format("values unchanged by {}", version.name), same);
    observe(fmt::format("nodes made or lost by {}", version.name),
            static_cast<std::int64_t>(live_nodes() - live));
  }
}

// c - (-(c - (-x))) …: the way down leads through first and through second inputs
Scalar long_chain(const Scalar& x, std::int64_t length) {
  Scalar result = x;
  for (std::int64_t i = 0; i < length; ++i) result = i % 3 == 0 ? 1.0 - result : -result;
  return result;
}

CASE(backward, long_chain, "a chain of 200,000 nodes must not need as many nested calls",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 200'000 + draw_integer(0, 9));
  const double seed = input("seed", draw(2, 3));
  Scalar x{draw(-1, 1)};
  Scalar end = long_chain(x, length);
  calling("backward through a chain of 200,000 operations, on a stack of 256 KiB");
  backward(end.node(), seed);
  observe("grad of x", x.grad());
}

CASE(backward, long_chain_pulled, "backward_pull, too, goes down a long chain in a loop",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 50'000 + draw_integer(0, 9));
  const double seed = input("seed", draw(2, 3));
  Scalar x{draw(-1, 1)};
  Scalar end = long_chain(x, length);
  calling("backward_pull through a chain of 50,000 operations, on a stack of 256 KiB");
  backward_pull(end.node(), seed);
  observe("grad of x", x.grad());
}

PROOF(backward, lecture_literals) {
  for (const Version& version : kVersions) {
    Scalar x{2.0}, y{3.0};
    version.run(lecture_function(x, y).node(), 1);
    prove_close(fmt::format("df/dx at (2, 3) by {}", version.name), x.grad(), 25.068429538550134,
                1e-13);
    prove_close(fmt::format("df/dy at (2, 3) by {}", version.name), y.grad(), 44.3264246157732,
                1e-13);
  }
}

PROOF(backward, sums_and_powers) {
  for (const Version& version : kVersions) {
    const double at = draw(-2, 2);
    Scalar a{at}, b = a + a, c = b + b;
    version.run(b.node(), 1);
    prove_close("a + a by a", a.grad(), 2, 0);
    a.set_grad(0);
    version.run(c.node(), 1);
    prove_close("b = a + a, c = b + b by a", a.grad(), 4, 0);
    a.set_grad(0);
    version.run((a * a * a).node(), 1);
    prove_close("a * a * a by a", a.grad(), 3 * at * at, 1e-14);
  }
}

PROOF(backward, central_differences) {
  for (const Version& version : kVersions) {
    for (int i = 0; i < 30; ++i) {
      const std::vector<double> at = {draw(-2, 2), draw(-1, 2)};
      const double seed = draw(-2, 2);
      const auto f = [&](const std::vector<double>& to) {
        const Scalar x{to[0]}, y{to[1]};
        return seed * (lecture_function(x, y) * sigmoid(x * y) - tanh(y / (x * x + 1.0))).value();
      };
      Scalar x{at[0]}, y{at[1]};
      version.run((lecture_function(x, y) * sigmoid(x * y) - tanh(y / (x * x + 1.0))).node(), seed);
      const std::vector<double> numeric = numeric_gradient(f, at);
      prove_close(fmt::format("by x, {}", version.name), x.grad(), numeric[0], 1e-6);
      prove_close(fmt::format("by y, {}", version.name), y.grad(), numeric[1], 1e-6);
    }
  }
}

}  // namespace
}  // namespace gradbook
