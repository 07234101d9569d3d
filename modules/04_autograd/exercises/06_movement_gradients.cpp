#include "03_tensor/loops.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// TODO(4.6): what concat and gather have in common: writing an array into part of another

}  // namespace

Array permute_forward(Context& context, Inputs in) {
  // TODO(4.6): a view; the order is in the attributes
  not_started("4.6");
}

std::vector<Tensor> permute_backward(const Context& context, const Tensor& grad) {
  // TODO(4.6): the inverse order: axis i of the result was axis order[i]
  not_started("4.6");
}

Array reshape_forward(Context& context, Inputs in) {
  // TODO(4.6): a view of the contiguous input
  not_started("4.6");
}

std::vector<Tensor> reshape_backward(const Context& context, const Tensor& grad) {
  // TODO(4.6): back to the shape of the input
  not_started("4.6");
}

Array slice_forward(Context& context, Inputs in) {
  // TODO(4.6): a view
  not_started("4.6");
}

std::vector<Tensor> slice_backward(const Context& context, const Tensor& grad) {
  // TODO(4.6): embed puts grad where it was taken from
  not_started("4.6");
}

Array concat_forward(Context& context, Inputs in) {
  // TODO(4.6): add up the sizes along the axis, then write each part into its slice
  not_started("4.6");
}

std::vector<Tensor> concat_backward(const Context& context, const Tensor& grad) {
  // TODO(4.6): each input gets its slice of grad
  not_started("4.6");
}

Array gather_forward(Context& context, Inputs in) {
  // TODO(4.6): copy row by row; a row may come more than once
  not_started("4.6");
}

std::vector<Tensor> gather_backward(const Context& context, const Tensor& grad) {
  // TODO(4.6): scatter_rows adds grad up in the rows
  not_started("4.6");
}

}  // namespace gradbook
