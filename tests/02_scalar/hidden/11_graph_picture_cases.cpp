#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "02_scalar/label.hpp"
#include "02_scalar/picture.hpp"
#include "support/case.hpp"
#include "support/dot.hpp"

namespace gradbook {
namespace {

// ---- the judge: what the picture says is compared, not how it is written
// -------------------------

std::string one_line(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 3)
    text.replace(at, 1, " | ");
  return text;
}

// How many edges lead from one node to another
std::ptrdiff_t count(const DotGraph& graph, const DotGraph::Pair& edge) {
  return std::ranges::count(graph.edges, edge);
}

Verdict compare(const std::string& what, const DotGraph& student, const DotGraph& reference) {
  if (!student.error.empty())
    return fail(fmt::format("{}: Graphviz could not read this: {}", what, student.error));
  if (student.nodes.size() != reference.nodes.size()) {
    return fail(fmt::format("{}: {} nodes are listed, not {}", what, student.nodes.size(),
                            reference.nodes.size()));
  }
  for (std::size_t i = 0; i < reference.nodes.size(); ++i) {
    const auto& [got_name, got] = student.nodes[i];
    const auto& [name, label] = reference.nodes[i];
    if (got_name != name)
      return fail(fmt::format("{}: node {} is called {}, not {}", what, i, got_name, name));
    if (got != label) {
      return fail(fmt::format("{}: the label of {} is \"{}\", not \"{}\"", what, name,
                              one_line(got), one_line(label)));
    }
  }
  for (const DotGraph* graph : {&reference, &student}) {
    for (const DotGraph::Pair& edge : graph->edges) {
      const auto got = count(student, edge), wanted = count(reference, edge);
      if (got != wanted) {
        return fail(fmt::format("{}: {} edges lead from {} to {}, not {}", what, got, edge.first,
                                edge.second, wanted));
      }
    }
  }
  return pass();
}

// Every picture of the reference's stream, in order, against the student's
Verdict compare_pictures(const Observations& student, const Observations& reference) {
  std::size_t at = 0;
  for (const Observation& wanted : reference) {
    if (wanted.role != Role::observation) continue;
    while (at < student.size() && student[at].role != Role::observation) ++at;
    if (at == student.size()) return fail(fmt::format("{}: there is no picture", wanted.label));
    const Observation& got = student[at++];
    if (got.label != wanted.label || got.type != wanted.type) {
      return fail(fmt::format("{}: another picture came, {}", wanted.label, got.label));
    }
    const Verdict verdict = compare(wanted.label, parse_dot(got.text), parse_dot(wanted.text));
    if (verdict.share < 1) return verdict;
  }
  return pass();
}

// ---- the cases
// -----------------------------------------------------------------------------------

Scalar leaf(const char* label, double low, double high) {
  return {input(label, draw(low, high)), label};
}

CASE(graph_picture, lecture_graph,
     "nodes in topological order, each with what it is, its value and its grad") {
  Scalar x = leaf("x", 0.5, 3), y = leaf("y", -1, 3);
  Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  calling("to_dot of log(x^2 + 1) * exp(y) + y^2 * x, before and after backward");
  observe("before backward", to_dot(f));
  f.backward();
  observe("after backward", to_dot(f));
}
JUDGE(graph_picture, lecture_graph) { return compare_pictures(student, reference); }

CASE(graph_picture, leaves,
     "a leaf is shown by its label, or by its value where it has none; it has no edge") {
  calling("to_dot of a leaf");
  observe("with a label", to_dot(leaf("x", -2, 2)));
  observe("without a label", to_dot(Scalar{input("value", draw(-2, 2))}));
  observe("with an empty label", to_dot(leaf("", -2, 2)));
}
JUDGE(graph_picture, leaves) { return compare_pictures(student, reference); }

CASE(graph_picture, each_use_an_edge, "a number that an operation uses twice has two edges to it") {
  Scalar x = leaf("x", 0.5, 2);
  Scalar square = x * x, sum = square + square, last = sum - x;
  calling("to_dot of (x*x + x*x) - x");
  observe("picture", to_dot(last));
}
JUDGE(graph_picture, each_use_an_edge) { return compare_pictures(student, reference); }

CASE(graph_picture, shared_nodes,
     "a node that several others use is listed once, however many paths lead to it") {
  Scalar x = leaf("x", 0.5, 2);
  calling("to_dot of exp(x) * log(x), then of a ladder of b = a + a");
  observe("diamond", to_dot(exp(x) * log(x)));
  Scalar rung = x;
  const std::int64_t rungs = input("rungs", draw_integer(25, 35));
  for (std::int64_t i = 0; i < rungs; ++i) rung = rung + rung;
  observe("ladder", to_dot(rung));
}
JUDGE(graph_picture, shared_nodes) { return compare_pictures(student, reference); }

CASE(graph_picture, every_operation,
     "every operation is shown by its name, for pow with the exponent") {
  Scalar a = leaf("a", 0.5, 2), b = leaf("b", 0.5, 2);
  Scalar first = (a + b) * (a - b) / -a;
  Scalar second = relu(a) + sigmoid(b) + tanh(a) + exp(b) + log(a);
  Scalar third =
      pow(a, 3) + pow(b, -1.5) + pow(a, 0.5) + pow(b, 0) + pow(a, input("exponent", draw(1, 2)));
  calling("to_dot of graphs that use every operation");
  observe("arithmetic", to_dot(first));
  observe("functions", to_dot(second));
  observe("powers", to_dot(third));
}
JUDGE(graph_picture, every_operation) { return compare_pictures(student, reference); }

CASE(graph_picture, named_results, "a result with a label shows the label and the operation") {
  Scalar x = leaf("x", 0.5, 2);
  Scalar u = exp(x).label("u");
  Scalar v = pow(u, 2).label("v");
  Scalar f = (u * v + x).label("f");
  calling("to_dot of f = u*v + x with u = exp(x), v = u^2");
  observe("picture", to_dot(f));
}
JUDGE(graph_picture, named_results) { return compare_pictures(student, reference); }

CASE(graph_picture, escaped_labels,
     "quotes, backslashes and line breaks in a label do not break the picture") {
  for (const char* label : {"the \"best\" x", "C:\\N", "ends in \\", "two\nlines", "\\\"\n\\n",
                            "a -> b; c", "[label]", "{}", "β₁", "// no comment", "\""}) {
    Scalar x{input("value", draw(-2, 2)), label};
    Scalar y = -x;
    calling(fmt::format("to_dot of -x where x has the label {}", label));
    observe(fmt::format("with the label {}", label), to_dot(y));
    y.label(label);
    observe(fmt::format("with the result labelled {}", label), to_dot(y));
  }
}
JUDGE(graph_picture, escaped_labels) { return compare_pictures(student, reference); }

CASE(graph_picture, escape,
     "a backslash before each quote and each backslash, \\n for a line break, and nothing else") {
  const std::string pieces[] = {"\"", "\\", "\n", "x", "n", "β", "\t", " "};
  calling("dot_escape");
  observe("empty", dot_escape(""));
  observe("plain", dot_escape("log(x) + 1"));
  observe("a quote", dot_escape("\""));
  observe("a backslash", dot_escape("\\"));
  observe("a line break", dot_escape("\n"));
  observe("an escape", dot_escape("\\n"));
  observe("a tab", dot_escape("a\tb"));
  for (int i = 0; i < 5; ++i) {
    std::string text;
    for (std::int64_t length = draw_integer(5, 20); length > 0; --length)
      text += pieces[draw_integer(0, 7)];
    calling("dot_escape of: " + text);
    observe(fmt::format("mixture {}", i), dot_escape(text));
  }
}

CASE(graph_picture, numbers, "numbers have six significant digits, whatever their size") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  for (double value : {0.0, -1.5, 1e-9, 123456789.0, 1e100, 1.0 / 3, infinity, -infinity, nan}) {
    Scalar x{value, "x"}, constant{value};
    x.set_grad(value);
    Scalar y = x + constant;
    y.set_grad(-2 * value);
    if (std::isnan(value)) y.set_value(nan), y.set_grad(nan);  // of one sign on every machine
    calling(fmt::format("to_dot of x + c at {:g}", value));
    observe(fmt::format("at {:g}", value), to_dot(y));
  }
}
JUDGE(graph_picture, numbers) { return compare_pictures(student, reference); }

