#include <algorithm>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/truncated.hpp"

namespace gradbook {

Streams::Streams(std::span<const Label> text, std::size_t sequences, std::size_t steps)
    : text_(text.begin(), text.end()), sequences_(sequences), steps_(steps), length_(0) {
  // TODO(7.9): check; the length of a sequence leaves a symbol for the last target
  not_started("7.9");
}

std::size_t Streams::size() const {
  // TODO(7.9): rounded up
  not_started("7.9");
}

TextBatch Streams::operator[](std::size_t i) const {
  // TODO(7.9): step by step, and in each step sequence by sequence
  not_started("7.9");
}

PassResult train_pass(RnnLM& model, ModuleOptimizer& optimizer, const Streams& streams,
                      double max_norm, function_ref<void(std::size_t)> after, int number) {
  // TODO(7.9): look at the loss, then make a step; the state goes on as numbers alone
  not_started("7.9");
}

}  // namespace gradbook
