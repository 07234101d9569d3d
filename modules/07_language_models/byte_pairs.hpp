/// @file
/// Symbols between characters and words, found by counting.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// Byte pair encoding: the 256 bytes, and then symbols that are two others side by side.
/// @see  Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword units",
///       2016
class BytePairs {
 public:
  // Exercise 7.13

  /// Learns from a text: `merges` times the pair of symbols that stands side by side most often
  /// becomes a symbol of its own, everywhere. Of equally frequent ones, the pair with the smaller
  /// first number does, then the one with the smaller second. In "aaa" the pair (a, a) counts
  /// twice, and is replaced once, from the left. Ends before where no pair counts twice.
  /// @param text    any bytes
  /// @param merges  how many symbols are made at most
  BytePairs(std::string_view text, std::size_t merges);

  /// A text as symbols: the merges are applied one after the other, in the order in which they were
  /// learnt, each from the left. A text of other bytes than the one it learnt from is no error.
  std::vector<Label> encode(std::string_view text) const;

  /// The text of symbols. @throws RangeError  "BytePairs: 300 at place 3 is not below 260", also
  /// for a negative one
  std::string decode(std::span<const Label> ids) const;

  // Given

  /// How many symbols there are: 256, and the merges.
  std::size_t size() const { return 256 + merges_.size(); }

  /// The pairs in the order in which they were learnt: the i-th became symbol 256 + i.
  const std::vector<std::pair<Label, Label>>& merges() const { return merges_; }

 private:
  std::vector<std::pair<Label, Label>> merges_;
};

}  // namespace gradbook
