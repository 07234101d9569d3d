#include <map>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

// The order as positions in the order of creation, so that nothing depends on addresses or labels
std::vector<std::int64_t> positions(const std::vector<Node*>& order,
                                    const std::vector<Scalar>& made) {
  std::map<const Node*, std::int64_t> position;
  for (const Scalar& scalar : made) position.emplace(scalar.node(), position.size());
  std::vector<std::int64_t> result;
  for (const Node* node : order) result.push_back(position.count(node) ? position[node] : -1);
  return result;
}

CASE(topological_sort, lecture_graph,
     "inputs are visited from first to last, depth first, and a node is listed once all its inputs "
     "are") {
  Scalar x{input("x", draw(0.5, 3)), "x"}, y{input("y", draw(-1, 3)), "y"};
  Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  calling("topological_sort of log(x^2 + 1) * exp(y) + y^2 * x");
  std::string order;
  for (const std::string& text : labels(topological_sort(f.node()))) order += text + "\n";
  observe("order", order);
}

CASE(topological_sort, leaf, "a leaf depends on nothing but itself: the order is the leaf alone") {
  Scalar x{input("x", draw(-2, 2))};
  calling("topological_sort of a leaf");
  observe("order", positions(topological_sort(x.node()), {x}));
}

CASE(topological_sort, both_inputs_the_same,
     "a node that feeds both inputs of one operation is still one node") {
  Scalar x{input("x", draw(-2, 2))};
  Scalar y = x * x;
  calling("topological_sort of x * x");
  observe("order", positions(topological_sort(y.node()), {x, y}));
}

CASE(topological_sort, diamond,
     "a node that two branches share comes once, and before both of them") {
  Scalar x{input("x", draw(0.5, 2))};
  Scalar left = exp(x), right = log(x), top = left * right;
  calling("topological_sort of exp(x) * log(x)");
  observe("order", positions(topological_sort(top.node()), {x, left, right, top}));
}

CASE(
    topological_sort, one_side_deeper,
    "an input that is listed early must still come before a user that is reached by a longer way") {
  Scalar x{input("x", draw(0.5, 2))};
  Scalar a = exp(x), b = exp(a), c = exp(b), top = x * c, other = b * x;
  calling("topological_sort of x * exp(exp(exp(x))), then of exp(exp(x)) * x");
  observe("short side first", positions(topological_sort(top.node()), {x, a, b, c, top}));
  observe("long side first", positions(topological_sort(other.node()), {x, a, b, c, other}));
}

CASE(topological_sort, ladder,
     "b = a + a sixty times has 61 nodes, though 2^60 paths lead through it") {
  const std::int64_t rungs = input("rungs", draw_integer(40, 60));
  std::vector<Scalar> made = {Scalar{draw(-1, 1)}};
  for (std::int64_t i = 0; i < rungs; ++i) made.push_back(made.back() + made.back());
  calling("topological_sort of a ladder of b = a + a");
  observe("order", positions(topological_sort(made.back().node()), made));
}

CASE(topological_sort, random_graph,
     "the order is that of a depth-first visit: neither more nor fewer nodes, none too early") {
  for (std::int64_t n : {1, 2, 7, 31, 101}) {
    std::vector<Scalar> made = {Scalar{draw(-1, 1)}, Scalar{draw(-1, 1)}};
    for (std::int64_t i = 0; i < n; ++i) {
      const Scalar& a = made[generator().below(made.size())];
      const Scalar& b = made[generator().below(made.size())];
      made.push_back(draw(0, 1) < 0.3 ? tanh(a) : draw(0, 1) < 0.5 ? a - b : a * b);
    }
    calling("topological_sort of a random graph of " + std::to_string(n) + " operations");
    observe("order of " + std::to_string(n), positions(topological_sort(made.back().node()), made));
  }
}

CASE(topological_sort, equal_values,
     "two nodes with the same value are still two nodes: it is the node that was seen, not its "
     "value") {
  const double value = input("value", draw(-2, 2));
  Scalar x{value}, y{value}, z{value};
  Scalar two = x + y, three = two + z;
  calling("topological_sort of x + y, and of (x + y) + z, all of the same value");
  observe("two leaves", positions(topological_sort(two.node()), {x, y, z, two, three}));
  observe("three leaves", positions(topological_sort(three.node()), {x, y, z, two, three}));
}

CASE(topological_sort, inner_node,
     "only what the root depends on is listed, not what depends on the root") {
  Scalar x{input("x", draw(0.5, 2))};
  Scalar inner = exp(x), outer = log(inner) + x;
  calling("topological_sort of exp(x), a node that log(exp(x)) + x is computed from");
  observe("order", positions(topological_sort(inner.node()), {x, inner, outer}));
}

CASE(topological_sort, twice,
     "a second sort of the same graph, or of a larger one, starts afresh") {
  Scalar x{input("x", draw(0.5, 2))};
  Scalar y = exp(x), z = y * x;
  calling("topological_sort of y, of y again, and of y * x");
  observe("first", positions(topological_sort(y.node()), {x, y, z}));
  observe("again", positions(topological_sort(y.node()), {x, y, z}));
  observe("larger", positions(topological_sort(z.node()), {x, y, z}));
}

CASE(topological_sort, long_chain,
     "a chain of a million nodes must not need a million nested calls: keep a stack of your own",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 1'000'000 + draw_integer(0, 9));
  Scalar x{draw(-1, 1)};
  for (std::int64_t i = 0; i < length; ++i) x = tanh(x);
  calling("topological_sort of tanh applied a million times, on a stack of 256 KiB");
  const std::vector<Node*> order = topological_sort(x.node());
  observe("nodes", order.size());
  bool linked = !order.empty() && order.front()->operation == nullptr;
  for (std::size_t i = 1; i < order.size(); ++i)
    linked = linked && order[i]->inputs[0] == order[i - 1];
  observe("each comes right after its input", linked);
}

}  // namespace
}  // namespace gradbook
