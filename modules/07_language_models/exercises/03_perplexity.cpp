#include "07_language_models/perplexity.hpp"

#include <cmath>
#include <numbers>

namespace gradbook {

double log_probability(std::span<const Label> text, Conditional p) {
  // TODO(7.3): the sum of the logarithms, each of p given all that came before
  not_started("7.3");
}

double perplexity(std::span<const Label> text, Conditional p) {
  // TODO(7.3): 2 to the bits of a symbol
  not_started("7.3");
}

double bits_per_symbol(std::span<const Label> text, Conditional p) {
  // TODO(7.3): the mean of −log p, in units of log 2
  not_started("7.3");
}

}  // namespace gradbook
