/// @file
/// Times our scalar engines: Scalar with the sort of 2.2, the tape of 2.14, and chains as deep as
/// memory allows.

#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include "02_scalar/scalar.hpp"
#include "02_scalar/tape.hpp"
#include "mlp.hpp"

namespace gradbook::bench {
namespace {

void report(benchmark::State& state, double nodes, double checksum) {
  using benchmark::Counter;
  state.counters["nodes"] = nodes;
  state.counters["nodes_per_second"] = Counter(nodes, Counter::kIsIterationInvariantRate);
  state.counters["checksum"] = checksum;
}

// Builds the graph, differentiates it and gives it back, as a training step does
void mlp_gradient_scalar(benchmark::State& state) {
  const Problem problem = make_problem();
  const std::size_t before = live_nodes();
  std::size_t nodes = 0;
  std::vector<double> gradient(kWeights);
  double sum = 0;
  for (auto _ : state) {
    const std::vector<Scalar> weights(problem.weights.begin(), problem.weights.end());
    const Scalar loss = mlp_loss<Scalar>(problem, weights);
    loss.backward();
    for (std::size_t i = 0; i < kWeights; ++i) gradient[i] = weights[i].grad();
    sum = checksum(loss.value(), gradient);
    nodes = live_nodes() - before;
  }
  report(state, static_cast<double>(nodes), sum);
  if (nodes != kNodes)
    state.SkipWithError("the graph does not have the nodes that mlp.hpp promises");
}

void mlp_gradient_tape(benchmark::State& state) {
  const Problem problem = make_problem();
  Tape tape;
  std::vector<Taped> weights(kWeights);
  std::vector<double> gradient(kWeights);
  double sum = 0;
  for (auto _ : state) {
    tape.clear();
    for (std::size_t i = 0; i < kWeights; ++i) weights[i] = tape.variable(problem.weights[i]);
    const Taped loss = mlp_loss<Taped>(problem, weights);
    tape.backward(loss);
    for (std::size_t i = 0; i < kWeights; ++i) gradient[i] = tape.grad(weights[i]);
    sum = checksum(loss.value(), gradient);
  }
  report(state, kNodes, sum);
}

// x, -x, --x, …: built, differentiated and given back; every node is one level deeper than the last
double chain_slope(std::int64_t nodes) {
  const Scalar x{1.0};
  Scalar y = x;
  for (std::int64_t i = 1; i < nodes; ++i) y = -y;
  y.backward();
  return x.grad();
}

// The first, unmeasured run gets the pool its memory: what the system takes to hand out pages is
// not ours
void deep_chain(benchmark::State& state) {
  const std::int64_t nodes = state.range(0);
  double slope = chain_slope(nodes);
  for (auto _ : state) slope = chain_slope(nodes);
  report(state, static_cast<double>(nodes), slope);
}

BENCHMARK(mlp_gradient_scalar)->Name("mlp_gradient/scalar")->Unit(benchmark::kMillisecond);
BENCHMARK(mlp_gradient_tape)->Name("mlp_gradient/tape")->Unit(benchmark::kMillisecond);
BENCHMARK(deep_chain)
    ->Name("deep_chain")
    ->RangeMultiplier(10)
    ->Range(100'000, 10'000'000)
    ->Unit(benchmark::kMillisecond);

// The stack that a process commonly gets: a chain must not need more
void limit_stack(std::size_t bytes) {
  rlimit limit{};
  getrlimit(RLIMIT_STACK, &limit);
  limit.rlim_cur = bytes;
  setrlimit(RLIMIT_STACK, &limit);
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  gradbook::bench::limit_stack(8 << 20);
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__);
  benchmark::AddCustomContext("stack", "8 MiB");
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
