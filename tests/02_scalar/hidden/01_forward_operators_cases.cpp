#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "02_scalar/label.hpp"
#include "02_scalar/scalar.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

// Where a number came from, one step back: "-(x, 3)"; a leaf is its label, or its value
std::string history(const Node* node) {
  if (node == nullptr) return "nothing";
  const auto name = [](const Node* input) -> std::string {
    if (input == nullptr) return "nothing";
    if (input->label != nullptr) return input->label;
    if (input->operation != nullptr) return fmt::format("a result of {}", input->operation->name);
    return fmt::format("{:g}", input->value);
  };
  if (node->operation == nullptr) return "a leaf, " + name(node);
  const std::string first = name(node->inputs[0]);
  const bool alone = node->inputs[1] == nullptr;
  return fmt::format("{}({}{})", node->operation->name, first,
                     alone ? "" : ", " + name(node->inputs[1]));
}

void observe_result(std::string_view formula, const Scalar& result) {
  observe(formula, result.value());
  observe(fmt::format("{} was recorded as", formula), history(result.node()));
}

CASE(forward_operators, two_numbers,
     "an operation has the value of its formula and remembers its inputs in that order") {
  Scalar x{input("x", draw(-3, 3)), "x"}, y{input("y", draw(0.5, 3)), "y"};
  calling("x + y, x - y, x * y and x / y");
  observe_result("x + y", x + y);
  observe_result("x - y", x - y);
  observe_result("x * y", x * y);
  observe_result("x / y", x / y);
}

CASE(forward_operators, number_on_the_left,
     "a plain number on the left is the first input, and a leaf: c - x is not x - c") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  const double c = static_cast<double>(input("c", draw_integer(4, 9)));
  calling("c + x, c - x, c * x and c / x");
  observe_result("c + x", c + x);
  observe_result("c - x", c - x);
  observe_result("c * x", c * x);
  observe_result("c / x", c / x);
}

CASE(forward_operators, number_on_the_right,
     "a plain number on the right is the second input, and a leaf: x / c is not c / x") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  const double c = static_cast<double>(input("c", draw_integer(4, 9)));
  calling("x + c, x - c, x * c and x / c");
  observe_result("x + c", x + c);
  observe_result("x - c", x - c);
  observe_result("x * c", x * c);
  observe_result("x / c", x / c);
}

CASE(forward_operators, constants_have_no_history,
     "a plain number becomes a leaf, with no inputs and no operation, and no gradient yet") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  const double c = static_cast<double>(input("c", draw_integer(4, 9)));
  calling("c - x, and a look at the node of c");
  Scalar result = c - x;
  const Node* constant = result.node()->inputs[0];
  observe("the first input of c - x is", history(constant));
  observe("value of that node", constant == nullptr ? -1.0 : constant->value);
  observe("grad of that node", constant == nullptr ? -1.0 : constant->grad);
  observe("grad of c - x", result.grad());
}

CASE(forward_operators, same_number_twice,
     "one node may be both inputs: x * x is a product, not a power, and has no copy of x") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  calling("x + x, x - x, x * x and x / x");
  const auto observe_pair = [&](const char* formula, const Scalar& result) {
    observe_result(formula, result);
    const auto [first, second] = result.node()->inputs;
    observe(fmt::format("both inputs of {} are the node of x", formula),
            first == x.node() && second == x.node());
  };
  observe_pair("x + x", x + x);
  observe_pair("x - x", x - x);
  observe_pair("x * x", x * x);
  observe_pair("x / x", x / x);
}

CASE(forward_operators, negation, "-x is one operation with one input, and -0 keeps its sign") {
  Scalar x{input("x", draw(0.5, 3)), "x"}, zero{0.0, "zero"};
  calling("-x, -(-x) and -zero");
  observe_result("-x", -x);
  observe_result("-(-x)", -(-x));
  observe("-zero has a minus sign", std::signbit((-zero).value()));
}

CASE(forward_operators, powers,
     "pow takes any constant exponent, keeps it in the node, and has one input") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  for (double n : {-1.5, -1.0, 0.0, 0.5, 1.0, 2.0, draw(2, 4)}) {
    calling(fmt::format("pow(x, {})", n));
    Scalar y = pow(x, n);
    observe_result(fmt::format("x^{:.3g}", n), y);
    observe(fmt::format("exponent kept for x^{:.3g}", n), y.node()->exponent);
  }
}

CASE(forward_operators, powers_of_negative_numbers,
     "a negative number has whole powers: exp(n log(x)) would be NaN") {
  Scalar x{input("x", draw(-3, -0.5)), "x"};
  calling("pow(x, 2), pow(x, 3), pow(x, -1), pow(x, 0.5)");
  observe("x^2", pow(x, 2).value());
  observe("x^3", pow(x, 3).value());
  observe("x^-1", pow(x, -1).value());
  observe("x^0.5", pow(x, 0.5).value());
}

