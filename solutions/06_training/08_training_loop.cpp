#include "05_modules/layers.hpp"
#include "06_training/loop.hpp"

namespace gradbook {

LoopResult train(Module& model, ModuleOptimizer& optimizer, const Examples& training,
                 const Examples& validation, const LoopOptions& options,
                 function_ref<void(const Epoch&)> report) {
  // SOLUTION BEGIN  what was done before is in the state; nothing is saved that a NaN has touched
  if (training.size() == 0) throw ShapeError("train: there is no example to learn from");
  LoopState state(model, optimizer);
  state.load(options.checkpoint);
  const LoopResult& result = state.result();
  SoftmaxCrossEntropy loss;
  for (int epoch = static_cast<int>(result.epochs.size()) + 1; epoch <= options.epochs; ++epoch) {
    if (options.patience > 0 && epoch - 1 - result.best >= options.patience) break;

    // Once through all examples, batch by batch
    double sum = 0;
    std::size_t number = 0;
    for (const Batch& batch : batches_of_epoch(training.size(), options.batch, options.seed,
                                               static_cast<std::uint64_t>(epoch - 1))) {
      const Examples part = gather(training, batch);
      Input x(part.inputs);
      const double mean = loss(model(x), part.labels).out_tensor(0, 0);
      check_loss(mean, model, epoch, number++);
      optimizer.zero_grad();
      backward(loss);
      optimizer.step();
      sum += mean * static_cast<double>(part.size());
    }

    // What it came to
    const Evaluation evaluation = evaluate(model, validation);
    check_loss(evaluation.loss, model, epoch, number);
    state.note(
        {epoch, sum / static_cast<double>(training.size()), evaluation.loss, evaluation.accuracy});
    state.save(options.checkpoint);
    report(result.epochs.back());
  }
  state.restore_best();
  return result;
  // SOLUTION END
}

}  // namespace gradbook
