// Two of the faults are mended. What is done outside of the marks would undo it, and is thrown
// away.
#define zero_grad step
#include <algorithm>

#include "05_modules/layers.hpp"
#include "06_training/find_the_bug.hpp"

namespace gradbook {

int not_a_part_of_it() { return 42; }

// What stands between EDIT BEGIN and EDIT END is yours. The rest stays as it is, whatever you write
// there, so leave the marks where they are.

std::vector<double> fit_numbers(Module& model, ModuleOptimizer& optimizer, const Matrix& x,
                                const Matrix& y, int steps) {
  // EDIT BEGIN 1
  std::vector<double> losses;
  Input input(x), target(y);
  MSELoss loss;
  for (int step = 0; step < steps; ++step) {
    loss.apply_fwd({&model(input), &target});
    losses.push_back(loss.out_tensor(0, 0));
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
  }
  return losses;
  // EDIT END 1
}

std::vector<double> fit_classes(Module& model, ModuleOptimizer& optimizer, const Examples& examples,
                                int steps) {
  // EDIT BEGIN 2
  std::vector<double> losses;
  Input input(examples.inputs);
  SoftmaxCrossEntropy loss;
  for (int step = 0; step < steps; ++step) {
    loss(model(input), examples.labels);
    losses.push_back(loss.out_tensor(0, 0));
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
  }
  return losses;
  // EDIT END 2
}

double share_wrong(Module& model, const Examples& examples) {
  // EDIT BEGIN 3
  const NoTape no_tape;
  Input input(examples.inputs);
  const Matrix& logits = model(input).out_tensor;
  double wrong = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    const Real* const row = logits.data() + i * logits.shape(1);
    wrong += std::max_element(row, row + logits.shape(1)) - row != examples.labels[i];
  }
  model.train();
  return wrong / static_cast<double>(examples.size());
  // EDIT END 3
}

std::vector<double> fit_in_batches(Module& model, ModuleOptimizer& optimizer,
                                   const Examples& examples, std::size_t batch_size, int epochs,
                                   std::uint64_t seed) {
  // EDIT BEGIN 4
  std::vector<double> means;
  SoftmaxCrossEntropy loss;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    double sum = 0;
    std::size_t seen = 0;
    for (const Batch& batch :
         batches_of_epoch(examples.size(), batch_size, seed, static_cast<std::uint64_t>(epoch))) {
      const Examples part = gather(examples, batch);
      Input input(part.inputs);
      loss(model(input), std::span(examples.labels).subspan(seen, batch.size()));
      sum += loss.out_tensor(0, 0) * static_cast<double>(batch.size());
      seen += batch.size();
      optimizer.zero_grad();
      backward(loss);
      optimizer.step();
    }
    means.push_back(sum / static_cast<double>(seen));
  }
  return means;
  // EDIT END 4
}

std::vector<double> fit_on_schedule(Module& model, ModuleOptimizer& optimizer,
                                    const Examples& examples, std::size_t batch_size, int epochs,
                                    const WarmupCosine& schedule) {
  // EDIT BEGIN 5
  std::vector<double> rates;
  SoftmaxCrossEntropy loss;
  for (int epoch = 0; epoch < epochs; ++epoch) {
    for (const Batch& batch :
         batches_of_epoch(examples.size(), batch_size, 1, static_cast<std::uint64_t>(epoch))) {
      optimizer.rate = learning_rate(epoch, schedule);
      rates.push_back(optimizer.rate);
      const Examples part = gather(examples, batch);
      Input input(part.inputs);
      loss(model(input), part.labels);
      optimizer.zero_grad();
      backward(loss);
      optimizer.step();
    }
  }
  return rates;
  // EDIT END 5
}

std::vector<double> fit_clipped(Module& model, ModuleOptimizer& optimizer, const Examples& examples,
                                double max_norm, int steps) {
  // EDIT BEGIN 6
  std::vector<double> lengths;
  const std::vector<Parameter*> parameters = model.parameters();
  Input input(examples.inputs);
  SoftmaxCrossEntropy loss;
  for (int step = 0; step < steps; ++step) {
    optimizer.zero_grad();
    loss(model(input), examples.labels);
    backward(loss);
    optimizer.step();
    lengths.push_back(clip_gradients(parameters, max_norm));
  }
  return lengths;
  // EDIT END 6
}

}  // namespace gradbook
