/// @file
/// One network with one hidden layer, written in four ways that give the same numbers: x αᵀ, σ,
/// z βᵀ, softmax, cross-entropy.
#pragma once

#include "05_modules/classifier.hpp"
#include "05_modules/procedural.hpp"

namespace gradbook {

/// What a forward and a backward pass give.
struct WayResult {
  Real loss;          ///< J
  Matrix grad_alpha;  ///< (H, D)
  Matrix grad_beta;   ///< (K, H)
};

/// A way to write it down.
struct Way {
  const char* name;  ///< such as "line by line"

  /// Both passes, for x (N, D), y (N, K), α (H, D) and β (K, H).
  WayResult (*passes)(const Matrix& x, const Matrix& y, const Matrix& alpha, const Matrix& beta);
};

/// The first way: all formulas in two functions.
inline WayResult line_by_line(const Matrix& x, const Matrix& y, const Matrix& alpha,
                              const Matrix& beta) {
  const Activations f = nn_forward(x, y, alpha, beta);
  ActivationGradients g = nn_backward(x, y, alpha, beta, f);
  return {f.loss, std::move(g.alpha), std::move(g.beta)};
}

/// The second: a pair of functions for each layer, called in the right order by hand.
inline WayResult layer_by_layer(const Matrix& x, const Matrix& y, const Matrix& alpha,
                                const Matrix& beta) {
  const Matrix no_bias;
  const Matrix a = linear_forward(x, alpha, no_bias);
  const Matrix z = sigmoid_forward(a);
  const Matrix b = linear_forward(z, beta, no_bias);
  const Matrix y_hat = softmax_forward(b);
  const Real loss = cross_entropy_forward(y_hat, y);

  const Matrix grad_y_hat = cross_entropy_backward(y_hat, y, 1);
  const Matrix grad_b = softmax_backward(y_hat, grad_y_hat);
  LinearGradients second = linear_backward(z, beta, grad_b);
  const Matrix grad_a = sigmoid_backward(z, second.a);
  LinearGradients first = linear_backward(x, alpha, grad_a, false);
  return {loss, std::move(first.weight), std::move(second.weight)};
}

/// The third: modules whose parameters are inputs, and a tape that knows the order.
inline WayResult with_a_tape(const Matrix& x, const Matrix& y, const Matrix& alpha,
                             const Matrix& beta) {
  Input examples(x), right(y);
  Parameter first_weight(alpha), second_weight(beta);
  LinearMap first, second;
  Sigmoid sigmoid;
  Softmax softmax;
  CrossEntropy loss;

  Module& a = first.apply_fwd({&examples, &first_weight});
  Module& z = sigmoid.apply_fwd({&a});
  Module& b = second.apply_fwd({&z, &second_weight});
  Module& y_hat = softmax.apply_fwd({&b});
  Module& j = loss.apply_fwd({&y_hat, &right});

  j.out_gradient = xt::ones<Real>({1, 1});
  tape_bwd();
  return {j.out_tensor(0, 0), first_weight.grad(), second_weight.grad()};
}

/// The network of the fourth way: layers own their parameters, and the network owns its layers.
class TwoLayers final : public Module {
 public:
  /// With these numbers for parameters: α (H, D) and β (K, H).
  TwoLayers(const Matrix& alpha, const Matrix& beta)
      : random_(0),
        first(alpha.shape(1), alpha.shape(0), random_, false),
        second(beta.shape(1), beta.shape(0), random_, false) {
    register_module("first", first);
    register_module("sigmoid", sigmoid);
    register_module("second", second);
    register_module("softmax", softmax);
    first.weight.value() = alpha;
    second.weight.value() = beta;
  }

  /// "TwoLayers".
  const char* name() const override { return "TwoLayers"; }

  /// ŷ of x (N, D).
  Module& operator()(Module& x) override { return softmax(second(sigmoid(first(x)))); }

 private:
  Random random_;  // for initial numbers, which are overwritten

 public:
  Linear first;     ///< α
  Sigmoid sigmoid;  ///< σ
  Linear second;    ///< β
  Softmax softmax;  ///< of each row
};

/// The fourth: as PyTorch has it.
inline WayResult as_pytorch_has_it(const Matrix& x, const Matrix& y, const Matrix& alpha,
                                   const Matrix& beta) {
  TwoLayers model(alpha, beta);
  GradientDescent optimizer(model.parameters(), 0.1);
  Input examples(x), right(y);
  CrossEntropy criterion;

  Module& loss = criterion.apply_fwd({&model(examples), &right});
  optimizer.zero_grad();
  backward(loss);
  optimizer.step();
  return {loss.out_tensor(0, 0), model.first.weight.grad(), model.second.weight.grad()};
}

/// All of them, in the order of the chapter.
inline constexpr Way kFourWays[] = {{"line by line", line_by_line},
                                    {"layer by layer", layer_by_layer},
                                    {"with a tape", with_a_tape},
                                    {"as PyTorch has it", as_pytorch_has_it}};

}  // namespace gradbook
