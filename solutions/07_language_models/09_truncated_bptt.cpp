#include <algorithm>

#include "06_training/optimizers.hpp"
#include "07_language_models/truncated.hpp"

namespace gradbook {

Streams::Streams(std::span<const Label> text, std::size_t sequences, std::size_t steps)
    : text_(text.begin(), text.end()), sequences_(sequences), steps_(steps), length_(0) {
  // SOLUTION BEGIN  check; the length of a sequence leaves a symbol for the last target
  if (sequences == 0 || steps == 0)
    throw RangeError("Streams: ", sequences, " sequences of ", steps, " steps: at least 1 of each");
  if (text.size() > 0) length_ = (text.size() - 1) / sequences;
  if (length_ == 0)
    throw ShapeError("Streams: ", text.size(), " symbols are too few for ", sequences,
                     " sequences: each needs one, and the last a target");
  // SOLUTION END
}

std::size_t Streams::size() const {
  // SOLUTION BEGIN  rounded up
  return (length_ + steps_ - 1) / steps_;
  // SOLUTION END
}

TextBatch Streams::operator[](std::size_t i) const {
  // SOLUTION BEGIN  step by step, and in each step sequence by sequence
  if (i >= size()) throw RangeError("Streams: batch ", i, " is not below ", size());
  TextBatch batch;
  for (std::size_t t = i * steps_; t < std::min((i + 1) * steps_, length_); ++t) {
    for (std::size_t n = 0; n < sequences_; ++n) {
      batch.inputs.push_back(text_[n * length_ + t]);
      batch.targets.push_back(text_[n * length_ + t + 1]);
    }
  }
  return batch;
  // SOLUTION END
}

PassResult train_pass(RnnLM& model, ModuleOptimizer& optimizer, const Streams& streams,
                      double max_norm, function_ref<void(std::size_t)> after) {
  // SOLUTION BEGIN  a step for each batch; the state goes on as numbers, so no gradient goes back
  PassResult result;
  double symbols = 0;
  model.begin(streams.sequences());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const TextBatch batch = streams[i];
    Module& loss = model.loss(batch.inputs, batch.targets);
    result.loss += loss.out_tensor(0, 0) * static_cast<double>(batch.inputs.size());
    symbols += static_cast<double>(batch.inputs.size());
    optimizer.zero_grad();
    backward(loss);
    result.largest_norm =
        std::max(result.largest_norm, clip_gradients(model.parameters(), max_norm));
    optimizer.step();
    model.recurrent->state = model.recurrent->last_state;
    after(i);
  }
  result.loss /= symbols;
  return result;
  // SOLUTION END
}

}  // namespace gradbook
