/// @file
/// The graph behind a tensor as text that Graphviz draws.
#pragma once

#include <span>
#include <string>

#include "04_autograd/tensor.hpp"

namespace gradbook {

/// A tensor that is called something in pictures.
struct NamedTensor {
  std::string name;  ///< "weights 1"
  Tensor tensor;     ///< requires a gradient
};

/// The graph that `root` was computed from, in Graphviz's language DOT. A function is drawn as its
/// name, a leaf as what it is called among `names`, or as "leaf"; an input that requires no
/// gradient as "data". Each edge says the shape of what goes along it.
/// @param root   not passed by backward before: a graph that was given back has no edges left
/// @param names  what leaves are called
std::string to_dot(const Tensor& root, std::span<const NamedTensor> names = {});

}  // namespace gradbook
