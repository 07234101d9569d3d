#include "kernels/emulator/contents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace gradbook::emulator {
namespace {

template <class T>
T number_at(const std::byte* bytes) {
  T number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// Whether two are the same sum, added up in another order
template <class T>
bool close(const std::byte* a, const std::byte* b, double relative) {
  const double x = number_at<T>(a), y = number_at<T>(b);
  // No number that anybody computes with is as small as an integer that is read as one
  return std::fabs(x) > 1e-30 && std::fabs(x - y) <= relative * std::fabs(x);
}

}  // namespace

Contents contents() {
  Contents all;
  device_memory().for_each([&](Allocation& piece) {
    all.push_back({&piece, {piece.begin, piece.begin + piece.size}, piece.cells, piece.writes});
  });
  return all;
}

void restore(const Contents& contents) {
  for (const Content& content : contents) {
    std::ranges::copy(content.bytes, content.piece->begin);
    content.piece->cells = content.cells;
    content.piece->writes = content.writes;
  }
}

std::string difference(const Contents& contents) {
  for (const Content& content : contents) {
    const std::byte *const then = content.bytes.data(), *const now = content.piece->begin;
    const std::size_t size = content.bytes.size();
    for (std::size_t at = 0; at < size; at += 4) {
      if (std::memcmp(then + at, now + at, std::min<std::size_t>(4, size - at)) == 0) continue;
      const std::size_t pair = at / 8 * 8;
      if (at + 4 <= size && close<float>(then + at, now + at, 1e-4)) continue;
      if (pair + 8 <= size && close<double>(then + pair, now + pair, 1e-9)) continue;
      const std::string place = fmt::format(
          "what it leaves at byte {} of {} depends on the order in which threads run", at, size);
      if (at + 4 > size) return place;
      const float floats[] = {number_at<float>(now + at), number_at<float>(then + at)};
      // An integer that is read as a float is mostly smaller than any float that is computed with
      const bool integers =
          std::ranges::all_of(floats, [](float x) { return x == 0 || std::fabs(x) < 1e-30f; });
      if (integers)
        return fmt::format("{}: {} or {}", place, number_at<int>(now + at),
                           number_at<int>(then + at));
      return fmt::format("{}: {:g} or {:g} as floats", place, floats[0], floats[1]);
    }
  }
  return "";
}

}  // namespace gradbook::emulator
