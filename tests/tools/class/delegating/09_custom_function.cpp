// The function of one's own is that of the book.
#include "04_autograd/custom.hpp"

namespace gradbook {

Array my_relu_forward(Context& context, Inputs in) { return relu_forward(context, in); }

std::vector<Tensor> my_relu_backward(const Context& context, const Tensor& grad) {
  return relu_backward(context, grad);
}

Tensor my_relu(const Tensor& a) { return relu(a); }

}  // namespace gradbook
