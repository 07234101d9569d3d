#include "07_language_models/perplexity.hpp"

#include <cmath>
#include <numbers>

namespace gradbook {

double log_probability(std::span<const Label> text, Conditional p) {
  // SOLUTION BEGIN  the sum of the logarithms, each of p given all that came before
  double sum = 0;
  for (std::size_t t = 0; t < text.size(); ++t) {
    const double here = p(text.first(t), text[t]);
    if (!(here >= 0 && here <= 1))
      throw RangeError("log_probability: p is ", here, " at place ", t);
    sum += std::log(here);
  }
  return sum;
  // SOLUTION END
}

double perplexity(std::span<const Label> text, Conditional p) {
  // SOLUTION BEGIN  2 to the bits of a symbol
  return std::exp2(bits_per_symbol(text, p));
  // SOLUTION END
}

double bits_per_symbol(std::span<const Label> text, Conditional p) {
  // SOLUTION BEGIN  the mean of −log p, in units of log 2
  if (text.empty()) throw ShapeError("bits_per_symbol: a text without symbols has no mean");
  return -log_probability(text, p) / static_cast<double>(text.size()) / std::numbers::ln2;
  // SOLUTION END
}

}  // namespace gradbook
