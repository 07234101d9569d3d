#include <algorithm>
#include <cmath>

#include "07_language_models/ngram.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  what both ways to smooth have to check, and a count that may be missing
void check_symbol(const char* who, Label symbol, std::size_t vocabulary) {
  if (symbol < 0 || symbol >= static_cast<Label>(vocabulary))
    throw RangeError(who, ": symbol ", symbol, " is none of the ", vocabulary);
}

double count_of(const Followers& followers, Label symbol) {
  const auto found = followers.next.find(symbol);
  return found == followers.next.end() ? 0 : static_cast<double>(found->second);
}
// SOLUTION END

}  // namespace

void NgramCounts::add(std::span<const Label> text) {
  // SOLUTION BEGIN  check all symbols first; then each symbol with each length of context
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 0 || text[i] >= static_cast<Label>(vocabulary_))
      throw RangeError("NgramCounts: symbol ", text[i], " at place ", i, " is none of the ",
                       vocabulary_);
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int k = 0; k < order_; ++k) {
      Followers& followers = followers_[context(text.first(i), k)];
      ++followers.total;
      ++followers.next[text[i]];
    }
  }
  // SOLUTION END
}

std::vector<Label> NgramCounts::context(std::span<const Label> before, std::size_t k) {
  // SOLUTION BEGIN  all kStart, then the last of what there is
  std::vector<Label> context(k, kStart);
  const std::size_t there = std::min(k, before.size());
  std::ranges::copy(before.last(there), context.end() - static_cast<std::ptrdiff_t>(there));
  return context;
  // SOLUTION END
}

double add_k(const NgramCounts& counts, std::span<const Label> before, Label next, double k) {
  // SOLUTION BEGIN  the formula, once it is known that it does not divide by 0
  check_symbol("add_k", next, counts.vocabulary());
  if (!(k >= 0) || !std::isfinite(k)) throw RangeError("add_k: k is ", k, ": it must be 0 or more");
  const auto size = static_cast<double>(counts.vocabulary());
  const Followers* found = counts.find(NgramCounts::context(before, counts.order() - 1));
  if (found == nullptr) return 1 / size;
  return (count_of(*found, next) + k) / (static_cast<double>(found->total) + k * size);
  // SOLUTION END
}

double witten_bell(const NgramCounts& counts, std::span<const Label> before, Label next) {
  // SOLUTION BEGIN  from the shortest context to the longest: each mixes in what the shorter said
  check_symbol("witten_bell", next, counts.vocabulary());
  const std::vector<Label> longest = NgramCounts::context(before, counts.order() - 1);
  double p = 1 / static_cast<double>(counts.vocabulary());
  for (std::size_t k = 0; k <= longest.size(); ++k) {
    const Followers* found = counts.find(std::span(longest).last(k));
    if (found == nullptr) break;  // a longer one did not occur either
    const auto different = static_cast<double>(found->next.size());
    p = (count_of(*found, next) + different * p) / (static_cast<double>(found->total) + different);
  }
  return p;
  // SOLUTION END
}

std::vector<double> next_by_witten_bell(const NgramCounts& counts, std::span<const Label> before) {
  // SOLUTION BEGIN  of every symbol
  std::vector<double> p(counts.vocabulary());
  for (std::size_t next = 0; next < p.size(); ++next)
    p[next] = witten_bell(counts, before, static_cast<Label>(next));
  return p;
  // SOLUTION END
}

}  // namespace gradbook
