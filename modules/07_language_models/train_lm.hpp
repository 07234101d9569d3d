/// @file
/// Training a recurrent language model from end to end.
#pragma once

#include "06_training/checkpoint.hpp"
#include "07_language_models/truncated.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// How a language model is trained.
struct LmOptions {
  int passes = 10;                  ///< through the training text
  std::size_t sequences = 32;       ///< N
  std::size_t steps = 64;           ///< T
  double peak = 2e-3;               ///< the highest learning rate
  double max_norm = 1;              ///< of a gradient
  CheckpointPlace* best = nullptr;  ///< where the parameters of the best pass are kept
};

/// What one pass came to.
struct LmPass {
  int number;            ///< from 1
  double training_bits;  ///< for each symbol of the training text
  double held_out_bits;  ///< for each symbol of the held-out text
  double largest_norm;   ///< of a gradient
};

// ---- exercise 7.11 ------------------------------------------------------------------------------

/// −log₂ p for each symbol of a text but the first, from its beginning to its end in one state: in
/// evaluation, without the tape, a piece at a time. The model's state is as it was afterwards, and
/// the model is in training only if it was before.
/// @param model  which is measured
/// @param text   at least two symbols
/// @throws ShapeError  for fewer
double held_out_bits(RnnLM& model, std::span<const Label> text);

/// Trains: pass after pass through the training text, with a learning rate that rises over a
/// twentieth of all batches, at least one, and falls like a cosine to a tenth of the peak
/// (exercise 6.4); measures on the held-out text after each; ends with the parameters of the best.
/// Equal ones: the first. The model is in training while it learns, and afterwards.
/// @param model      which is trained
/// @param optimizer  of its parameters
/// @param text       in two parts
/// @param options    how
/// @param report     is called after every pass; where it is the best so far, everything_in
///                   model and optimiser was saved to options.best before
/// @returns          all passes
/// @throws RangeError     where options.passes is below 1, and as Streams and clip_gradients do
/// @throws ShapeError     where the training text is too short for Streams, or the held-out text
/// has
///                        fewer than two symbols: before anything is changed
/// @throws TrainingError  for a loss of a batch or of the held-out text that is no number, before
///                        anything is changed by it or saved: check_loss (given, module 06)
std::vector<LmPass> train_language_model(RnnLM& model, ModuleOptimizer& optimizer,
                                         const TextSplit& text, const LmOptions& options,
                                         function_ref<void(const LmPass&)> report);

}  // namespace gradbook
