/// @file
/// Three passages side by side: which is the real one?
#pragma once

#include "07_language_models/main_ngrams.hpp"
#include "07_language_models/rnn_lm.hpp"

namespace gradbook {

/// Prints a passage of the held-out text, one of the n-gram's and one of the network's in columns,
/// in an order that the seed decides, and which is which at the end; the same goes into
/// samples.txt.
void print_samples(const LmText& text, const BestNgram& ngram, RnnLM& network,
                   const ProgramOptions& options);

}  // namespace gradbook
