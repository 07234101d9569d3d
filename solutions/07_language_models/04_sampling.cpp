#include "07_language_models/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "00_course/error.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  refuse what makes no die, each with its value
void check(std::span<const Real> logits, const SamplingOptions& options) {
  if (logits.empty()) throw ShapeError("die: no logits");
  if (!(options.temperature > 0 && std::isfinite(options.temperature)))
    throw RangeError("die: temperature ", options.temperature,
                     ": it must be above 0 and finite; greedy() is what 0 would come to");
  if (options.top_k == 0) throw RangeError("die: top_k 0 leaves nothing to roll");
  if (!(options.top_p > 0 && options.top_p <= 1))
    throw RangeError("die: top_p ", options.top_p, " is not in (0, 1]");
  for (std::size_t i = 0; i < logits.size(); ++i) {
    if (!(logits[i] < INFINITY)) throw RangeError("die: logit ", i, " is ", double{logits[i]});
  }
}
// SOLUTION END

}  // namespace

std::size_t roll(std::span<const double> weights, Random& random) {
  // SOLUTION BEGIN  check; draw a point between 0 and the sum of all; find the weight in which it lies
  if (weights.empty()) throw ShapeError("roll: a die without sides");
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (!(weights[i] >= 0 && std::isfinite(weights[i])))
      throw RangeError("roll: weight ", i, " is ", weights[i]);
    sum += weights[i];
  }
  if (!(sum > 0 && std::isfinite(sum))) throw RangeError("roll: the weights add up to ", sum);

  double point = random.uniform() * sum;
  std::size_t last = 0;  // of those that are not 0: rounding may carry the point past the end
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    last = i;
    if (point < weights[i]) break;
    point -= weights[i];
  }
  return last;
  // SOLUTION END
}

std::size_t greedy(std::span<const Real> logits) {
  // SOLUTION BEGIN  find the first of the largest
  if (logits.empty()) throw ShapeError("greedy: no logits");
  return static_cast<std::size_t>(std::ranges::max_element(logits) - logits.begin());
  // SOLUTION END
}

std::vector<double> die(std::span<const Real> logits, const SamplingOptions& options) {
  // SOLUTION BEGIN  order by size; softmax of the first top_k; cut where top_p is reached; divide by what is left
  check(logits, options);
  std::vector<std::size_t> order(logits.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return logits[i]; });
  order.resize(std::min(options.top_k, order.size()));

  const double largest = logits[order.front()];
  if (largest == -INFINITY) throw RangeError("die: all ", logits.size(), " logits are -inf");
  std::vector<double> p(logits.size());
  double sum = 0;
  for (const std::size_t i : order)
    sum += p[i] = std::exp((double{logits[i]} - largest) / options.temperature);

  double left = 0;
  for (const std::size_t i : order) {
    if (options.top_p < 1 && left >= options.top_p * sum) p[i] = 0;
    left += p[i];
  }
  for (double& x : p) x /= left;
  return p;
  // SOLUTION END
}

}  // namespace gradbook
