/// @file
/// What hidden cases of the ladder have in common: products observed, and their counters judged.
#pragma once

#include <string>

#include "support/kernel_runs.hpp"
#include "support/products.hpp"

namespace gradbook {

/// "33 × 31, k = 17, alpha = 2, lda = 20", for calls and labels.
inline std::string text(const Product& p) {
  const Gemm& g = p.g;
  std::string t = fmt::format("C {} × {}, k = {}", g.m, g.n, g.k);
  if (g.alpha != 1) t += fmt::format(", alpha = {}", g.alpha);
  if (g.beta != 0) t += fmt::format(", beta = {}", g.beta);
  if (g.lda != g.k) t += fmt::format(", lda = {}", g.lda);
  if (g.ldb != g.n) t += fmt::format(", ldb = {}", g.ldb);
  if (g.ldc != g.n) t += fmt::format(", ldc = {}", g.ldc);
  if (p.batch != 1)
    t += fmt::format(", {} of them, strides {}, {}, {}", p.batch, g.stride_a, g.stride_b,
                     g.stride_c);
  if (p.skip != 0) t += fmt::format(", {} numbers from the beginning of the memory", p.skip);
  return t;
}

/// Runs one and observes C, with what lies between its rows.
inline void observe_product(const Rung& rung, const Product& p) {
  calling(fmt::format("matmul_{}_kernel, {}; what lies between rows is NaN", rung.name, text(p)));
  observe(fmt::format("{}: {}", rung.name, text(p)), run_product(rung, p), in_float(p.g.k + 2, 8));
}

/// The same with numbers that are drawn.
inline void observe_product(const Rung& rung, const Gemm& g, int batch = 1, std::size_t skip = 0) {
  observe_product(rung, draw_product(generator(), g, batch, skip));
}

/// The same twice: with C of numbers, and C of NaN, which β = 0 does not let through.
inline void observe_over_nan(const Rung& rung, const Gemm& g) {
  observe_product(rung, with_nan_in_c(draw_product(generator(), g)));
}

/// Runs one with warps counted, and observes C and the counters, as "C of naive", "naive: …".
inline void observe_counted(const Rung& rung, const Gemm& g) {
  const Product p = draw_product(generator(), g);
  calling(fmt::format("matmul_{}_kernel, {}, and its counters", rung.name, text(p)));
  count_warps(true);
  const std::vector<float> c = run_product(rung, p);
  count_warps(false);
  const std::string name = rung.name;
  observe("C of " + name, c);
  observe_counters(name);
  observe(name + ": elements", static_cast<std::int64_t>(c.size()));
}

/// Whether observe_counted() saw the right C.
inline bool right(const Observations& student, const Observations& reference,
                  const std::string& name) {
  const std::vector<double>&got = reals(student, "C of " + name),
        &expected = reals(reference, "C of " + name);
  if (got.size() != expected.size()) return false;
  for (std::size_t i = 0; i < got.size(); ++i)
    if (!(std::fabs(got[i] - expected[i]) <= 1e-4 * (1 + std::fabs(expected[i])))) return false;
  return true;
}

/// What a counter is, and what the reference needs.
struct Cost {
  std::int64_t got;   ///< counted
  std::int64_t most;  ///< what the contract allows, which the reference needs
};

/// A counter of observe_counted().
inline Cost cost(const Observations& student, const Observations& reference,
                 const std::string& name, const char* counter) {
  const std::string label = name + ": " + counter;
  return {integer(student, label), integer(reference, label)};
}

/// A counter for each element of C.
inline double each(const Observations& reference, const std::string& name, std::int64_t counted) {
  return static_cast<double>(counted) /
         static_cast<double>(integer(reference, name + ": elements"));
}

}  // namespace gradbook
