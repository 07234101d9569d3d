/// @file
/// A recurrent network, trained on a text beside the best n-gram.
#pragma once

#include <memory>

#include "07_language_models/main_ngrams.hpp"
#include "07_language_models/train_lm.hpp"

namespace gradbook {

/// The name of the file in the run's folder that the best model is kept in.
inline constexpr const char* kModelFile = "language_model.checkpoint";

/// How the text is cut into batches: as the options ask; else as we like it, or smaller where the
/// text is short. @throws Refusal  where what they ask for does not fit into the text
LmOptions batches_for(const LmText& text, const ProgramOptions& options);

/// Trains in these batches within the minutes of the options; prints passes, keeps the best in
/// kModelFile and the curves in lm_curves.tsv. @returns the best model
std::unique_ptr<RnnLM> train_beside(const BestNgram& ngram, const LmText& text, LmOptions lm,
                                    const ProgramOptions& options);

}  // namespace gradbook
