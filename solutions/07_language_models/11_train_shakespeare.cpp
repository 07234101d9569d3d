#include <algorithm>
#include <cmath>
#include <numbers>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/train_lm.hpp"

namespace gradbook {

double held_out_bits(RnnLM& model, std::span<const Label> text) {
  // SOLUTION BEGIN  one sequence, a piece at a time, in evaluation; then all is as it was
  if (text.size() < 2)
    throw ShapeError("held_out_bits: ", text.size(), " symbols: nothing is predicted");
  const NoTape no_tape;
  const bool training = model.training();
  const Matrix state = model.recurrent->state;
  model.eval();
  model.begin(1);
  const Streams pieces(text, 1, 256);
  double nats = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const TextBatch piece = pieces[i];
    nats += model.loss(piece.inputs, piece.targets).out_tensor(0, 0) *
            static_cast<double>(piece.inputs.size());
    model.recurrent->state = model.recurrent->last_state;
  }
  model.train(training);
  model.recurrent->state = state;
  return nats / static_cast<double>(text.size() - 1) / std::numbers::ln2;
  // SOLUTION END
}

std::vector<LmPass> train_language_model(RnnLM& model, ModuleOptimizer& optimizer,
                                         const TextSplit& text, const LmOptions& options,
                                         function_ref<void(const LmPass&)> report) {
  // SOLUTION BEGIN  pass, measure, keep the best, report; at the end bring the best back
  if (options.passes < 1) throw RangeError("train_language_model: ", options.passes, " passes");
  if (text.held_out.size() < 2)
    throw ShapeError("train_language_model: ", text.held_out.size(),
                     " symbols are held out: hold out at least 2");
  const Streams streams(text.training, options.sequences, options.steps);
  const auto total = static_cast<std::int64_t>(streams.size()) * options.passes;
  const WarmupCosine schedule{options.peak, options.peak / 10,
                              std::max<std::int64_t>(total / 20, 1), total};
  const auto parameters = model.parameters();
  std::vector<LmPass> passes;
  std::vector<Matrix> best(parameters.size());
  std::int64_t step = 0;
  double least = INFINITY;
  model.train();
  optimizer.rate = learning_rate(step, schedule);
  for (int number = 1; number <= options.passes; ++number) {
    const PassResult pass = train_pass(
        model, optimizer, streams, options.max_norm,
        [&](std::size_t) { optimizer.rate = learning_rate(++step, schedule); }, number);
    const double bits = held_out_bits(model, text.held_out);
    check_loss(bits, model, number, streams.size());
    passes.push_back({number, pass.loss / std::numbers::ln2, bits, pass.largest_norm});
    if (bits < least) {
      least = bits;
      for (std::size_t i = 0; i < best.size(); ++i) best[i] = parameters[i]->value();
      if (options.best != nullptr) options.best->save(everything_in(model, optimizer));
    }
    report(passes.back());
  }
  for (std::size_t i = 0; i < best.size(); ++i) parameters[i]->value() = best[i];
  return passes;
  // SOLUTION END
}

}  // namespace gradbook
