#include <cmath>

#include "06_training/optimizers.hpp"

namespace gradbook {

void Adam::step() {
  // SOLUTION BEGIN  for each number both means, what they lack, and the step; mind where decay goes
  const auto real = [](double number) { return static_cast<Real>(number); };
  const double beta1 = options_.beta1, beta2 = options_.beta2, lambda = options_.weight_decay;

  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    if (!parameters_[i]->has_gradient()) continue;
    Matrix &theta = parameters_[i]->value(), &m = means_[i], &v = squares_[i];
    const Matrix& grad = parameters_[i]->grad();
    if (steps_(0, i) == 0) m = v = xt::zeros<Real>(theta.shape());

    // After t steps the shares of all gradients in a mean add up to 1 − βᵗ
    const double t = steps_(0, i) += 1;
    const Real gamma = real(rate / (1 - std::pow(beta1, t))),
               share_of_v = real(std::sqrt(1 - std::pow(beta2, t)));
    const Real beside = decoupled_ ? real(1 - rate * lambda) : 1,
               within = decoupled_ ? 0 : real(lambda), epsilon = real(options_.epsilon);

    for (std::size_t j = 0; j < theta.size(); ++j) {
      Real &x = theta.data()[j], &mean = m.data()[j], &square = v.data()[j];
      const Real g = grad.data()[j] + within * x;
      mean = real(beta1) * mean + real(1 - beta1) * g;
      square = real(beta2) * square + real(1 - beta2) * g * g;
      x = beside * x - gamma * mean / (std::sqrt(square) / share_of_v + epsilon);
    }
  }
  // SOLUTION END
}

}  // namespace gradbook
