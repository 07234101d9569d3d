#include <algorithm>

#include "07_language_models/generate.hpp"

namespace gradbook {

Vector next_logits(RnnLM& model, Label symbol) {
  // TODO(7.10): one step in evaluation, without the tape; the state goes on
  not_started("7.10");
}

std::vector<Label> generate(RnnLM& model, std::span<const Label> prompt, std::size_t count,
                            const SamplingOptions& options, Random& random) {
  // TODO(7.10): read the prompt; then draw and read in turn
  not_started("7.10");
}

}  // namespace gradbook
