#include "03_tensor/dims.hpp"

#include <cstdio>

namespace gradbook {

Dims::Dims(std::initializer_list<std::int64_t> values) {
  for (const std::int64_t value : values) push_back(value);
}

Dims::Dims(int rank, std::int64_t value) {
  if (rank < 0) throw ShapeError("a rank of ", rank, " is below 0");
  while (rank_ < rank) push_back(value);
}

void Dims::push_back(std::int64_t value) {
  if (rank_ == kMaxRank)
    throw ShapeError("an array has at most ", kMaxRank, " axes, and this would be one more than ",
                     *this);
  values_[rank_++] = value;
}

void Dims::push_front(std::int64_t value) {
  push_back(value);
  for (int i = rank_ - 1; i > 0; --i) values_[i] = values_[i - 1];
  values_[0] = value;
}

Dims::Text Dims::text() const {
  Text result{};
  char* at = result.characters;
  *at++ = '(';
  for (int i = 0; i < rank_; ++i) {
    at += std::snprintf(at, 24, i == 0 ? "%lld" : ", %lld", static_cast<long long>(values_[i]));
  }
  *at++ = ')';
  *at = '\0';
  return result;
}

}  // namespace gradbook
