/// @file
/// A recurrent network, trained on a text beside the best n-gram.
#pragma once

#include <memory>

#include "07_language_models/main_ngrams.hpp"
#include "07_language_models/rnn_lm.hpp"

namespace gradbook {

/// The name of the file in the run's folder that the best model is kept in.
inline constexpr const char* kModelFile = "language_model.checkpoint";

/// Trains as the options ask, within their minutes; prints each pass, keeps the best in kModelFile
/// and the curves in lm_curves.tsv. @throws Refusal  where batches do not fit into the text
/// @returns the best model
std::unique_ptr<RnnLM> train_beside(const BestNgram& ngram, const LmText& text,
                                    const ProgramOptions& options);

}  // namespace gradbook
