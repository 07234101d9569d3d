#include "02_scalar/tape.hpp"

namespace gradbook {

std::uint32_t Tape::record(double by_a, std::uint32_t a, double by_b, std::uint32_t b) {
  // SOLUTION BEGIN  append an entry to entries_: its place is how many there were before
  entries_.push_back({{by_a, by_b}, {a, b}});
  return static_cast<std::uint32_t>(entries_.size() - 1);
  // SOLUTION END
}

void Tape::backward(const Taped& y, double seed) {
  require_own(y);
  // SOLUTION BEGIN  fill grads_ with 0 but for y's; from y's entry down, add to the inputs' grads
  grads_.assign(entries_.size(), 0.0);
  grads_[y.entry()] = seed;

  // Later entries were recorded after y: it cannot depend on them
  for (std::size_t i = y.entry(); i > 0; --i) {
    const double grad = grads_[i];
    if (grad == 0) continue;  // not on the way to y: 0 times an infinite partial would be NaN

    const Entry& entry = entries_[i];
    grads_[entry.inputs[0]] += grad * entry.partials[0];
    grads_[entry.inputs[1]] += grad * entry.partials[1];
  }

  // What the constants were sent is of no use to anyone
  grads_[0] = 0;
  // SOLUTION END
}

void Tape::clear() {
  // SOLUTION BEGIN  forget entries and gradients; keep the memory, and the entry of the constants
  entries_.resize(1);
  grads_.clear();
  // SOLUTION END
}

}  // namespace gradbook
