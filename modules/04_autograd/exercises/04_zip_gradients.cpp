#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {
namespace {

// TODO(4.4): what many have in common: saving both inputs, and unbroadcasting both gradients

}  // namespace

Array add_forward([[maybe_unused]] Context& context, Inputs in) {
  // TODO(4.4): the primitive add; nothing has to be kept
  not_started("4.4");
}

std::vector<Tensor> add_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): grad for both
  not_started("4.4");
}

Array sub_forward([[maybe_unused]] Context& context, Inputs in) {
  // TODO(4.4): nothing has to be kept
  not_started("4.4");
}

std::vector<Tensor> sub_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): grad and −grad
  not_started("4.4");
}

Array mul_forward(Context& context, Inputs in) {
  // TODO(4.4): each slope is the other input
  not_started("4.4");
}

std::vector<Tensor> mul_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): grad · b and grad · a
  not_started("4.4");
}

Array div_forward(Context& context, Inputs in) {
  // TODO(4.4): keep what backward needs
  not_started("4.4");
}

std::vector<Tensor> div_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): grad / b and −grad / b · (a / b): b² could overflow
  not_started("4.4");
}

Array pow_forward(Context& context, Inputs in) {
  // TODO(4.4): keep what backward needs
  not_started("4.4");
}

std::vector<Tensor> pow_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): b · aᵇ⁻¹, 0 where b is 0; aᵇ · log a, 0 where a is 0
  not_started("4.4");
}

Array maximum_forward(Context& context, Inputs in) {
  // TODO(4.4): keep what backward needs
  not_started("4.4");
}

std::vector<Tensor> maximum_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): grad for the larger, half for each of two equal
  not_started("4.4");
}

Array lt_forward([[maybe_unused]] Context& context, Inputs in) {
  // TODO(4.4): nothing has to be kept
  not_started("4.4");
}

std::vector<Tensor> lt_backward(const Context& context, [[maybe_unused]] const Tensor& grad) {
  // TODO(4.4): a comparison does not change with small steps: zeros of both shapes
  not_started("4.4");
}

Array eq_forward([[maybe_unused]] Context& context, Inputs in) {
  // TODO(4.4): nothing has to be kept
  not_started("4.4");
}

std::vector<Tensor> eq_backward(const Context& context, const Tensor& grad) {
  // TODO(4.4): the same as of the other comparison
  not_started("4.4");
}

}  // namespace gradbook
