// Wrong in part: the probabilities are multiplied, which is right until the product is 0.
#include "07_language_models/perplexity.hpp"

#include <cmath>

namespace gradbook {

double log_probability(std::span<const Label> text, Conditional p) {
  double product = 1;
  for (std::size_t t = 0; t < text.size(); ++t) {
    const double factor = p(text.first(t), text[t]);
    if (!(factor >= 0 && factor <= 1))
      throw RangeError("log_probability: p is ", factor, " at place ", t);
    product *= factor;
  }
  return std::log(product);
}

double perplexity(std::span<const Label> text, Conditional p) {
  if (text.empty()) throw ShapeError("perplexity: no symbols");
  return std::exp(-log_probability(text, p) / static_cast<double>(text.size()));
}

double bits_per_symbol(std::span<const Label> text, Conditional p) {
  return std::log2(perplexity(text, p));
}

}  // namespace gradbook
