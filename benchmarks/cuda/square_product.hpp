/// @file
/// What all contenders compute: the product of two square matrices, and its answer in float64.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "09_cuda/benchmark.hpp"
#include "contest.hpp"

namespace gradbook::bench {

/// Two matrices of n × n, and their product.
///
/// Of one seed all contenders get the same numbers. Those of 32 bits are drawn from [−1, 1). Those
/// of 16 bits are k/128 with |k| ≤ 128, which are the same in half precision and in bfloat16; they
/// lie two by two in the floats of a Question, so that a contender finds them as it wants them and
/// converts nothing while it is timed.
///
/// The answer is computed on the device, by a plain kernel in double: at 8192 the host would
/// be busy for long, and a sample of it would not find who leaves out a corner. It is not left to
/// cuBLAS, which is a contender. The host computes some elements again, by three lines.
class SquareProduct final : public Problem {
 public:
  /// @param n        rows and columns
  /// @param numbers  of the inputs
  SquareProduct(int n, Numbers numbers) : n_(static_cast<std::size_t>(n)), numbers_(numbers) {}

  /// Draws a question, and keeps it: whoever asks with the same seed is told the same at once.
  /// @throws RangeError  where host and device do not agree about the answer
  Question ask(Random& random) const override;

  /// k roundings to 24 bits, of sums that are rarely above 30: a plain sum of floats stays within a
  /// third of it. Who rounds factors to ten bits is more than ten times as far away.
  double within() const override { return static_cast<double>(n_) / (1 << 23); }

 private:
  Question draw(std::uint64_t seed) const;

  std::size_t n_;
  Numbers numbers_;
  mutable std::map<std::uint64_t, Question> drawn_;
};

}  // namespace gradbook::bench
