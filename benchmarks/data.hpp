/// @file
/// The numbers that every contender of `bench tensor` computes with, and how they are timed.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <span>
#include <vector>

namespace gradbook::bench {

/// Number i of a list: from [0, 1), without a pattern that would matter, and easy to write in any
/// language. `list` makes each list another one.
inline float number(std::uint32_t i, std::uint32_t list) {
  return static_cast<float>(((i + 1) * 2654435761u + list * 40503u) >> 8) / 16777216.0f;
}

/// n of them.
inline std::vector<float> numbers(std::size_t n, std::uint32_t list) {
  std::vector<float> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = number(static_cast<std::uint32_t>(i), list);
  return values;
}

/// What contenders must agree about.
inline double checksum(std::span<const float> values) {
  double sum = 0;
  for (const float value : values) sum += value;
  return sum;
}

/// Notes how much was done in a round: elements, or operations of a matrix product.
inline void report(benchmark::State& state, double amount, double sum) {
  using benchmark::Counter;
  state.counters["rate"] = Counter(amount, Counter::kIsIterationInvariantRate);
  state.counters["checksum"] = sum;
}

/// Takes `--threads=N` off the arguments.
inline int threads_of(int& argc, char** argv) {
  int threads = 1, kept = 1;
  for (int i = 1; i < argc; ++i) {
    if (std::strncmp(argv[i], "--threads=", 10) == 0) {
      threads = std::atoi(argv[i] + 10);
    } else {
      argv[kept++] = argv[i];
    }
  }
  argc = kept;
  return threads;
}

}  // namespace gradbook::bench
