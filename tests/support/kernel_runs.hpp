/// @file
/// What hidden cases of kernels have in common: numbers in float, what goes in and comes out, and
/// what a launch cost.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kernels/device.hpp"
#include "support/case.hpp"
#ifdef GRADBOOK_GPU
#include "support/not_counted.hpp"
#endif

namespace gradbook {

/// How far two results in float may be apart after so many roundings.
/// @param terms  roundings, as those of a sum of so many terms
/// @param scale  the size of what was added, where the result may be smaller
inline Tolerance in_float(double terms = 1, double scale = 0) {
  constexpr double kFloatForDouble = 1 << 29;  // how much coarser a float is
  return {.terms = kFloatForDouble * terms / 4, .scale = scale};
}

/// n numbers drawn uniformly from [low, high), recorded, in float.
inline std::vector<float> input_floats(std::string_view label, std::size_t n, double low = -2,
                                       double high = 2) {
  std::vector<float> numbers(n);
  for (float& x : numbers) x = static_cast<float>(draw(low, high));
  return input(label, std::move(numbers));
}

/// n small whole numbers, recorded: their sums are exact in whatever order.
inline std::vector<float> whole_numbers(std::size_t n) {
  std::vector<float> numbers(n);
  for (float& x : numbers) x = static_cast<float>(draw_integer(-9, 9));
  return input("x", std::move(numbers));
}

/// n numbers of which the one at `place` is `special`, recorded.
inline std::vector<float> with_one(std::size_t n, int place, float special) {
  std::vector<float> numbers(n);
  for (float& x : numbers) x = static_cast<float>(draw(-2, 2));
  numbers[static_cast<std::size_t>(place)] = special;
  return input("x", std::move(numbers));
}

/// Observes numbers of the device.
inline void observe_floats(std::string_view label, const DeviceBuffer<float>& numbers,
                           Tolerance tolerance = in_float()) {
  observe(label, numbers.to_host(), tolerance);
}

/// Observes the counters of the last launch which a JUDGE bounds, each under its name after
/// `label`: "naive: global reads".
inline void observe_counters(const std::string& label) {
  const auto& c = last_launch().counters;
  observe(label + ": global reads", c.global_reads);
  observe(label + ": global writes", c.global_writes);
  observe(label + ": global read bytes", c.global_read_bytes);
  observe(label + ": shared reads", c.shared_reads);
  observe(label + ": shared writes", c.shared_writes);
  observe(label + ": barriers", c.barriers);
  observe(label + ": global requests", c.global_requests);
  observe(label + ": global sectors", c.global_sectors);
  observe(label + ": bank conflicts", c.bank_conflicts);
}

}  // namespace gradbook
