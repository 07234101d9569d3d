#include "02_scalar/training.hpp"

namespace gradbook {

History fit(Model& model, std::span<const double> inputs, std::span<const double> targets,
            FitOptions options, function_ref<void(int epoch, double loss)> progress) {
  // SOLUTION BEGIN  each epoch: predict, loss, zero_grad, backward, step; keep no Scalar of it
  Optimizer optimizer(model.parameters(), options.learning_rate);
  History history;

  for (int epoch = 1; epoch <= options.epochs; ++epoch) {
    // Predict; this builds the graph of the epoch, which goes with these two variables
    std::vector<Scalar> predictions;
    for (double x : inputs) predictions.push_back(model(x));
    const Scalar loss = mean_squared_error(predictions, targets);

    // Step downhill
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();

    history.push_back(loss.value());
    progress(epoch, loss.value());
  }
  return history;
  // SOLUTION END
}

}  // namespace gradbook