CASE(graph_picture, inner_node,
     "the picture of a number shows what it was computed from, not what was computed from it") {
  Scalar x = leaf("x", 0.5, 2);
  Scalar inner = exp(x), outer = log(inner) * x;
  calling("to_dot of exp(x), which log(exp(x)) * x is computed from");
  observe("inner", to_dot(inner));
  observe("outer", to_dot(outer));
}
JUDGE(graph_picture, inner_node) { return compare_pictures(student, reference); }

// Builds the same graph each time, from nodes that lie elsewhere in memory
std::string picture_of_three(double value) {
  Scalar x{value, "x"}, y{-value, "y"};
  return to_dot(x * y - exp(x) / y);
}

CASE(graph_picture, stable,
     "the same graph gives the same text, wherever its nodes lie in memory") {
  const double value = input("x", draw(0.5, 2));
  calling(
      "to_dot of x*y - exp(x)/y, of the same once more, and of the same built from other nodes");
  const std::string first = picture_of_three(value);
  Scalar x{value, "x"};
  Scalar y = x * x;
  const bool again = to_dot(y) == to_dot(y);
  std::vector<Scalar> elsewhere;
  for (std::int64_t i = draw_integer(3, 9); i > 0; --i) elsewhere.emplace_back(draw(0, 1));
  elsewhere.erase(elsewhere.begin() + 1);
  observe("equal for one graph", again);
  observe("equal for equal graphs", first == picture_of_three(value));
  observe("something was drawn", !first.empty());
}

