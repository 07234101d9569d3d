#include <algorithm>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/truncated.hpp"

namespace gradbook {

Streams::Streams(std::span<const Label> text, std::size_t sequences, std::size_t steps)
    : text_(text.begin(), text.end()), sequences_(sequences), steps_(steps), length_(0) {
  // SOLUTION BEGIN  check; the length of a sequence leaves a symbol for the last target
  if (sequences == 0 || steps == 0)
    throw RangeError("Streams: ", sequences, " sequences of ", steps, " steps: at least 1 of each");
  if (!text.empty()) length_ = (text.size() - 1) / sequences;
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
  const std::size_t first = i * steps_, end = std::min(first + steps_, length_);
  TextBatch batch;
  batch.inputs.reserve((end - first) * sequences_);
  batch.targets.reserve((end - first) * sequences_);
  for (std::size_t t = first; t < end; ++t) {
    for (std::size_t n = 0; n < sequences_; ++n) {
      batch.inputs.push_back(text_[n * length_ + t]);
      batch.targets.push_back(text_[n * length_ + t + 1]);
    }
  }
  return batch;
  // SOLUTION END
}

PassResult train_pass(RnnLM& model, ModuleOptimizer& optimizer, const Streams& streams,
                      double max_norm, function_ref<void(std::size_t)> after, int number) {
  // SOLUTION BEGIN  look at the loss, then make a step; the state goes on as numbers alone
  PassResult result;
  double symbols = 0;
  model.begin(streams.sequences());
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const TextBatch batch = streams[i];
    const auto size = static_cast<double>(batch.inputs.size());
    Module& loss = model.loss(batch.inputs, batch.targets);
    check_loss(loss.out_tensor(0, 0), model, number, i);
    result.loss += loss.out_tensor(0, 0) * size;
    symbols += size;
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
