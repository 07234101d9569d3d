// Wrong in part: the temperature is a factor of the logits, not a divisor.
#include "07_language_models/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "00_course/error.hpp"

namespace gradbook {

std::size_t roll(std::span<const double> weights, Random& random) {
  if (weights.empty()) throw ShapeError("roll: nothing to choose from");
  double all = 0;
  for (const double weight : weights) {
    if (!(weight >= 0) || std::isinf(weight)) throw RangeError("roll: a weight is ", weight);
    all += weight;
  }
  if (!(all > 0) || std::isinf(all)) throw RangeError("roll: all weights together are ", all);
  const double at = random.uniform() * all;
  double so_far = 0;
  std::size_t chosen = 0;
  for (std::size_t side = 0; side < weights.size(); ++side) {
    if (weights[side] > 0) chosen = side;
    so_far += weights[side];
    if (at < so_far) return chosen;
  }
  return chosen;
}

std::size_t greedy(std::span<const Real> logits) {
  if (logits.empty()) throw ShapeError("greedy: nothing to choose from");
  std::size_t best = 0;
  for (std::size_t i = 1; i < logits.size(); ++i) {
    if (logits[i] > logits[best]) best = i;
  }
  return best;
}

std::vector<double> die(std::span<const Real> logits, const SamplingOptions& options) {
  if (logits.empty()) throw ShapeError("die: nothing to choose from");
  if (!(options.temperature > 0) || std::isinf(options.temperature))
    throw RangeError("die: temperature ", options.temperature, " makes no sense");
  if (options.top_k == 0) throw RangeError("die: top_k is 0");
  if (!(options.top_p > 0 && options.top_p <= 1)) throw RangeError("die: top_p ", options.top_p);

  std::vector<std::pair<double, std::size_t>> sorted;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (std::isnan(logits[i]) || logits[i] == INFINITY)
      throw RangeError("die: logit ", i, " is ", static_cast<double>(logits[i]));
    sorted.emplace_back(-logits[i], i);
  }
  std::sort(sorted.begin(), sorted.end());
  if (std::isinf(sorted[0].first)) throw RangeError("die: every logit is -inf");
  if (sorted.size() > options.top_k) sorted.resize(options.top_k);

  std::vector<double> weights;
  double all = 0;
  for (const auto& [negative, i] : sorted) {
    weights.push_back(std::exp((sorted[0].first - negative) * options.temperature));
    all += weights.back();
  }
  std::vector<double> p(logits.size(), 0.0);
  double taken = 0;
  std::size_t used = 0;
  while (used < sorted.size() && (options.top_p == 1 || taken < options.top_p * all))
    taken += weights[used++];
  for (std::size_t k = 0; k < used; ++k) p[sorted[k].second] = weights[k] / taken;
  return p;
}

}  // namespace gradbook
