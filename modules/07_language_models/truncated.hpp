/// @file
/// Training on a text that is much longer than what one backward pass goes through.
#pragma once

#include "00_course/function_ref.hpp"
#include "05_modules/optimizer.hpp"
#include "07_language_models/rnn_lm.hpp"

namespace gradbook {

/// A piece of N sequences, T steps each, step by step.
struct TextBatch {
  std::vector<Label> inputs;   ///< T·N numbers
  std::vector<Label> targets;  ///< what comes next: each sequence's inputs, one further on
};

// ---- exercise 7.9 -------------------------------------------------------------------------------

/// A text as N sequences that are read side by side. Sequence n is the n-th of N pieces of
/// L = ⌊(length − 1) / N⌋ symbols, and a symbol more for the last target; batch i has the steps
/// from i·T on of all N, at most T of them. So what a sequence has in one batch goes on in the
/// next.
class Streams {
 public:
  /// @param text       from its beginning; what is left over at its end is not used
  /// @param sequences  N
  /// @param steps      T
  /// @throws RangeError  where N or T is 0
  /// @throws ShapeError  where the text is too short for one step of N sequences
  Streams(std::span<const Label> text, std::size_t sequences, std::size_t steps);

  /// How many batches there are: ⌈L / T⌉.
  std::size_t size() const;

  /// The i-th batch. @throws RangeError  where there is none
  TextBatch operator[](std::size_t i) const;

  /// N.
  std::size_t sequences() const { return sequences_; }

 private:
  std::vector<Label> text_;
  std::size_t sequences_, steps_, length_;  // N, T, L
};

/// What one pass through a text came to.
struct PassResult {
  double loss = 0;          ///< the mean over all symbols, each before its batch's step, in nats
  double largest_norm = 0;  ///< of the gradient of any batch, before it was clipped
};

/// One pass through all batches: begins N sequences anew; for each batch loss, zero_grad, backward,
/// clipping and step; then the state that it ended in is what the next starts from. No gradient
/// goes from a batch into the one before: so the memory needed is that of one batch.
///
/// Looks at every loss with check_loss (given, module 06) before anything is changed by it.
/// @param model      which is trained
/// @param optimizer  of its parameters
/// @param streams    the text
/// @param max_norm   how long the gradient may be: exercise 6.3
/// @param after      is called with the number of each batch, from 0, after its step
/// @param number     of this pass, from 1, for the message of check_loss
/// @throws TrainingError  for a loss that is no number
PassResult train_pass(RnnLM& model, ModuleOptimizer& optimizer, const Streams& streams,
                      double max_norm, function_ref<void(std::size_t)> after, int number = 1);

}  // namespace gradbook
