/// @file
/// Times the fast loops of 3.15 and the matrix product of 3.11.

#include "data.hpp"

#include "03_tensor/loops.hpp"
#include "03_tensor/matmul.hpp"
#include "03_tensor/primitive.hpp"

namespace gradbook::bench {
namespace {

int threads = 1;

Array array(const Shape& shape, std::uint32_t list) {
  return {shape, numbers(static_cast<std::size_t>(size_of(shape)), list)};
}

double sum_of(const Array& a) { return checksum({a.data(), static_cast<std::size_t>(a.size())}); }

// Each call makes its result anew, as an expression does
void zipped(benchmark::State& state, const ZipPrimitive& f, const Array& a, const Array& b) {
  const Shape shape = broadcast_shape(a.shape(), b.shape());
  Array out;
  for (auto _ : state) {
    out = Array();
    out = Array(shape);
    zip_runs(f, a, b, out, threads);
  }
  report(state, static_cast<double>(out.size()), sum_of(out));
}

void mapped(benchmark::State& state, const MapPrimitive& f, const Array& a) {
  Array out;
  for (auto _ : state) {
    out = Array();
    out = Array(a.shape());
    map_runs(f, a, out, threads);
  }
  report(state, static_cast<double>(out.size()), sum_of(out));
}

void reduced(benchmark::State& state, const Array& a, const Axes& axes) {
  Array out;
  for (auto _ : state) out = reduce_runs(primitives::sum, a, axes, false, threads);
  report(state, static_cast<double>(a.size()), sum_of(out));
}

void product(benchmark::State& state) {
  const std::int64_t n = state.range(0);
  const Array a = array({n, n}, 1), b = array({n, n}, 2);
  Array out({n, n});
  const MatrixView left{a.data(), n, n, n, 1}, right{b.data(), n, n, n, 1};
  for (auto _ : state) matmul_blocked(left, right, out.mutable_data(), threads);
  report(state, 2.0 * static_cast<double>(n * n * n), sum_of(out));
}

void list(std::int64_t n, const char* add, const char* mul, const char* exp) {
  benchmark::RegisterBenchmark(add, [n](benchmark::State& state) {
    zipped(state, primitives::add, array({n}, 1), array({n}, 2));
  });
  benchmark::RegisterBenchmark(mul, [n](benchmark::State& state) {
    zipped(state, primitives::mul, array({n}, 1), array({n}, 2));
  });
  benchmark::RegisterBenchmark(
      exp, [n](benchmark::State& state) { mapped(state, primitives::exp, array({n}, 1)); });
}

void register_all() {
  using benchmark::RegisterBenchmark;
  using benchmark::State;
  list(1'000'000, "add/1e6", "mul/1e6", "exp/1e6");
  list(10'000'000, "add/1e7", "mul/1e7", "exp/1e7");
  RegisterBenchmark("add_column", [](State& state) {
    zipped(state, primitives::add, array({1000, 1000}, 1), array({1000, 1}, 2));
  });
  RegisterBenchmark("add_permuted", [](State& state) {
    zipped(state, primitives::add, array({1000, 1000}, 1), permute(array({1000, 1000}, 2), {1, 0}));
  });
  RegisterBenchmark("sum", [](State& state) { reduced(state, array({1'000'000}, 1), {0}); });
  RegisterBenchmark("sum_axis_0", [](State& state) {
    reduced(state, array({1000, 1000}, 1), {0});
  });
  RegisterBenchmark("sum_axis_1", [](State& state) {
    reduced(state, array({1000, 1000}, 1), {1});
  });
  RegisterBenchmark("matmul", product)->RangeMultiplier(2)->Range(256, 1024);
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  gradbook::bench::threads = gradbook::bench::threads_of(argc, argv);
  gradbook::bench::register_all();
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
