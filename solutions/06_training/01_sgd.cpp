#include "06_training/optimizers.hpp"

namespace gradbook {

void SGD::step() {
  // SOLUTION BEGIN  g, then the velocity where there is momentum, then the step; mind the first one
  const Real gamma = static_cast<Real>(rate), mu = static_cast<Real>(options_.momentum),
             lambda = static_cast<Real>(options_.weight_decay);

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i]->has_gradient()) continue;
    Matrix& theta = parameters_[i]->value();
    Matrix g = parameters_[i]->grad() + lambda * theta;

    // What was done before goes on
    if (mu != 0) {
      Matrix& v = velocities_[i];
      v = v.shape() == g.shape() ? Matrix(mu * v + g) : g;
      g = options_.nesterov ? Matrix(g + mu * v) : v;
    }
    theta -= gamma * g;
  }
  // SOLUTION END
}

}  // namespace gradbook
