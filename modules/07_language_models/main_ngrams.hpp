/// @file
/// n-grams of all orders, measured.
#pragma once

#include <memory>

#include "07_language_models/main_text.hpp"
#include "07_language_models/ngram.hpp"

namespace gradbook {

/// The n-gram that predicts best.
struct BestNgram {
  std::unique_ptr<NgramCounts> counts;  ///< of the training text
  double bits = 0;                      ///< for each held-out symbol
  bool smoothed = true;                 ///< by Witten and Bell; else by what is added to counts
};

/// Counts orders 1 to 5, prints what each comes to on the held-out text with two ways to smooth.
BestNgram compare_ngrams(const LmText& text);

/// So many symbols drawn from it, after a beginning.
std::vector<Label> draw_from(const BestNgram& ngram, std::span<const Label> beginning,
                             std::size_t count, Random& random);

}  // namespace gradbook
