#include "07_language_models/bigram_network.hpp"

#include <cmath>
#include <map>

namespace gradbook {

double counted_loss(std::span<const Label> text) {
  // SOLUTION BEGIN  count pairs, and what they begin with; then the mean of −log of the quotients
  if (text.size() < 2)
    throw ShapeError("counted_loss: ", text.size(), " symbols where at least 2 are needed");
  std::map<std::pair<Label, Label>, double> pairs;
  std::map<Label, double> firsts;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    ++pairs[{text[i], text[i + 1]}];
    ++firsts[text[i]];
  }
  double sum = 0;
  for (const auto& [pair, count] : pairs) sum -= count * std::log(count / firsts[pair.first]);
  return sum / static_cast<double>(text.size() - 1);
  // SOLUTION END
}

double bigram_step(BigramNetwork& network, ModuleOptimizer& optimizer,
                   std::span<const Label> text) {
  // SOLUTION BEGIN  let all but the last go in and all but the first come out; then the step of every network
  if (text.size() < 2)
    throw ShapeError("bigram_step: ", text.size(), " symbols where at least 2 are needed");
  Module& loss = network.loss(network.table(text.first(text.size() - 1)), text.subspan(1));
  const double value = loss.out_tensor(0, 0);
  optimizer.zero_grad();
  backward(loss);
  optimizer.step();
  return value;
  // SOLUTION END
}

Matrix next_probabilities(BigramNetwork& network) {
  // SOLUTION BEGIN  take the softmax of the table, row by row
  return softmax_forward(network.table.weight.value());
  // SOLUTION END
}

}  // namespace gradbook
