#include <algorithm>
#include <map>

#include "07_language_models/byte_pairs.hpp"

namespace gradbook {
namespace {

// TODO(7.13): what learning and encoding share: bytes as symbols, and a pair replaced from the left

}  // namespace

BytePairs::BytePairs(std::string_view text, std::size_t merges) {
  // TODO(7.13): count all pairs; the first of the most frequent; replace it; again
  not_started("7.13");
}

std::vector<Label> BytePairs::encode(std::string_view text) const {
  // TODO(7.13): bytes, and then merge after merge
  not_started("7.13");
}

std::string BytePairs::decode(std::span<const Label> ids) const {
  // TODO(7.13): each symbol is a byte, or two others
  not_started("7.13");
}

}  // namespace gradbook
