#include <cmath>

#include "06_training/optimizers.hpp"

namespace gradbook {

void Adam::step() {
  // SOLUTION BEGIN  both means, each divided by what it still lacks; AdamW's decay before
  const double beta1 = options_.beta1, beta2 = options_.beta2;
  const auto decay = static_cast<Real>(options_.weight_decay);

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i]->has_gradient()) continue;
    Matrix &theta = parameters_[i]->value(), &m = means_[i], &v = squares_[i];
    if (steps_(0, i) == 0) m = v = xt::zeros<Real>(theta.shape());

    // After t steps the weights of all gradients so far add up to 1 − βᵗ
    const double t = steps_(0, i) += 1;
    const auto step_size = static_cast<Real>(rate / (1 - std::pow(beta1, t))),
               lacking = static_cast<Real>(std::sqrt(1 - std::pow(beta2, t)));

    if (decoupled_) theta *= static_cast<Real>(1 - rate * options_.weight_decay);
    for (std::size_t j = 0; j < theta.size(); ++j) {
      Real& x = theta.data()[j];
      const Real g = parameters_[i]->grad().data()[j] + (decoupled_ ? 0 : decay * x);
      Real &mean = m.data()[j], &square = v.data()[j];
      mean = static_cast<Real>(beta1) * mean + static_cast<Real>(1 - beta1) * g;
      square = static_cast<Real>(beta2) * square + static_cast<Real>(1 - beta2) * g * g;
      x -= step_size * mean / (std::sqrt(square) / lacking + static_cast<Real>(options_.epsilon));
    }
  }
  // SOLUTION END
}

}  // namespace gradbook
