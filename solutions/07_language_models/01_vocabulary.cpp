#include <algorithm>
#include <cctype>
#include <cmath>

#include "07_language_models/vocabulary.hpp"

namespace gradbook {

std::vector<std::string> symbols_of(std::string_view text, Unit unit) {
  // SOLUTION BEGIN  find where each symbol ends; of words, leave out what only separates
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const auto in_word = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || std::isalnum(byte) != 0 || c == '\'';
  };
  std::vector<std::string> symbols;
  for (std::size_t i = 0, end = 0; i < text.size(); i = end) {
    end = i + 1;
    if (unit == Unit::character) {
      while (end < text.size() && continues(text[end])) ++end;
    } else if (in_word(text[i])) {
      while (end < text.size() && in_word(text[end])) ++end;
    } else if (text[i] != '\n' && std::isspace(static_cast<unsigned char>(text[i])) != 0) {
      continue;
    }
    symbols.emplace_back(text.substr(i, end - i));
  }
  return symbols;
  // SOLUTION END
}

Vocabulary::Vocabulary(std::span<const std::string> symbols) {
  // SOLUTION BEGIN  sorted, and each only once
  symbols_.assign(symbols.begin(), symbols.end());
  std::ranges::sort(symbols_);
  symbols_.erase(std::unique(symbols_.begin(), symbols_.end()), symbols_.end());
  // SOLUTION END
}

std::vector<Label> Vocabulary::encode(std::span<const std::string> symbols) const {
  // SOLUTION BEGIN  the place of each, found by halving
  std::vector<Label> ids;
  ids.reserve(symbols.size());
  for (const std::string& symbol : symbols) {
    const auto found = std::ranges::lower_bound(symbols_, symbol);
    if (found == symbols_.end() || *found != symbol)
      throw RangeError("Vocabulary: \"", symbol.c_str(), "\" at place ", ids.size(),
                       " is none of its ", symbols_.size(), " symbols");
    ids.push_back(found - symbols_.begin());
  }
  return ids;
  // SOLUTION END
}

std::vector<std::string> Vocabulary::decode(std::span<const Label> ids) const {
  // SOLUTION BEGIN  the symbol at each place
  std::vector<std::string> symbols;
  symbols.reserve(ids.size());
  for (const Label id : ids) {
    if (id < 0 || id >= std::ssize(symbols_))
      throw RangeError("Vocabulary: ", id, " at place ", symbols.size(),
                       " is the number of none of its ", symbols_.size(), " symbols");
    symbols.push_back(symbols_[static_cast<std::size_t>(id)]);
  }
  return symbols;
  // SOLUTION END
}

TextSplit split(std::span<const Label> ids, double share) {
  // SOLUTION BEGIN  check the share and both parts; the end is held out
  if (!(share > 0 && share < 1)) throw RangeError("split: share ", share, " is not in (0, 1)");
  const auto held = static_cast<std::size_t>(std::ceil(share * static_cast<double>(ids.size())));
  if (held == 0 || held >= ids.size())
    throw ShapeError("split: ", ids.size(), " symbols are too few to hold out a share of ", share);
  const auto training = ids.first(ids.size() - held), end = ids.last(held);
  return {{training.begin(), training.end()}, {end.begin(), end.end()}};
  // SOLUTION END
}

}  // namespace gradbook
