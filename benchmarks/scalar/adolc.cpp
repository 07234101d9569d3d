/// @file
/// Times ADOL-C on the network of mlp.hpp, by its fastest way that we know of: trace once, then
/// sweep back.

#include <adolc/adolc.h>
#include <benchmark/benchmark.h>

#include "mlp.hpp"

namespace gradbook::bench {
namespace {

constexpr short kTag = 1;

// `sum += a * b` is one operation to ADOL-C where `sum = sum + a * b` is two
adouble loss(const Problem& problem, const std::vector<adouble>& weights) {
  std::vector<adouble> hidden(16), next(16);
  adouble total = 0;
  for (std::size_t sample = 0; sample < kSamples; ++sample) {
    const double* point = &problem.points[2 * sample];
    const adouble* w = weights.data();

    // The points are plain numbers: ADOL-C records them as constants of an operation
    for (adouble& h : hidden) {
      h = w[2] + w[0] * point[0];
      h += w[1] * point[1];
      h = fmax(h, 0.0);
      w += 3;
    }
    for (adouble& h : next) {
      h = w[16];
      for (std::size_t i = 0; i < 16; ++i) h += w[i] * hidden[i];
      h = fmax(h, 0.0);
      w += 17;
    }
    adouble score = w[16];
    for (std::size_t i = 0; i < 16; ++i) score += w[i] * next[i];
    total += fmax(1.0 - problem.labels[sample] * score, 0.0);
  }

  adouble penalty = 0;
  for (const adouble& w : weights) penalty += w * w;
  return total * 0.01 + penalty * 1e-4;
}

void mlp_gradient(benchmark::State& state) {
  const Problem problem = make_problem();
  std::vector<double> gradient(kWeights);
  double weight_of_loss[] = {1};
  double value = 0;
  for (auto _ : state) {
    trace_on(kTag, 1);  // 1: keep the values, so that no forward sweep has to find them again
    {
      std::vector<adouble> weights(kWeights);
      for (std::size_t i = 0; i < kWeights; ++i) weights[i] <<= problem.weights[i];
      loss(problem, weights) >>= value;
    }
    trace_off();
    fos_reverse(kTag, 1, kWeights, weight_of_loss, gradient.data());
  }
  using benchmark::Counter;
  state.counters["nodes"] = kNodes;
  state.counters["nodes_per_second"] = Counter(kNodes, Counter::kIsIterationInvariantRate);
  state.counters["checksum"] = checksum(value, gradient);
}

BENCHMARK(mlp_gradient)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  benchmark::AddCustomContext("engine", "ADOL-C");
  benchmark::AddCustomContext("version", ADOLC_VERSION);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
