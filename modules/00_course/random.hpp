/// @file
/// Random numbers that are the same on every machine, for initial weights, data and hidden cases.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gradbook {

/// A generator with 256 bits of state: equal seeds give equal numbers, on every platform and for
/// ever.
///
/// No standard distribution is used, since their results differ from library to library.
/// @see  Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021
/// (xoshiro256++);
///       Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014 (the
///       seeding)
class Random {
 public:
  /// @param seed  equal seeds give equal numbers
  explicit Random(std::uint64_t seed);

  /// 64 random bits.
  std::uint64_t bits();

  /// Uniform in [low, high).
  double uniform(double low = 0.0, double high = 1.0);

  /// Normal with mean 0 and standard deviation 1, by the method of Box and Muller.
  double normal();

  /// Uniform in {0, …, n-1}; n must be positive.
  std::size_t below(std::size_t n);

 private:
  std::uint64_t state_[4];
};

}  // namespace gradbook
