#include "07_language_models/ngram.hpp"

#include <algorithm>

namespace gradbook {

NgramCounts::NgramCounts(int order, std::size_t vocabulary)
    : order_(order), vocabulary_(vocabulary) {
  if (order < 1 || order > 5) throw RangeError("NgramCounts: order ", order, " is not from 1 to 5");
  if (vocabulary == 0) throw RangeError("NgramCounts: a vocabulary of 0 symbols");
}

const Followers* NgramCounts::find(std::span<const Label> context) const {
  const auto found = followers_.find(context);
  return found == followers_.end() ? nullptr : &found->second;
}

std::size_t NgramCounts::Hash::operator()(std::span<const Label> context) const {
  std::uint64_t hash = context.size();
  for (const Label symbol : context)
    hash = (hash ^ static_cast<std::uint64_t>(symbol)) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

bool NgramCounts::Equal::operator()(std::span<const Label> a, std::span<const Label> b) const {
  return std::ranges::equal(a, b);
}

}  // namespace gradbook