// Whole numbers, so that the right quotient is one too
std::vector<std::int64_t> draw_integers(std::size_t n, std::int64_t low, std::int64_t high) {
  std::vector<std::int64_t> list(n);
  for (std::int64_t& value : list) value = draw_integer(low, high);
  return list;
}

CASE(forward_operators, one_rounding,
     "a quotient is rounded once: a times 1/b rounds twice, and 49 * (1/49) is less than 1") {
  const std::vector<std::int64_t> p = input("p", draw_integers(200, 1, 999)),
                                  q = input("q", draw_integers(200, 1, 999));
  std::vector<std::int64_t> quotients;
  calling("(p * q) / q for each p and q, rounded down");
  for (std::size_t i = 0; i < p.size(); ++i) {
    const Scalar product{static_cast<double>(p[i] * q[i])};
    quotients.push_back(
        static_cast<std::int64_t>(std::floor((product / static_cast<double>(q[i])).value())));
  }
  observe("quotients", quotients);
}

CASE(forward_operators, neutral_numbers,
     "a step is recorded even where it changes nothing: no shortcut for + 0, * 1, * 0 or ^1") {
  Scalar x{input("x", draw(0.5, 3)), "x"};
  calling("x + 0, 0 + x, x - 0, x * 1, x * 0, x / 1 and x^1");
  observe_result("x + 0", x + 0.0);
  observe_result("0 + x", 0.0 + x);
  observe_result("x - 0", x - 0.0);
  observe_result("x * 1", x * 1.0);
  observe_result("x * 0", x * 0.0);
  observe_result("x / 1", x / 1.0);
  observe_result("x^1", pow(x, 1));
}

CASE(forward_operators, not_a_number,
     "infinity and NaN come out as they do for doubles: nothing is guarded away") {
  Scalar x{input("x", draw(0.5, 3)), "x"}, zero{0.0}, nan{std::numeric_limits<double>::quiet_NaN()};
  calling("x / 0, -x / 0, 0 / 0, 0 * NaN, NaN - NaN, 0^-1 and 0^0");
  observe("x / 0", (x / zero).value());
  observe("-x / 0", (-x / zero).value());
  observe("0 / 0", (zero / zero).value());
  observe("0 * NaN", (zero * nan).value());
  observe("NaN - NaN", (nan - nan).value());
  observe("0^-1", pow(zero, -1).value());
  observe("0^0", pow(zero, 0).value());
}

CASE(forward_operators, nodes_made,
     "each operation makes one node, and a plain number one more; the operands stay as they were") {
  Scalar x{input("x", draw(0.5, 3)), "x"}, y{input("y", draw(0.5, 3)), "y"};
  x.set_grad(draw(1, 2));
  const double grad = x.grad(), value = x.value();
  const std::int64_t n = input("n", draw_integer(3, 9));
  const std::size_t before = live_nodes();
  calling("n times each of x / y, -x, x - y, pow(x, 2) and x * 2");
  std::vector<Scalar> kept;
  for (std::int64_t i = 0; i < n; ++i) {
    for (const Scalar& result : {x / y, -x, x - y, pow(x, 2), x * 2.0}) kept.push_back(result);
  }
  observe("nodes made", live_nodes() - before);
  observe("x has its value still", x.value() == value);
  observe("x has its grad still", x.grad() == grad);
}

CASE(forward_operators, lecture_graph,
     "the operators work together: f(x, y) = log(x^2 + 1) * exp(y) + y^2 * x") {
  for (int i = 0; i < 3; ++i) {
    Scalar x{input("x", draw(-3, 3)), "x"}, y{input("y", draw(-1, 3)), "y"};
    calling("log(pow(x, 2) + 1) * exp(y) + pow(y, 2) * x");
    Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
    observe(fmt::format("f at point {}", i), f.value(), {.terms = 4, .scale = 30});
    observe(fmt::format("formula at point {}", i), label(f.node()));
  }
}

PROOF(forward_operators, lecture_value) {
  Scalar x{2.0}, y{3.0};
  const Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  prove_close("f(2, 3)", f.value(), 50.3264246157732, 1e-13);
}

PROOF(forward_operators, same_as_doubles) {
  for (int i = 0; i < 100; ++i) {
    const double a = draw(-3, 3), b = draw(0.5, 3), n = draw(-2, 2);
    prove((Scalar{a} + b).value() == a + b, "the sum is that of doubles");
    prove((a - Scalar{b}).value() == a - b, "the difference is that of doubles");
    prove((Scalar{a} * b).value() == a * b, "the product is that of doubles");
    prove((a / Scalar{b}).value() == a / b, "the quotient is that of doubles, rounded once");
    prove((-Scalar{a}).value() == -a, "the negative is that of doubles");
    prove(pow(Scalar{b}, n).value() == std::pow(b, n), "the power is that of doubles");
  }
}

}  // namespace
}  // namespace gradbook
