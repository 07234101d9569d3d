#include "03_tensor/print.hpp"

#include <fmt/format.h>

namespace gradbook {
namespace {

constexpr std::int64_t kMost = 10;  // elements of an axis that are shown
constexpr std::int64_t kEnds = 3;   // at each end where there are more

void append(std::string& text, const Array& a, Index& index, int axis) {
  if (axis == a.rank()) {
    text += fmt::format("{:.6g}", a.at(index));
    return;
  }
  const std::int64_t n = a.shape()[axis];
  text += "[";
  for (std::int64_t i = 0; i < n; ++i) {
    // Rows of a matrix stand below each other
    if (i > 0) text += axis + 1 < a.rank() ? ",\n" + std::string(axis + 1, ' ') : ", ";
    if (n > kMost && i == kEnds) {
      text += "…";
      i = n - kEnds - 1;
      continue;
    }
    index[axis] = i;
    append(text, a, index, axis + 1);
  }
  text += "]";
}

}  // namespace

std::string to_string(const Array& a) {
  std::string text;
  Index index(a.rank(), 0);
  append(text, a, index, 0);
  return text;
}

}  // namespace gradbook
