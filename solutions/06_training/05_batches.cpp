#include <algorithm>
#include <numeric>
#include <utility>

#include "00_course/random.hpp"
#include "06_training/data.hpp"

namespace gradbook {

std::vector<Batch> batches_of_epoch(std::size_t n, std::size_t size, std::uint64_t seed,
                                    std::uint64_t epoch) {
  // SOLUTION BEGIN  shuffle the numbers from the last to the first, then cut them up
  if (size == 0) throw RangeError("batches_of_epoch: a batch of 0 examples");
  Batch order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(seed + epoch);
  for (std::size_t i = n; i-- > 1;) std::swap(order[i], order[random.below(i + 1)]);

  std::vector<Batch> batches;
  for (std::size_t first = 0; first < n; first += std::min(size, n - first)) {
    const auto begin = order.begin() + static_cast<std::ptrdiff_t>(first);
    batches.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(std::min(size, n - first)));
  }
  return batches;
  // SOLUTION END
}

Examples gather(const Examples& all, const Batch& batch) {
  // SOLUTION BEGIN  a row and a label for each number
  const std::size_t width = all.inputs.shape(1);
  Examples some{Matrix::from_shape({batch.size(), width}), std::vector<Label>(batch.size())};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    if (batch[i] >= all.size()) throw RangeError("gather: example ", batch[i], " of ", all.size());
    std::copy_n(all.inputs.data() + batch[i] * width, width, some.inputs.data() + i * width);
    some.labels[i] = all.labels[batch[i]];
  }
  return some;
  // SOLUTION END
}

}  // namespace gradbook
