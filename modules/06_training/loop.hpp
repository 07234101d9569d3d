/// @file
/// The loop that trains: epochs, batches, what is measured, when to stop, what is kept.
#pragma once

#include <cstdint>
#include <vector>

#include "00_course/function_ref.hpp"
#include "06_training/checkpoint.hpp"
#include "06_training/data.hpp"

namespace gradbook {

/// How long, in what pieces, and where the state is kept.
struct LoopOptions {
  int epochs = 10;         ///< at most so many, those before an interruption included
  std::size_t batch = 32;  ///< examples in a batch
  std::uint64_t seed = 1;  ///< of the order in which they come
  int patience = 0;        ///< stop after so many epochs without a new best; 0: never
  CheckpointPlace* checkpoint = nullptr;  ///< saved to after every epoch, and gone on from
};

/// What an epoch came to.
struct Epoch {
  int number;              ///< from 1
  double training_loss;    ///< the mean over its examples, each before its batch's step
  double validation_loss;  ///< the mean over the validation set, after the epoch, in evaluation
  double accuracy;         ///< the share of the validation set that is classified right
};

/// What training came to.
struct LoopResult {
  std::vector<Epoch> epochs;  ///< from the first to the last, those before an interruption included
  int best = 0;               ///< the number of the epoch with the least validation loss
};

/// A loss that is no number any more.
class TrainingError : public Error {
 public:
  using Error::Error;
  ~TrainingError() override;
};

/// What is kept of training besides model and optimiser, and its way into a checkpoint.
class LoopState {
 public:
  /// Of a model and its optimiser, which outlive it.
  LoopState(Module& model, ModuleOptimizer& optimizer);

  /// Reads the checkpoint, where there is one; otherwise nothing changes. @throws CheckpointError
  void load(const CheckpointPlace* place);

  /// Saves all; nullptr is nowhere. @throws CheckpointError
  void save(CheckpointPlace* place);

  /// Notes an epoch; where its validation loss is below all before, the parameters as they are now
  /// are the best.
  void note(const Epoch& epoch);

  /// The epochs so far, and which was the best.
  const LoopResult& result() const { return result_; }

  /// Sets the parameters to the best; to what they were at first, where there was no epoch.
  void restore_best();

 private:
  bool add(const Epoch& epoch);  // whether it is the best so far
  std::vector<NamedMatrix> matrices(Matrix& history, std::vector<Matrix>& best);

  Module& model_;
  ModuleOptimizer& optimizer_;
  LoopResult result_;
  std::vector<Matrix> best_;  // the parameters after the best epoch, before any as they were
};

/// Does nothing for a loss that is a number.
/// @param loss   of a batch, or of the validation set after the last
/// @param model  whose parameters are looked at
/// @param epoch  from 1, for the message
/// @param batch  from 0, for the message
/// @throws TrainingError  for another, naming the first parameter that is not finite any more, or
///                        whose gradient is not
void check_loss(double loss, Module& model, int epoch, std::size_t batch);

/// How good a model is.
struct Evaluation {
  double loss;      ///< mean softmax cross-entropy
  double accuracy;  ///< share whose largest logit is the right one's
};

/// The mean loss over examples and the share that is classified right, in evaluation and without
/// the tape; the model is back in training afterwards.
/// @throws ShapeError  where there is no example
Evaluation evaluate(Module& model, const Examples& examples);

// ---- exercise 6.8 -------------------------------------------------------------------------------

/// Trains a classifier: epoch by epoch through all batches; after each epoch evaluates, notes,
/// saves and reports. Ends after options.epochs, or once `patience` epochs brought no new best; the
/// model then has its best parameters.
///
/// Goes on from options.checkpoint where something was saved there, and then comes to the same
/// numbers, bit by bit, as if it had never been interrupted, as long as no module draws at random
/// in forward, as Dropout does. Epoch e of the result has the batches of epoch e − 1 of
/// batches_of_epoch.
/// @param model       gives logits, one column a class
/// @param optimizer   of its parameters
/// @param training    what is learnt from
/// @param validation  what is measured, and never learnt from
/// @param options     how long, in what pieces, and where the state is kept
/// @param report      is called after every epoch, once it is saved
/// @throws TrainingError  where the loss of a batch or of the validation set is no number: before
///                        anything is changed by it, and the last checkpoint stays as it is
/// @throws ShapeError     where there is no example in `training` or `validation`
LoopResult train(Module& model, ModuleOptimizer& optimizer, const Examples& training,
                 const Examples& validation, const LoopOptions& options,
                 function_ref<void(const Epoch&)> report);

}  // namespace gradbook