CASE(graph_picture, random_graph,
     "whatever the graph, every node and every use of it is in the picture") {
  for (std::int64_t n : {1, 2, 7, 31}) {
    std::vector<Scalar> made = {leaf("a", -1, 1), leaf("b", -1, 1), Scalar{draw(-1, 1)}};
    for (std::int64_t i = 0; i < n; ++i) {
      const Scalar a = made[generator().below(made.size())],
                   b = made[generator().below(made.size())];
      made.push_back(draw(0, 1) < 0.3 ? tanh(a) : draw(0, 1) < 0.5 ? a - b : a * b);
      made.back().set_grad(draw(-1, 1));
    }
    calling(fmt::format("to_dot of a random graph of {} operations", n));
    observe(fmt::format("graph of {}", n), to_dot(made.back()));
  }
}
JUDGE(graph_picture, random_graph) { return compare_pictures(student, reference); }

CASE(graph_picture, deep_graph,
     "a deep graph is drawn without recursion, in time that grows with its nodes",
     {.stack_kib = 256}) {
  const std::int64_t length = input("length", 20'000 + draw_integer(0, 9));
  Scalar x{draw(-1, 1), "x"};
  for (std::int64_t i = 0; i < length; ++i) x = tanh(x);
  calling("to_dot of a chain of 20000 nodes, on a stack of 256 KiB");
  const std::string dot = to_dot(x);
  std::int64_t edges = 0;
  for (std::size_t at = 0; (at = dot.find("->", at)) != dot.npos; ++at) ++edges;
  observe("edges", edges);
  observe("the last node is there", dot.find(fmt::format("n{}", length)) != dot.npos);
}

PROOF(graph_picture, the_example_of_the_header) {
  Scalar x{3.0, "x"};
  Scalar y = x * x;
  y.backward();
  prove(to_dot(y) ==
            "digraph {\n"
            "  n0 [label=\"x\\nvalue 3\\ngrad 6\"];\n"
            "  n1 [label=\"*\\nvalue 9\\ngrad 1\"];\n"
            "  n0 -> n1;\n"
            "  n0 -> n1;\n"
            "}\n",
        "the header shows what the solution writes");
}

PROOF(graph_picture, the_lectures_figures) {
  Scalar x{2.0, "x"}, y{3.0, "y"};
  Scalar f = log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x;
  f.backward();
  const DotGraph graph = parse_dot(to_dot(f));
  prove(graph.error.empty(), "the lecture's graph is valid DOT");
  prove(graph.nodes.size() == 11, "it has eleven nodes");
  prove(graph.edges.size() == 12, "and twelve uses of them");
  prove(graph.nodes.front().second == "x\nvalue 2\ngrad 25.0684", "x is first, with its gradient");
  prove(graph.nodes.back().second == "+\nvalue 50.3264\ngrad 1", "the sum is last");
}

PROOF(graph_picture, the_parser_refuses_what_is_no_graph) {
  for (const char* text :
       {"", "digraph", "digraph {", "digraph { n0 [label=\"x] }", "graph { a -- b }",
        "digraph { a -> }", "digraph { n0 [label=x\"y\"] }", "digraph {} }",
        "strict digraph { a -> b; a -> b }", "NaN", "digraph { n0 [label=\"x\" }"}) {
    prove(!parse_dot(text).error.empty(), fmt::format("this is not a directed graph: {}", text));
  }
  const DotGraph graph = parse_dot(
      "digraph G { rankdir=LR; node [shape=box] n0 [label=\"a\\\\\\\"\\nb\", color=red]; "
      "n0->n1->n0 }");
  prove(graph.error.empty() && graph.nodes.size() == 1 && graph.edges.size() == 2,
        "attributes are allowed");
  prove(graph.nodes.at(0).second == "a\\\"\nb", "escapes are undone");
}

}  // namespace
}  // namespace gradbook
