/// @file
/// Times the fast loops of 3.15, the matrix product of 3.11, and training with both.

#include "../data.hpp"
#include "epoch.hpp"

#include "03_tensor/lanes.hpp"
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

void product(benchmark::State& state, std::int64_t n) {
  const Array a = array({n, n}, 1), b = array({n, n}, 2);
  Array out({n, n});
  const MatrixView left{a.data(), n, n, n, 1}, right{b.data(), n, n, n, 1};
  for (auto _ : state) matmul_blocked(left, right, out.mutable_data(), threads);
  report(state, 2.0 * static_cast<double>(n * n * n), sum_of(out));
}

// ---- the ladder of products of (1024, 1024), from the definition on -----------------------------

constexpr std::int64_t kLadder = 1024;

using Rung = void (*)(const Real* a, const Real* b, Real* out, std::int64_t n);

void ijk(const Real* a, const Real* b, Real* out, std::int64_t n) {
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t j = 0; j < n; ++j) {
      Real sum = 0;
      for (std::int64_t k = 0; k < n; ++k) sum += a[i * n + k] * b[k * n + j];
      out[i * n + j] = sum;
    }
  }
}

// The inner loop goes along rows of b and out, and the compiler writes it with vectors
void ikj(const Real* a, const Real* b, Real* out, std::int64_t n) {
  std::fill_n(out, n * n, 0);
  for (std::int64_t i = 0; i < n; ++i) {
    for (std::int64_t k = 0; k < n; ++k) {
      for (std::int64_t j = 0; j < n; ++j) out[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
}

// The same in blocks: one of b, 128 KiB, is used by all rows before the next is read
void blocked(const Real* a, const Real* b, Real* out, std::int64_t n) {
  constexpr std::int64_t kDeep = 64, kWide = 512;
  std::fill_n(out, n * n, 0);
  for (std::int64_t left = 0; left < n; left += kWide) {
    for (std::int64_t top = 0; top < n; top += kDeep) {
      for (std::int64_t i = 0; i < n; ++i) {
        for (std::int64_t k = top; k < top + kDeep; ++k) {
          for (std::int64_t j = left; j < left + kWide; ++j)
            out[i * n + j] += a[i * n + k] * b[k * n + j];
        }
      }
    }
  }
}

void rung(benchmark::State& state, Rung product_of) {
  const Array a = array({kLadder, kLadder}, 1), b = array({kLadder, kLadder}, 2);
  Array out({kLadder, kLadder});
  for (auto _ : state) product_of(a.data(), b.data(), out.mutable_data(), kLadder);
  report(state, 2.0 * kLadder * kLadder * kLadder, sum_of(out));
}

// As many products and sums in registers as this core does at all: nothing is read or written
void peak(benchmark::State& state) {
  constexpr int kChains = 12;  // independent, so that none waits for another
  Lanes sums[kChains];
  for (int i = 0; i < kChains; ++i) sums[i] = Lanes(Real(i));
  const Lanes half(Real(0.5)), one(Real(1));
  constexpr int kRounds = 10000;
  for (auto _ : state) {
    for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
      for (Lanes& sum : sums) sum = xsimd::fma(sum, half, one);
    }
    for (Lanes& sum : sums) benchmark::DoNotOptimize(sum);
  }
  report(state, 2.0 * kLanes * kChains * kRounds, 0);
}

// With several threads the time of this one says little: then it is the clock's that counts
template <class Function>
void add(const char* name, Function function) {
  auto* const made = benchmark::RegisterBenchmark(name, function);
  if (threads > 1) made->UseRealTime();
}

void list(std::int64_t n, const char* add, const char* mul, const char* exp) {
  gradbook::bench::add(add, [n](benchmark::State& state) {
    zipped(state, primitives::add, array({n}, 1), array({n}, 2));
  });
  gradbook::bench::add(mul, [n](benchmark::State& state) {
    zipped(state, primitives::mul, array({n}, 1), array({n}, 2));
  });
  benchmark::RegisterBenchmark(
      exp, [n](benchmark::State& state) { mapped(state, primitives::exp, array({n}, 1)); });
}

void register_all() {
  using benchmark::State;
  list(1'000'000, "add/1e6", "mul/1e6", "exp/1e6");
  list(10'000'000, "add/1e7", "mul/1e7", "exp/1e7");
  add("add_column", [](State& state) {
    zipped(state, primitives::add, array({1000, 1000}, 1), array({1000, 1}, 2));
  });
  add("add_permuted", [](State& state) {
    zipped(state, primitives::add, array({1000, 1000}, 1), permute(array({1000, 1000}, 2), {1, 0}));
  });
  add("sum", [](State& state) { reduced(state, array({1'000'000}, 1), {0}); });
  add("sum_axis_0", [](State& state) { reduced(state, array({1000, 1000}, 1), {0}); });
  add("sum_axis_1", [](State& state) { reduced(state, array({1000, 1000}, 1), {1}); });
  for (const std::int64_t n : {256, 512, 1024})
    add(("matmul/" + std::to_string(n)).c_str(), [n](State& state) { product(state, n); });
  if (threads > 1) return;
  register_epochs();
  add("ladder/ijk", [](State& state) { rung(state, ijk); });
  add("ladder/ikj", [](State& state) { rung(state, ikj); });
  add("ladder/blocked", [](State& state) { rung(state, blocked); });
  add("peak", peak);
}

}  // namespace
}  // namespace gradbook::bench

int main(int argc, char** argv) {
  gradbook::bench::threads = gradbook::bench::threads_of(argc, argv);
  gradbook::bench::register_all();
  benchmark::AddCustomContext("engine", "gradbook");
  benchmark::AddCustomContext("threads", std::to_string(gradbook::bench::threads));
  benchmark::AddCustomContext("version", "built by compiler " __VERSION__);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
