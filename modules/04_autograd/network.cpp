#include "04_autograd/network.hpp"

#include <cmath>

#include "00_course/random.hpp"

namespace gradbook {
namespace {

// After a relu, which drops half of what comes in, a variance of 2 / I keeps signals the same size
Tensor draw(std::int64_t inputs, const Shape& shape, Random& random) {
  Array numbers(shape);
  Real* const values = numbers.mutable_data();
  for (std::int64_t i = 0; i < numbers.size(); ++i)
    values[i] = static_cast<Real>(std::sqrt(2.0 / static_cast<double>(inputs > 0 ? inputs : 1)) *
                                  random.normal());
  return {numbers, true};
}

}  // namespace

Network::Network(std::int64_t hidden, std::uint64_t seed) {
  Random random(seed);
  const std::int64_t sizes[] = {2, hidden, hidden, 1};
  for (int layer = 0; layer < 3; ++layer) {
    weights_[layer] = draw(sizes[layer], {sizes[layer], sizes[layer + 1]}, random);
    biases_[layer] = draw(sizes[layer], {sizes[layer + 1]}, random);
  }
}

}  // namespace gradbook
