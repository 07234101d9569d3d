/// @file
/// Times a step of training of the recurrent language model of 7.8, with the product of 3.11 and
/// with OpenBLAS; `--threads=2`: by two threads.

#include "../blas_product.hpp"
#include "../count_news.hpp"
#include "../data.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/rnn_lm.hpp"

namespace gradbook::bench {
namespace {

constexpr std::size_t kSymbols = 65, kEmbedding = 64, kSequences = 32, kSteps = 64;

std::vector<Label> drawn_ids(std::uint32_t list) {
  std::vector<Label> ids(kSteps * kSequences);
  std::uint32_t i = 0;
  for (Label& id : ids) id = static_cast<Label>(number(i++, list) * kSymbols);
  return ids;
}

// The sum of the first losses, and then how long a step takes and what it allocates
void step(benchmark::State& state, const Product& product, Cell cell, std::size_t hidden) {
  use_product(product);
  Random random(1);
  RnnLM model({.vocabulary = kSymbols, .embedding = kEmbedding, .hidden = hidden, .cell = cell},
              random);
  std::uint32_t list = 1;
  for (Parameter* parameter : model.parameters()) {
    std::uint32_t i = 0;
    for (Real& x : parameter->value()) x = (number(i++, list) - 0.5f) * 0.2f;
    ++list;
  }
  SGD optimizer(model.parameters(), {.rate = 0.1});
  const std::vector<Label> ids = drawn_ids(11), targets = drawn_ids(12);
  model.begin(kSequences);
  const auto one = [&] {
    Module& loss = model.loss(ids, targets);
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
    return loss.out_tensor(0, 0);
  };
  double losses = 0;
  for (int i = 0; i < 3; ++i) losses += static_cast<double>(one());
  const std::int64_t before = news + system_allocations();
  for (auto _ : state) benchmark::DoNotOptimize(one());
  const std::int64_t asked = news + system_allocations() - before;
  state.counters["allocations"] =
      static_cast<double>(asked) / static_cast<double>(state.iterations());
  report(state, 1, losses);
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  using namespace gradbook;
  const int wanted = bench::threads_of(argc, argv);
  use_threads(wanted);
  openblas_set_num_threads(wanted);
  for (const Product* product : {&blocked_product, &bench::blas_product}) {
    for (const auto& [name, cell] : {std::pair("rnn", Cell::rnn), std::pair("gru", Cell::gru),
                                     std::pair("lstm", Cell::lstm)}) {
      for (const std::size_t hidden : {128, 256}) {
        auto* const timed = benchmark::RegisterBenchmark(
            (std::string(name) + "/" + std::to_string(hidden) + "/" + product->name).c_str(),
            [=, cell = cell](benchmark::State& state) {
              bench::step(state, *product, cell, hidden);
            });
        if (wanted > 1) timed->UseRealTime();
      }
    }
  }
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("threads", std::to_string(wanted));
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__ ", OpenBLAS for " +
                                             std::string(openblas_get_corename()));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
