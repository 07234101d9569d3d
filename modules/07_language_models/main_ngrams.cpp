// n-grams of orders 1 to 5, smoothed in two ways.
#include "07_language_models/main_ngrams.hpp"

#include <fmt/core.h>

#include <utility>

#include "07_language_models/perplexity.hpp"

namespace gradbook {
namespace {

constexpr double kAdded = 0.1;

std::vector<double> next_by_add_k(const NgramCounts& counts, std::span<const Label> before) {
  std::vector<double> p(counts.vocabulary());
  for (std::size_t v = 0; v < p.size(); ++v)
    p[v] = add_k(counts, before, static_cast<Label>(v), kAdded);
  return p;
}

}  // namespace

BestNgram compare_ngrams(const LmText& text) {
  fmt::print("n-grams, in bits per held-out {}\n\norder  add {}  Witten–Bell   contexts\n",
             text.symbol(), kAdded);
  BestNgram best;
  for (int order = 1; order <= 5; ++order) {
    auto counts = std::make_unique<NgramCounts>(order, text.vocabulary.size());
    counts->add(text.parts.training);
    const double added =
        bits_per_symbol(text.parts.held_out, [&](std::span<const Label> before, Label next) {
          return add_k(*counts, before, next, kAdded);
        });
    const double smoothed =
        bits_per_symbol(text.parts.held_out, [&](std::span<const Label> before, Label next) {
          return witten_bell(*counts, before, next);
        });
    fmt::print("{:5}  {:7.3f}  {:11.3f}  {:9}\n", order, added, smoothed, counts->contexts());
    const double least = std::min(added, smoothed);
    if (best.counts == nullptr || least < best.bits)
      best = {std::move(counts), least, smoothed <= added};
  }
  fmt::print("\n");
  return best;
}

std::vector<Label> draw_from(const BestNgram& ngram, std::span<const Label> beginning,
                             std::size_t count, Random& random) {
  std::vector<Label> all(beginning.begin(), beginning.end());
  for (std::size_t i = 0; i < count; ++i) {
    const auto p = ngram.smoothed ? next_by_witten_bell(*ngram.counts, all)
                                  : next_by_add_k(*ngram.counts, all);
    all.push_back(static_cast<Label>(roll(p, random)));
  }
  return {all.begin() + static_cast<std::ptrdiff_t>(beginning.size()), all.end()};
}

}  // namespace gradbook
