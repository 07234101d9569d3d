#include "04_autograd/network.hpp"

namespace gradbook {

Tensor linear(const Tensor& x, const Tensor& weights, const Tensor& bias) {
  // TODO(4.10): a product and a sum that broadcasts, once the shapes are known to be right
  not_started("4.10");
}

Tensor Network::operator()(const Tensor& x) const {
  // TODO(4.10): linear three times, with relu, relu and sigmoid; (B, 1) becomes (B) at the end
  not_started("4.10");
}

std::vector<Tensor> Network::parameters() const {
  // TODO(4.10): weights and bias of each layer, from first to last
  not_started("4.10");
}

Tensor binary_cross_entropy(const Tensor& out, const Tensor& y) {
  // TODO(4.10): the formula as it stands, once the shapes are known to be equal
  not_started("4.10");
}

}  // namespace gradbook
