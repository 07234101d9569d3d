#include <algorithm>
#include <numeric>
#include <utility>

#include "00_course/random.hpp"
#include "06_training/data.hpp"

namespace gradbook {

std::vector<Batch> batches_of_epoch(std::size_t n, std::size_t size, std::uint64_t seed,
                                    std::uint64_t epoch) {
  // TODO(6.5): shuffle the numbers from the last to the first, then cut them up
  not_started("6.5");
}

Examples gather(const Examples& all, const Batch& batch) {
  // TODO(6.5): a row and a label for each number
  not_started("6.5");
}

}  // namespace gradbook
