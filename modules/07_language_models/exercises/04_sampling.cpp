#include "07_language_models/sampling.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "00_course/error.hpp"

namespace gradbook {
namespace {

// TODO(7.4): refuse what makes no die, each with its value

}  // namespace

std::size_t roll(std::span<const double> weights, Random& random) {
  // TODO(7.4): check; draw a point between 0 and the sum of all; find the weight in which it lies
  not_started("7.4");
}

std::size_t greedy(std::span<const Real> logits) {
  // TODO(7.4): find the first of the largest
  not_started("7.4");
}

std::vector<double> die(std::span<const Real> logits, const SamplingOptions& options) {
  // TODO(7.4): order by size; softmax of the first top_k; cut where top_p is reached; divide by
  //   what is left
  not_started("7.4");
}

}  // namespace gradbook
