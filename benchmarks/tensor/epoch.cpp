/// @file
/// Times an epoch of the classifier of 4.10 and 4.11: 50 points in batches of 10.

#include "epoch.hpp"

#include "../data.hpp"
#include "04_autograd/backend.hpp"
#include "04_autograd/training.hpp"

namespace gradbook::bench {
namespace {

constexpr double kRate = 0.05;

// Numbers that torch_tensor.py makes, too, in place of those that were drawn
void fill(const Network& network) {
  const NoGrad quiet;
  std::uint32_t list = 10;
  for (Tensor& parameter : network.parameters()) {
    Array& values = parameter.mutable_value();
    const Array drawn(values.shape(), numbers(static_cast<std::size_t>(values.size()), list++));
    const Tensor spread = 0.4f * (Tensor(drawn) - 0.5f);
    backend().map(primitives::copy, spread.value(), values);
  }
}

void epoch(benchmark::State& state, std::int64_t hidden) {
  const Array points({50, 2}, numbers(100, 7));
  const Array labels = lt(slice(points, 1, {0, 1}), 0.5f).view({50}).value();
  const Network network(hidden, 1);
  fill(network);
  double losses = 0;
  for (const double loss : classify(network, points, labels, {.epochs = 3, .rate = kRate}).losses)
    losses += loss;
  for (auto _ : state) classify(network, points, labels, {.epochs = 1, .rate = kRate});
  report(state, 50, losses);
}

}  // namespace

void register_epochs() {
  use_backend(fast_backend());
  for (const std::int64_t hidden : {100, 200})
    benchmark::RegisterBenchmark(("epoch/" + std::to_string(hidden)).c_str(),
                                 [hidden](benchmark::State& state) { epoch(state, hidden); });
}

}  // namespace gradbook::bench
