#include <algorithm>
#include <cctype>
#include <cmath>

#include "07_language_models/vocabulary.hpp"

namespace gradbook {

std::vector<std::string> symbols_of(std::string_view text, Unit unit) {
  // TODO(7.1): find where each symbol ends; of words, leave out what only separates
  not_started("7.1");
}

Vocabulary::Vocabulary(std::span<const std::string> symbols) {
  // TODO(7.1): sorted, and each only once
  not_started("7.1");
}

std::vector<Label> Vocabulary::encode(std::span<const std::string> symbols) const {
  // TODO(7.1): the place of each, found by halving
  not_started("7.1");
}

std::vector<std::string> Vocabulary::decode(std::span<const Label> ids) const {
  // TODO(7.1): the symbol at each place
  not_started("7.1");
}

TextSplit split(std::span<const Label> ids, double share) {
  // TODO(7.1): check the share and both parts; the end is held out
  not_started("7.1");
}

}  // namespace gradbook
