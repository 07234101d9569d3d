/// @file
/// Times a step of the network of 6.6, by hand and by modules, with the product of 3.11 and with
/// OpenBLAS.

#include "../blas_product.hpp"
#include "../count_news.hpp"
#include "../data.hpp"
#include "00_course/function_ref.hpp"
#include "05_modules/activations.hpp"
#include "05_modules/classifier.hpp"
#include "05_modules/layers.hpp"
#include "05_modules/sequential.hpp"
#include "06_training/manual.hpp"

namespace gradbook::bench {
namespace {

constexpr std::size_t kExamples = 64, kInputs = 1000, kHidden = 100, kOutputs = 10;
constexpr double kRate = 1e-6;

Matrix drawn(std::size_t rows, std::size_t columns, std::uint32_t list) {
  auto m = Matrix::from_shape({rows, columns});
  std::uint32_t i = 0;
  for (Real& x : m) x = number(i++, list) - 0.5f;
  return m;
}

Matrix turned(const Matrix& m) {
  auto result = Matrix::from_shape({m.shape(1), m.shape(0)});
  for (std::size_t i = 0; i < m.shape(0); ++i) {
    for (std::size_t j = 0; j < m.shape(1); ++j) result(j, i) = m(i, j);
  }
  return result;
}

// The sum of the first losses, and then how long a step takes and what it allocates
void time_steps(benchmark::State& state, function_ref<Real()> step) {
  double losses = 0;
  for (int i = 0; i < 3; ++i) losses += static_cast<double>(step());
  const std::int64_t before = news + system_allocations();
  for (auto _ : state) benchmark::DoNotOptimize(step());
  const std::int64_t asked = news + system_allocations() - before;
  state.counters["allocations"] =
      static_cast<double>(asked) / static_cast<double>(state.iterations());
  report(state, 1, losses);
}

void by_hand(benchmark::State& state, const Product& product) {
  use_product(product);
  const Matrix x = drawn(kExamples, kInputs, 1), y = drawn(kExamples, kOutputs, 2);
  TwoLayers network{drawn(kInputs, kHidden, 3), drawn(kHidden, kOutputs, 4)};
  time_steps(state, [&] { return manual_step(network, x, y, kRate); });
}

void by_modules(benchmark::State& state, const Product& product) {
  use_product(product);
  Input x(drawn(kExamples, kInputs, 1)), y(drawn(kExamples, kOutputs, 2));
  Random random(1);
  Sequential model;
  model.add<Linear>(kInputs, kHidden, random, false).weight.value() =
      turned(drawn(kInputs, kHidden, 3));
  model.add<ReLU>();
  model.add<Linear>(kHidden, kOutputs, random, false).weight.value() =
      turned(drawn(kHidden, kOutputs, 4));
  MSELoss loss(Reduction::sum);
  GradientDescent optimizer(model.parameters(), kRate);
  time_steps(state, [&] {
    loss.apply_fwd({&model(x), &y});
    optimizer.zero_grad();
    backward(loss);
    optimizer.step();
    return loss.out_tensor(0, 0);
  });
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  using namespace gradbook;
  openblas_set_num_threads(1);
  for (const Product* product : {&blocked_product, &bench::blas_product}) {
    const std::string name = product->name;
    benchmark::RegisterBenchmark(("two_layers/hand/" + name).c_str(),
                                 [=](benchmark::State& state) { bench::by_hand(state, *product); });
    benchmark::RegisterBenchmark(
        ("two_layers/modules/" + name).c_str(),
        [=](benchmark::State& state) { bench::by_modules(state, *product); });
  }
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("threads", "1");
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__ ", OpenBLAS for " +
                                             std::string(openblas_get_corename()));
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
