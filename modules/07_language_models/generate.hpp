/// @file
/// Text from a recurrent language model.
#pragma once

#include "07_language_models/rnn_lm.hpp"
#include "07_language_models/sampling.hpp"

namespace gradbook {

// ---- exercise 7.10 ------------------------------------------------------------------------------

/// The logits of what comes after a symbol, and the state a step further on: in evaluation, and
/// without the tape. The model is in training afterwards only if it was before.
/// @param model   of one sequence: begin(1) was called at its beginning
/// @param symbol  below V
/// @returns       V logits
Vector next_logits(RnnLM& model, Label symbol);

/// Goes on with a text: reads the prompt, then draws `count` symbols, each from the die of what the
/// model predicts, and reads what it has drawn.
/// @param model    begins anew
/// @param prompt   what the text begins with, at least one symbol
/// @param count    how many symbols are drawn
/// @param options  of the die
/// @param random   which decides; equal seeds give equal texts
/// @returns        the drawn symbols, without the prompt
/// @throws ShapeError  where the prompt is empty
/// @throws RangeError  as Embedding and die do
std::vector<Label> generate(RnnLM& model, std::span<const Label> prompt, std::size_t count,
                            const SamplingOptions& options, Random& random);

}  // namespace gradbook
