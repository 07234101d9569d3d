#include "05_modules/layer_check.hpp"

#include <cmath>

namespace gradbook {

std::optional<LayerFault> layer_check(Module& module, const std::vector<Module*>& inputs,
                                      Random& random, double within) {
  // SOLUTION BEGIN  forward, r, backward; then nudge every element of every input, up and down
  const InTensors in(inputs);
  const Matrix out = module.forward(in);
  Matrix r = out;
  for (Real& x : r) x = static_cast<Real>(random.uniform(-1, 1));
  Gradients grads(inputs);
  module.backward(in, out, r, grads);

  // J where one element is x, as if r were the rest of the network
  const auto loss_at = [&](Real& element, double x) {
    element = static_cast<Real>(x);
    const Matrix b = module.forward(in);
    double loss = 0;
    for (std::size_t i = 0; i < b.size(); ++i) loss += double{r.data()[i]} * b.data()[i];
    return loss;
  };

  for (std::size_t argument = 0; argument < inputs.size(); ++argument) {
    if (!inputs[argument]->wants_gradient()) continue;
    Matrix& x = inputs[argument]->out_tensor;
    const Matrix& grad = grads[argument];
    std::optional<LayerFault> worst;
    double furthest = within;
    for (std::size_t i = 0; i < x.size() && !std::isnan(furthest); ++i) {
      // The slope of J by this element, measured
      Real& element = x.data()[i];
      const Real kept = element;
      const double h = 6e-6 * std::fmax(1, std::fabs(kept));
      const double above = loss_at(element, kept + h), below = loss_at(element, kept - h);
      element = kept;
      const double differences = (above - below) / (2 * h);

      // And what the module says it is
      const double backward = grad.shape() == x.shape() ? double{grad.data()[i]} : NAN;
      const double apart = std::fabs(backward - differences) / std::fmax(1, std::fabs(differences));
      if (apart <= furthest) continue;
      furthest = apart;
      worst = LayerFault{argument, i / x.shape(1), i % x.shape(1), backward, differences};
    }
    if (worst) return worst;
  }
  return {};
  // SOLUTION END
}

}  // namespace gradbook
