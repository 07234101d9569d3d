#include "00_course/random.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include "00_course/error.hpp"

namespace gradbook {
namespace {

// SplitMix64: spreads one seed over the whole state, so that seeds 1 and 2 have nothing in common
std::uint64_t split_mix(std::uint64_t& seed) {
  std::uint64_t z = (seed += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed) {
  for (std::uint64_t& word : state_) word = split_mix(seed);
}

std::uint64_t Random::bits() {
  const std::uint64_t result = std::rotl(state_[0] + state_[3], 23) + state_[0];
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

double Random::uniform(double low, double high) {
  const double unit =
      static_cast<double>(bits() >> 11) * 0x1p-53;  // 53 bits: every double in [0, 1) on the grid
  return low + (high - low) * unit;
}

double Random::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));  // 1 - u is never 0
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

std::size_t Random::below(std::size_t n) {
  if (n == 0) throw RangeError("Random::below: n is 0, and nothing is below 0");
  const std::uint64_t reject =
      (0 - std::uint64_t{n}) % n;  // the first 2⁶⁴ mod n values would be too likely
  for (;;) {
    const std::uint64_t candidate = bits();
    if (candidate >= reject) return candidate % n;
  }
}

}  // namespace gradbook
