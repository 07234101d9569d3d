/// @file
/// The smallest neural language model: one layer, which learns what counting finds.
#pragma once

#include <span>

#include "05_modules/embedding.hpp"
#include "05_modules/layers.hpp"
#include "05_modules/optimizer.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// A table of logits: row v is what follows symbol v. It is a linear layer of vectors that are 1 at
/// one place and 0 elsewhere, without the multiplications by 0.
class BigramNetwork final : public Module {
 public:
  ~BigramNetwork() override;

  /// @param vocabulary  V
  /// @param random      for the initial numbers
  BigramNetwork(std::size_t vocabulary, Random& random);

  /// "BigramNetwork".
  const char* name() const override;

  Embedding table;           ///< (V, V)
  SoftmaxCrossEntropy loss;  ///< of what it predicts
};

// ---- exercise 7.5 -------------------------------------------------------------------------------

/// The mean of −log p(next | symbol) over all pairs of neighbours of a text, where p is what
/// counting these pairs finds: count(symbol, next) / count(symbol, anything). No bigram model can
/// be below it on this text.
/// @param text  at least two symbols, from 0
/// @throws ShapeError  for fewer
double counted_loss(std::span<const Label> text);

/// One step of training on all pairs of neighbours at once: forward, zero_grad, backward, step.
/// @param network    which predicts from each symbol the next
/// @param optimizer  of its parameters
/// @param text       at least two symbols
/// @returns          the loss before the step
/// @throws ShapeError  for fewer, and nothing has changed
/// @throws RangeError  where a symbol is none of the network's
double bigram_step(BigramNetwork& network, ModuleOptimizer& optimizer, std::span<const Label> text);

/// What it has learnt: the softmax of each row. The tape is as it was.
/// @returns  (V, V), rows add up to 1
Matrix next_probabilities(BigramNetwork& network);

}  // namespace gradbook
