#include <fmt/format.h>

#include <utility>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"
#include "support/case.hpp"
#include "support/scalars.hpp"

namespace gradbook {
namespace {

// How many nodes live now that did not at the start of the case: negative where too many were given
// back
class Count {
 public:
  std::int64_t now() const { return static_cast<std::int64_t>(live_nodes()) - at_start_; }

 private:
  std::int64_t at_start_ = static_cast<std::int64_t>(live_nodes());
};

std::vector<Scalar> leaves(const std::vector<double>& values) {
  return {values.begin(), values.end()};
}

// Two leaves and n operations, each on what was made before it
std::vector<Scalar> random_graph(std::int64_t n) {
  std::vector<Scalar> made = leaves(draw_list(2, -1, 1));
  made.front().label("x");
  for (std::int64_t i = 0; i < n; ++i) {
    const Scalar a = made[generator().below(made.size())], b = made[generator().below(made.size())];
    const std::int64_t kind = draw_integer(0, 4);
    made.push_back(kind == 0   ? a - b
                   : kind == 1 ? a * b
                   : kind == 2 ? tanh(a)
                   : kind == 3 ? 1.0 - b
                               : a * 0.5);
  }
  return made;
}

void shuffle(std::vector<Scalar>& scalars) {
  for (std::size_t i = scalars.size(); i > 1; --i)
    std::swap(scalars[i - 1], scalars[generator().below(i)]);
}

CASE(release, leaf, "a leaf is given back when its last handle goes, and not before") {
  const Count live;
  const std::int64_t n = input("n", draw_integer(3, 20));
  calling("n leaves made, a second handle for the first; the first handles go, then the second");
  std::vector<Scalar> made = leaves(draw_list(n, -2, 2));
  Scalar second = made.front();
  observe("while all live", live.now());
  made.clear();
  observe("while the second handle lives", live.now());
  observe("its value", second.value());
  second = Scalar{0.0};
  observe("with another leaf in its place", live.now());
}

CASE(release, formula,
     "a node that goes lets go of its first and its second input, and plain numbers go too") {
  const Count live;
  const std::int64_t n = input("n", draw_integer(1, 9));
  calling("n times exp(x * y) - c * y, all handles but that of x gone");
  Scalar x{draw(-1, 1)};
  {
    Scalar y{draw(-1, 1)};
    std::vector<Scalar> results;
    for (std::int64_t i = 0; i < n; ++i) results.push_back(exp(x * y) - 3.0 * y);
    observe("while all live", live.now());
  }
  observe("when only x is left", live.now());
  x = Scalar{1.0};
  observe("with another leaf in its place", live.now());
}

CASE(release, called_directly,
     "release takes a node without references, and takes one reference from each of its inputs") {
  const Count live;
  Scalar x{input("x", draw(-2, 2))}, y{input("y", draw(-2, 2))};
  const std::int64_t n = input("n", draw_integer(2, 9));
  calling(
      "release of the last of n sums of x and y, while the others live, and of a leaf that nobody "
      "refers to");
  std::vector<Scalar> others;
  for (std::int64_t i = 1; i < n; ++i) others.push_back(x + y);
  Node* sum = new_node(0, &kAdd, x.node(), y.node());
  release(sum);
  release(new_node(draw(-1, 1), nullptr, nullptr, nullptr));
  observe("live nodes", live.now());
  observe("references to x", x.node()->references);
  observe("references to y", y.node()->references);
  observe("values of x and y", values({x, y}));
}

CASE(release, both_inputs_the_same, "x * x refers to x twice, so it lets go of it twice") {
  const Count live;
  const std::int64_t n = input("n", draw_integer(2, 9));
  calling("n times x * x; the products go, then x");
  Scalar x{draw(-2, 2)};
  std::vector<Scalar> products;
  for (std::int64_t i = 0; i < n; ++i) products.push_back(x * x);
  observe("while all live", live.now());
  products.clear();
  observe("references to x when the products have gone", x.node()->references);
  observe("live nodes then", live.now());
  x = Scalar{0.0};
  observe("with another leaf in its place", live.now());
}

CASE(release, diamond,
     "a node that two branches share goes with the second of them, and is given back once") {
  const Count live;
  const double at = input("x", draw(0.5, 2));
  calling("exp(shared) and log(shared), where shared = x * x; one goes, then the other");
  Scalar x{at}, shared = x * x, left = exp(shared), right = log(shared);
  shared = x;
  left = x;
  observe("without the left branch", live.now());
  std::vector<Scalar> fresh = leaves(draw_list(5, 3, 4));
  observe("what the right branch was computed from", right.node()->inputs[0]->value);
  right = x;
  observe("without both, five new leaves beside x", live.now());
  observe("x", x.value());
  observe("the new leaves", values(fresh));
}

CASE(release, survivors,
     "what a handle or a node still refers to stays as it was, value, grad and label") {
  const Count live;
  Scalar x{input("x", draw(0.5, 2)), "x"}, y{input("y", draw(0.5, 2))};
  Scalar shared = x * y;
  {
    Scalar f = exp(shared) - y / x;
    f.backward(draw(1, 2));
    calling("exp(x * y) - y / x, differentiated; its handle goes, and ten new numbers are made");
  }
  observe("live nodes", live.now());
  const std::vector<double> drawn = draw_list(10, 5, 6);
  std::vector<Scalar> fresh = leaves(drawn);
  observe("values of x, y and x * y", values({x, y, shared}));
  observe("grads of x, y and x * y", grads({x, y, shared}));
  observe("x * y is still", label(shared.node()) == "x*" + label(y.node()));
  observe("references to x and y",
          std::vector<std::int64_t>{x.node()->references, y.node()->references});
  observe("the new numbers", values(fresh));
}

CASE(release, each_place_once,
     "a place in the pool that was given back serves one new number, not two") {
  for (const std::int64_t n : {1, 2, 7, 31}) {
    calling(fmt::format(
        "a random graph of {} operations goes; twice as many new numbers are made, and used", n));
    random_graph(n);
    std::vector<Scalar> fresh = leaves(draw_list(2 * n + 4, -1, 1));
    std::vector<Scalar> sums;
    for (std::size_t i = 1; i < fresh.size(); ++i) sums.push_back(fresh[i - 1] - fresh[i]);
    observe(fmt::format("the {} new numbers", fresh.size()), values(fresh));
    observe(fmt::format("the {} differences of neighbours", sums.size()), values(sums));
  }
}

CASE(release, handles_in_any_order,
     "after each handle that goes exactly those nodes live that some handle leads to",
     {.weight = 2}) {
  for (const std::int64_t n : {0, 1, 2, 7, 31, 101}) {
    const Count live;
    std::vector<Scalar> made = random_graph(n);
    shuffle(made);
    std::vector<std::int64_t> counts = {live.now()};
    calling(fmt::format(
        "the handles of a random graph of {} operations go one by one, in random order", n));
    while (!made.empty()) {
      made.pop_back();
      counts.push_back(live.now());
    }
    observe(fmt::format("live nodes after each, {} operations", n), counts);
  }
}

CASE(release, survivors_of_a_random_graph,
     "half of the handles go, and new numbers take the free places: the other half keeps its "
     "values") {
  for (const std::int64_t n : {2, 7, 31, 101}) {
    const Count live;
    std::vector<Scalar> made = random_graph(n);
    made.back().backward();
    shuffle(made);
    calling(fmt::format("half of the handles of a random graph of {} operations go", n));
    made.resize(made.size() / 2);
    std::vector<Scalar> fresh = leaves(draw_list(n, 5, 6));
    observe(fmt::format("values of the other half, {} operations", n), values(made));
    observe(fmt::format("grads of the other half, {} operations", n), grads(made));
    observe(fmt::format("live nodes, {} operations", n), live.now());
    made.clear();
    fresh.clear();
    observe(fmt::format("live nodes in the end, {} operations", n), live.now());
  }
}

CASE(release, ladder,
     "b = a + a many times: every rung goes once, though 2^rungs paths lead down") {
  const Count live;
  const std::int64_t rungs = input("rungs", draw_integer(40, 60));
  calling("a ladder of b = a + a, of which a handle keeps the lower half");
  Scalar top{draw(-1, 1)}, middle = top;
  for (std::int64_t i = 0; i < rungs; ++i) {
    top = top + top;
    if (i == rungs / 2) middle = top;
  }
  observe("while all live", live.now());
  top = middle;
  observe("when the upper half has gone", live.now());
  observe("references to the middle", middle.node()->references);
}

CASE(release, wide,
     "one leaf with many users: it goes with the last of them; many inputs wait at once in a sum "
     "from the right") {
  const Count live;
  const std::int64_t n = input("users", draw_integer(20'000, 30'000));
  calling("c0 * x + (c1 * x + (c2 * x + …)): a sum that nests to the right, then its handle goes");
  Scalar x{draw(-1, 1)};
  {
    Scalar sum{0.0};
    for (std::int64_t i = 0; i < n; ++i) sum = 2.0 * x + sum;
    observe("while all live", live.now());
  }
  observe("when the sum has gone", live.now());
  observe("references to x", x.node()->references);
}

CASE(release, large_tree,
     "a sum of many leaves, added up in pairs: every node goes, wherever it stands") {
  const Count live;
  const std::int64_t n = input("leaves", draw_integer(5'000, 9'000));
  calling("a sum of n leaves in pairs of pairs; its handle goes");
  std::vector<Scalar> level = leaves(draw_list(n, -1, 1));
  while (level.size() > 1) {
    std::vector<Scalar> sums;
    for (std::size_t i = 0; i + 1 < level.size(); i += 2) sums.push_back(level[i] + level[i + 1]);
    if (level.size() % 2 == 1) sums.push_back(level.back());
    level = std::move(sums);
  }
  Scalar total = level.front();
  level.clear();
  observe("while all live", live.now());
  total = Scalar{0.0};
  observe("when it has gone", live.now());
}

CASE(release, million_nodes,
     "a million nodes, each kept alive by the next: no call of release may stand inside another",
     {.weight = 2, .stack_kib = 256}) {
  const Count live;
  const std::int64_t length = input("length", 1'000'000 + draw_integer(0, 9));
  Scalar x{draw(-1, 1)};
  calling("-x a million times, differentiated and given back, on a stack of 256 KiB");
  {
    Scalar end = x;
    for (std::int64_t i = 0; i < length; ++i) end = -end;
    observe("while all live", live.now());
    end.backward();
  }
  observe("when its handle has gone", live.now());
  observe("x", x.value());
}

CASE(release, long_chain_of_second_inputs,
     "a chain that hangs by its second inputs is as long as one that hangs by the first",
     {.stack_kib = 256}) {
  const Count live;
  const std::int64_t length = input("length", 200'000 + draw_integer(0, 9));
  Scalar x{draw(-1, 1)};
  calling("1 - x 200,000 times, given back on a stack of 256 KiB, then as many new numbers");
  {
    Scalar end = x;
    for (std::int64_t i = 0; i < length; ++i) end = 1.0 - end;
    observe("while all live", live.now());
  }
  observe("when its handle has gone", live.now());
  observe("x", x.value());
}

PROOF(release, all_goes) {
  const Count live;
  for (const std::int64_t n : {0, 1, 2, 7, 31, 101, 1009}) {
    for (int i = 0; i < 10; ++i) {
      std::vector<Scalar> made = random_graph(n);
      made.back().backward();
      shuffle(made);
      while (!made.empty()) made.pop_back();
      prove(live.now() == 0, "nothing lives when no handle does");
    }
  }
}

PROOF(release, exactly_what_is_reachable) {
  const Count live;
  std::vector<Scalar> made = random_graph(101);
  shuffle(made);
  while (!made.empty()) {
    // Count what the handles that are left lead to, by a walk of its own
    Marker seen;
    std::int64_t reachable = 0;
    std::vector<Node*> to_visit;
    for (const Scalar& scalar : made) to_visit.push_back(scalar.node());
    while (!to_visit.empty()) {
      Node* node = to_visit.back();
      to_visit.pop_back();
      if (node == nullptr || !seen.insert(node)) continue;
      ++reachable;
      to_visit.insert(to_visit.end(), node->inputs.begin(), node->inputs.end());
    }
    prove(live.now() == reachable, "those nodes live that a handle leads to, and no others");
    made.pop_back();
  }
}

}  // namespace
}  // namespace gradbook
