#include "04_autograd/backend.hpp"
#include "04_autograd/functions.hpp"

namespace gradbook {

Array neg_forward([[maybe_unused]] Context& context, Inputs in) {
  // TODO(4.3): the primitive neg
  not_started("4.3");
}

std::vector<Tensor> neg_backward([[maybe_unused]] const Context& context, const Tensor& grad) {
  // TODO(4.3): −grad
  not_started("4.3");
}

Array inv_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result: the slope can be written with it
  not_started("4.3");
}

std::vector<Tensor> inv_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): −grad · b²
  not_started("4.3");
}

Array exp_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result
  not_started("4.3");
}

std::vector<Tensor> exp_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad · b
  not_started("4.3");
}

Array log_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the input
  not_started("4.3");
}

std::vector<Tensor> log_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad / a
  not_started("4.3");
}

Array sqrt_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result
  not_started("4.3");
}

std::vector<Tensor> sqrt_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad / 2b
  not_started("4.3");
}

Array sigmoid_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result
  not_started("4.3");
}

std::vector<Tensor> sigmoid_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad · b · (1 − b)
  not_started("4.3");
}

Array tanh_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result
  not_started("4.3");
}

std::vector<Tensor> tanh_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad · (1 − b²)
  not_started("4.3");
}

Array relu_forward(Context& context, Inputs in) {
  // TODO(4.3): keep the result: it is above 0 exactly where a is
  not_started("4.3");
}

std::vector<Tensor> relu_backward(const Context& context, const Tensor& grad) {
  // TODO(4.3): grad where b > 0, else 0
  not_started("4.3");
}

}  // namespace gradbook
