// Wrong in part: the means begin at 0, and nothing makes up for it.
#include <cmath>

#include "06_training/optimizers.hpp"

namespace gradbook {

void Adam::step() {
  const Real b1 = static_cast<Real>(options_.beta1), b2 = static_cast<Real>(options_.beta2);
  const Real lambda = static_cast<Real>(options_.weight_decay), gamma = static_cast<Real>(rate);
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    Parameter& parameter = *parameters_[i];
    if (!parameter.has_gradient()) continue;
    steps_(0, i) += 1;
    if (means_[i].size() == 0) {
      means_[i] = xt::zeros<Real>(parameter.value().shape());
      squares_[i] = means_[i];
    }
    for (std::size_t j = 0; j < parameter.value().size(); ++j) {
      Real& x = parameter.value().data()[j];
      Real& mean = means_[i].data()[j];
      Real& square = squares_[i].data()[j];
      const Real g = parameter.grad().data()[j] + (decoupled_ ? 0 : lambda * x);
      mean = b1 * mean + (1 - b1) * g;
      square = b2 * square + (1 - b2) * g * g;
      if (decoupled_) x -= gamma * lambda * x;
      x -= gamma * mean / (std::sqrt(square) + static_cast<Real>(options_.epsilon));
    }
  }
}

}  // namespace gradbook
