#include <algorithm>
#include <cmath>
#include <numbers>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/train_lm.hpp"

namespace gradbook {

double held_out_bits(RnnLM& model, std::span<const Label> text) {
  // TODO(7.11): one sequence, a piece at a time, in evaluation; then all is as it was
  not_started("7.11");
}

std::vector<LmPass> train_language_model(RnnLM& model, ModuleOptimizer& optimizer,
                                         const TextSplit& text, const LmOptions& options,
                                         function_ref<void(const LmPass&)> report) {
  // TODO(7.11): pass, measure, keep the best, report; at the end bring the best back
  not_started("7.11");
}

}  // namespace gradbook
