/// @file
/// A small text of our own, in which what comes next is decided further back than counting sees.
#pragma once

#include <algorithm>
#include <vector>

#include "07_language_models/ngram.hpp"
#include "07_language_models/perplexity.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

inline constexpr std::size_t kNotes = 8;  ///< symbols in a round

/// Three voices sing in turn, a note each. A voice goes up by one note, from the highest to the
/// lowest, but now and then to any: so a note says little about the next, and much about the one
/// after the next two. The same notes every time.
/// @param length  how many notes
inline std::vector<Label> round_song(std::size_t length) {
  Random random(7);
  Label voices[3] = {};
  std::vector<Label> song;
  for (std::size_t i = 0; i < length; ++i) {
    Label& note = voices[i % 3];
    const auto notes = static_cast<Label>(kNotes);
    note = random.uniform() < 0.85 ? (note + 1) % notes : static_cast<Label>(random.below(kNotes));
    song.push_back(note);
  }
  return song;
}

/// The bits that the best n-gram of orders 1 to 5, smoothed as Witten and Bell do, needs for a
/// symbol of a held-out round.
inline double least_counted_bits(const TextSplit& text) {
  double least = 64;
  for (int order = 1; order <= 5; ++order) {
    NgramCounts counts(order, kNotes);
    counts.add(text.training);
    const auto p = [&](std::span<const Label> before, Label next) {
      return witten_bell(counts, before, next);
    };
    least = std::min(least, bits_per_symbol(text.held_out, p));
  }
  return least;
}

}  // namespace gradbook
