/// @file
/// Language models that count.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <vector>

#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// Stands before the first symbol of every text: so a model knows how texts begin. It is no symbol
/// of the vocabulary, and is never predicted.
inline constexpr Label kStart = -1;

/// What followed one context.
struct Followers {
  std::int64_t total = 0;              ///< how often the context was followed by anything
  std::map<Label, std::int64_t> next;  ///< how often by each symbol that followed it
};

/// How often each symbol followed each context of 0 to n − 1 symbols.
/// @see  [GenAI], "n-gram language models"
class NgramCounts {
 public:
  /// @param order       n, from 1 to 5: a symbol and the n − 1 before it
  /// @param vocabulary  V, at least 1
  /// @throws RangeError  for another order or vocabulary
  NgramCounts(int order, std::size_t vocabulary);

  // Exercise 7.2

  /// Counts a text: for each of its symbols, and each k from 0 to n − 1, that the k symbols before
  /// were followed by it. What is missing before the beginning is kStart.
  /// @throws RangeError  "NgramCounts: symbol 70 at place 3 is none of the 65", also for a negative
  ///                     one; then nothing was counted
  void add(std::span<const Label> text);

  /// The last k symbols before a place, with kStart for those that are missing.
  /// @param before  everything before it
  /// @param k       how many
  static std::vector<Label> context(std::span<const Label> before, std::size_t k);

  // Given

  /// What followed a context of up to n − 1 symbols; nullptr where it never occurred.
  const Followers* find(std::span<const Label> context) const;

  /// n.
  int order() const { return order_; }

  /// V.
  std::size_t vocabulary() const { return vocabulary_; }

  /// How many different contexts occurred, of all lengths.
  std::size_t contexts() const { return followers_.size(); }

 private:
  // Both take any row of symbols, so that looking one up copies nothing
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::span<const Label> context) const;
  };
  struct Equal {
    using is_transparent = void;
    bool operator()(std::span<const Label> a, std::span<const Label> b) const;
  };

  int order_;
  std::size_t vocabulary_;
  std::unordered_map<std::vector<Label>, Followers, Hash, Equal> followers_;
};

// ---- exercise 7.2 -------------------------------------------------------------------------------

/// p(next | the n − 1 symbols before) = (count(context, next) + k) / (count(context) + k V). A
/// context that never occurred tells nothing, so all V symbols are alike then, for k = 0 too.
/// @param counts  of the order n
/// @param before  everything before `next`, of any length
/// @param next    a symbol
/// @param k       what is added to every count; 0: counting alone
/// @throws RangeError  where k is negative or not finite, or next is none of the V symbols
double add_k(const NgramCounts& counts, std::span<const Label> before, Label next, double k);

/// The interpolation of Witten and Bell, which asks ever shorter contexts:
/// p(next | c) = (count(c, next) + T(c) p(next | c′)) / (count(c) + T(c)), where T(c) is how many
/// different symbols followed c, and c′ is c without its first symbol. Below the empty context all
/// V symbols are alike, and a context that never occurred has the p of c′.
/// @see  Witten and Bell, "The zero-frequency problem", 1991
/// @throws RangeError  where next is none of the V symbols
double witten_bell(const NgramCounts& counts, std::span<const Label> before, Label next);

/// The V probabilities of what comes next, by Witten and Bell.
std::vector<double> next_by_witten_bell(const NgramCounts& counts, std::span<const Label> before);

}  // namespace gradbook
