#include <algorithm>
#include <cmath>

#include "07_language_models/ngram.hpp"

namespace gradbook {
namespace {

// TODO(7.2): what both ways to smooth have to check, and a count that may be missing

}  // namespace

void NgramCounts::add(std::span<const Label> text) {
  // TODO(7.2): check all symbols first; then each symbol with each length of context
  not_started("7.2");
}

std::vector<Label> NgramCounts::context(std::span<const Label> before, std::size_t k) {
  // TODO(7.2): all kStart, then the last of what there is
  not_started("7.2");
}

double add_k(const NgramCounts& counts, std::span<const Label> before, Label next, double k) {
  // TODO(7.2): the formula, once it is known that it does not divide by 0
  not_started("7.2");
}

double witten_bell(const NgramCounts& counts, std::span<const Label> before, Label next) {
  // TODO(7.2): from the shortest context to the longest: each mixes in what the shorter said
  not_started("7.2");
}

std::vector<double> next_by_witten_bell(const NgramCounts& counts, std::span<const Label> before) {
  // TODO(7.2): of every symbol
  not_started("7.2");
}

}  // namespace gradbook
