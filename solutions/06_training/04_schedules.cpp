#include <cmath>
#include <numbers>

#include "06_training/optimizers.hpp"

namespace gradbook {

double learning_rate(std::int64_t step, const WarmupCosine& schedule) {
  // SOLUTION BEGIN  three pieces: up in a line, down along a cosine, and the floor
  const auto& [peak, floor, warmup, total] = schedule;
  if (step < 0) throw RangeError("learning_rate: step ", step, " is negative");
  if (warmup < 0 || total < warmup)
    throw RangeError("learning_rate: a warmup of ", warmup, " steps out of ", total);

  if (step < warmup) return peak * static_cast<double>(step + 1) / static_cast<double>(warmup);
  if (step >= total) return floor;
  const double share = static_cast<double>(step - warmup) / static_cast<double>(total - warmup);
  return floor + (peak - floor) * (1 + std::cos(std::numbers::pi * share)) / 2;
  // SOLUTION END
}

}  // namespace gradbook
