/// @file
/// Examples to learn from, and the batches that they come in.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "05_modules/layer_functions.hpp"

namespace gradbook {

/// Inputs, and the class of each.
struct Examples {
  Matrix inputs;              ///< (N, D)
  std::vector<Label> labels;  ///< (N)

  /// N.
  std::size_t size() const { return labels.size(); }
};

/// The numbers of some examples.
using Batch = std::vector<std::size_t>;

// ---- exercise 6.5 -------------------------------------------------------------------------------

/// All of 0, …, n − 1 in random order, cut into batches; the last has what is left.
///
/// From Random(seed + epoch): for i = n − 1, …, 1 the i-th and the below(i + 1)-th change places.
/// @param n      how many examples there are
/// @param size   of a batch, at least 1; one above n makes one batch
/// @param seed   equal seeds and epochs give equal batches
/// @param epoch  from 0
/// @returns      ⌈n / size⌉ batches
/// @throws RangeError  where size is 0
std::vector<Batch> batches_of_epoch(std::size_t n, std::size_t size, std::uint64_t seed,
                                    std::uint64_t epoch);

/// The examples with these numbers, in this order.
/// @throws RangeError  where there is none with this number, with both
Examples gather(const Examples& all, const Batch& batch);

}  // namespace gradbook
