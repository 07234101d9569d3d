/// @file
/// Times xtensor, with xsimd, on the operations of ours.cpp.

#include <xtensor/xarray.hpp>
#include <xtensor/xmath.hpp>
#include <xtensor/xnoalias.hpp>
#include <xtensor/xstrided_view.hpp>
#include <xtensor/xtensor.hpp>
#include <xtensor/xtensor_config.hpp>

#include "../data.hpp"

namespace gradbook::bench {
namespace {

using Line = xt::xtensor<float, 1>;
using Grid = xt::xtensor<float, 2>;

Line line(std::size_t n, std::uint32_t list) {
  Line result = Line::from_shape({n});
  const std::vector<float> values = numbers(n, list);
  std::copy(values.begin(), values.end(), result.begin());
  return result;
}

Grid grid(std::size_t rows, std::size_t columns, std::uint32_t list) {
  Grid result = Grid::from_shape({rows, columns});
  const std::vector<float> values = numbers(rows * columns, list);
  std::copy(values.begin(), values.end(), result.begin());
  return result;
}

// Into memory that is there already, which is the best that it can do
template <class Out, class Expression>
void evaluated(benchmark::State& state, Out out, std::size_t elements, Expression&& expression) {
  for (auto _ : state) {
    xt::noalias(out) = expression();
    benchmark::ClobberMemory();
  }
  report(state, static_cast<double>(elements), checksum({out.data(), out.size()}));
}

void register_all() {
  using benchmark::RegisterBenchmark;
  using benchmark::State;
  RegisterBenchmark("add/1e6", [](State& state) {
    const Line a = line(1'000'000, 1), b = line(1'000'000, 2);
    evaluated(state, a, a.size(), [&] { return a + b; });
  });
  RegisterBenchmark("mul/1e6", [](State& state) {
    const Line a = line(1'000'000, 1), b = line(1'000'000, 2);
    evaluated(state, a, a.size(), [&] { return a * b; });
  });
  RegisterBenchmark("exp/1e6", [](State& state) {
    const Line a = line(1'000'000, 1);
    evaluated(state, a, a.size(), [&] { return xt::exp(a); });
  });
  const auto immediately = xt::evaluation_strategy::immediate;
  RegisterBenchmark("add_column", [](State& state) {
    const Grid a = grid(1000, 1000, 1), b = grid(1000, 1, 2);
    evaluated(state, a, a.size(), [&] { return a + b; });
  });
  RegisterBenchmark("add_permuted", [](State& state) {
    const Grid a = grid(1000, 1000, 1), b = grid(1000, 1000, 2);
    evaluated(state, a, a.size(), [&] { return a + xt::transpose(b); });
  });
  RegisterBenchmark("sum", [=](State& state) {
    const Line a = line(1'000'000, 1);
    float sum = 0;
    for (auto _ : state) benchmark::DoNotOptimize(sum = xt::sum(a, immediately)());
    report(state, 1e6, sum);
  });
  RegisterBenchmark("sum_axis_0", [=](State& state) {
    const Grid a = grid(1000, 1000, 1);
    evaluated(state, line(1000, 0), a.size(), [&] { return Line(xt::sum(a, {0}, immediately)); });
  });
  RegisterBenchmark("sum_axis_1", [=](State& state) {
    const Grid a = grid(1000, 1000, 1);
    evaluated(state, line(1000, 0), a.size(), [&] { return Line(xt::sum(a, {1}, immediately)); });
  });
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  gradbook::bench::threads_of(argc, argv);  // it knows one
  gradbook::bench::register_all();
  benchmark::AddCustomContext("engine", "xtensor");
  benchmark::AddCustomContext("version", std::to_string(XTENSOR_VERSION_MAJOR) + "." +
                                             std::to_string(XTENSOR_VERSION_MINOR) + "." +
                                             std::to_string(XTENSOR_VERSION_PATCH) + " with xsimd");
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
