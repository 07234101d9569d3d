#include <algorithm>

#include "07_language_models/generate.hpp"

namespace gradbook {

Vector next_logits(RnnLM& model, Label symbol) {
  // SOLUTION BEGIN  one step in evaluation, without the tape; the state goes on
  const NoTape no_tape;
  const bool training = model.training();
  model.eval();
  const Matrix& logits = model.logits({&symbol, 1}).out_tensor;
  model.recurrent->state = model.recurrent->last_state;
  model.train(training);
  auto result = Vector::from_shape({logits.shape(1)});
  std::copy(logits.begin(), logits.end(), result.begin());
  return result;
  // SOLUTION END
}

std::vector<Label> generate(RnnLM& model, std::span<const Label> prompt, std::size_t count,
                            const SamplingOptions& options, Random& random) {
  // SOLUTION BEGIN  read the prompt; then draw and read in turn
  if (prompt.empty()) throw ShapeError("generate: an empty prompt: what should it go on with?");
  model.begin(1);
  Vector logits;
  for (const Label symbol : prompt) logits = next_logits(model, symbol);
  std::vector<Label> drawn;
  while (drawn.size() < count) {
    drawn.push_back(static_cast<Label>(roll(die({logits.data(), logits.size()}, options), random)));
    logits = next_logits(model, drawn.back());
  }
  return drawn;
  // SOLUTION END
}

}  // namespace gradbook
