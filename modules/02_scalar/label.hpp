/// @file
/// What a node is called, in pictures and tests.
#pragma once

#include <string>

#include "02_scalar/scalar.hpp"

namespace gradbook {

/// What a node shows in a picture: its label, or its value (a leaf), or the formula it was computed
/// by ("x*x").
std::string label(const Node* node);
/// What each of `nodes` shows.
std::vector<std::string> labels(std::span<Node* const> nodes);

/// A number with six significant digits, as `%g` of printf writes it: "0.5", "1e-07", "inf".
std::string digits(double value);

}  // namespace gradbook
