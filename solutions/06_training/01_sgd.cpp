#include "06_training/optimizers.hpp"

namespace gradbook {

void SGD::step() {
  // SOLUTION BEGIN  for each number g, its velocity if there is momentum, and the step
  const Real gamma = static_cast<Real>(rate), mu = static_cast<Real>(options_.momentum),
             lambda = static_cast<Real>(options_.weight_decay);

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i]->has_gradient()) continue;
    Matrix &theta = parameters_[i]->value(), &v = velocities_[i];
    const Matrix& grad = parameters_[i]->grad();

    // A velocity from 0 on is g after its first step
    if (mu != 0 && v.size() == 0) v = xt::zeros<Real>(theta.shape());
    for (std::size_t j = 0; j < theta.size(); ++j) {
      Real g = grad.data()[j] + lambda * theta.data()[j];
      if (mu != 0) {
        Real& velocity = v.data()[j];
        velocity = mu * velocity + g;
        g = options_.nesterov ? g + mu * velocity : velocity;
      }
      theta.data()[j] -= gamma * g;
    }
  }
  // SOLUTION END
}

}  // namespace gradbook
