/// @file
/// A recurrent language model: p(w_t | w_1 … w_{t−1}) = softmax(linear(h_t)).
#pragma once

#include <memory>
#include <span>

#include "05_modules/dropout.hpp"
#include "05_modules/embedding.hpp"
#include "05_modules/layers.hpp"
#include "07_language_models/recurrent.hpp"

namespace gradbook {

/// How large a model is, and of what kind.
struct RnnLMOptions {
  std::size_t vocabulary = 0;  ///< V
  std::size_t embedding = 64;  ///< E, numbers for each symbol
  std::size_t hidden = 128;    ///< H, numbers in a state
  Cell cell = Cell::rnn;       ///< what keeps the state
  double dropout = 0;          ///< of what goes into the recurrent layer and out of it
};

/// Embedding, recurrent layer and linear layer. Ids come step by step: those of step t of N
/// sequences are ids[t·N] to ids[t·N + N − 1].
/// @see  [GenAI], "RNN language models"
class RnnLM final : public Module {
 public:
  ~RnnLM() override;

  /// @param options  sizes and kind
  /// @param random   for the initial numbers, and for dropout
  /// @throws RangeError  where one of the sizes is 0, or dropout is not in [0, 1)
  RnnLM(const RnnLMOptions& options, Random& random);

  /// "RnnLM".
  const char* name() const override;

  // Exercise 7.8

  /// The logits of what comes after each symbol: embedding, dropout, recurrent layer from its
  /// `state` on, dropout, linear.
  /// @param ids  T·N numbers below V
  /// @returns    the module whose out_tensor is (T·N, V)
  /// @throws ShapeError  where their number is no multiple of N: begin(N) says what N is
  Module& logits(std::span<const Label> ids);

  /// The mean of −log p(target | …) over all T·N, in nats: softmax and cross-entropy in one.
  /// @param ids      T·N numbers
  /// @param targets  what comes next, T·N numbers
  /// @throws ShapeError  where there are not as many targets as ids, before any module is applied
  Module& loss(std::span<const Label> ids, std::span<const Label> targets);

  // Given

  /// Begins N sequences anew.
  void begin(std::size_t sequences) { recurrent->begin(sequences); }

  Embedding embedding;                   ///< (V, E)
  Dropout before;                        ///< of what goes into the recurrent layer
  Dropout after;                         ///< of what comes out of it
  std::unique_ptr<Recurrent> recurrent;  ///< from E to H
  Linear output;                         ///< from H to V
  SoftmaxCrossEntropy criterion;         ///< of the logits
};

}  // namespace gradbook
