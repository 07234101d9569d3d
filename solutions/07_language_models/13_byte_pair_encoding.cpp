#include <algorithm>
#include <map>

#include "07_language_models/byte_pairs.hpp"

namespace gradbook {
namespace {

// SOLUTION BEGIN  share what learning and encoding both do: bytes as symbols, a pair replaced from the left
std::vector<Label> bytes_of(std::string_view text) {
  std::vector<Label> ids;
  for (const char c : text) ids.push_back(static_cast<unsigned char>(c));
  return ids;
}

void replace(std::vector<Label>& ids, const std::pair<Label, Label>& pair, Label by) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < ids.size(); ++i, ++end) {
    const bool here = i + 1 < ids.size() && ids[i] == pair.first && ids[i + 1] == pair.second;
    ids[end] = here ? by : ids[i];
    i += here;
  }
  ids.resize(end);
}
// SOLUTION END

}  // namespace

BytePairs::BytePairs(std::string_view text, std::size_t merges) {
  // SOLUTION BEGIN  count all pairs, replace the most frequent one everywhere, and begin again
  std::vector<Label> ids = bytes_of(text);
  while (merges_.size() < merges) {
    std::map<std::pair<Label, Label>, int> counts;
    for (std::size_t i = 0; i + 1 < ids.size(); ++i) ++counts[{ids[i], ids[i + 1]}];
    const auto most = std::ranges::max_element(counts, {}, [](const auto& c) { return c.second; });
    if (most == counts.end() || most->second < 2) return;
    replace(ids, most->first, static_cast<Label>(size()));
    merges_.push_back(most->first);
  }
  // SOLUTION END
}

std::vector<Label> BytePairs::encode(std::string_view text) const {
  // SOLUTION BEGIN  start from bytes; apply merge after merge
  std::vector<Label> ids = bytes_of(text);
  for (std::size_t i = 0; i < merges_.size(); ++i)
    replace(ids, merges_[i], static_cast<Label>(256 + i));
  return ids;
  // SOLUTION END
}

std::string BytePairs::decode(std::span<const Label> ids) const {
  // SOLUTION BEGIN  follow each symbol to its halves until bytes are left
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i] < 0 || ids[i] >= static_cast<Label>(size()))
      throw RangeError("BytePairs: ", ids[i], " at place ", i, " is not below ", size());
    std::vector<Label> open = {ids[i]};  // what is to be written yet, the next at the end
    while (!open.empty()) {
      const Label id = open.back();
      open.pop_back();
      if (id < 256) {
        text += static_cast<char>(id);
      } else {
        const auto& [first, second] = merges_[static_cast<std::size_t>(id - 256)];
        open.insert(open.end(), {second, first});
      }
    }
  }
  return text;
  // SOLUTION END
}

}  // namespace gradbook
