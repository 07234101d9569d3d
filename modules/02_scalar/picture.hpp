/// @file
/// The graph behind a number as text that Graphviz draws.
#pragma once

#include <string>
#include <string_view>

#include "02_scalar/scalar.hpp"

namespace gradbook {

// ---- exercise 2.11 ------------------------------------------------------------------------------

/// `text` as it has to stand between the quotes of a DOT label.
///
/// Each quote and each backslash gets a backslash before it, and a line break becomes two
/// characters, a backslash and an n. Everything else stays.
std::string dot_escape(std::string_view text);

/// The graph that `root` was computed from, in Graphviz's language DOT. For x * x at x = 3:
///
///     digraph {
///       n0 [label="x\nvalue 3\ngrad 6"];
///       n1 [label="*\nvalue 9\ngrad 1"];
///       n0 -> n1;
///       n0 -> n1;
///     }
///
/// The nodes are listed in the order of topological_sort, and called n0, n1, … in that order.
/// A label has three lines: what the node is, `value` and its value, `grad` and its grad.
/// - A leaf is its label, or its value where it has none: what label() of label.hpp gives.
/// - A result is the name of its operation, for pow with the exponent ("pow 2"). Where the result
///   has a label, that and " = " come first ("f = +").
/// - Numbers have six significant digits, as digits() of label.hpp writes them.
///
/// There is one edge, from input to result, for each use of a node. Edges may come in any order,
/// and you may add attributes (rankdir, shape, color) and spaces as you like: only names, labels
/// and edges are graded.
/// @complexity  O(nodes) time and text
/// @see         https://graphviz.org/doc/info/lang.html; chapter 02, "2.11 graph_picture"
std::string to_dot(const Scalar& root);

}  // namespace gradbook
