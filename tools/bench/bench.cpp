#include "bench/bench.hpp"

#include <fmt/format.h>

#include "bench/emulator.hpp"
#include "bench/grade.hpp"
#include "bench/latency.hpp"
#include "bench/lm.hpp"
#include "bench/matmul.hpp"
#include "bench/modules.hpp"
#include "bench/side_by_side.hpp"
#include "bench/tensor.hpp"

namespace gradbook {
namespace {

// P1: the gradient of a 65,818-node network; P2: the deepest chain on an 8 MiB stack
int bench_scalar(const Workshop& workshop, int alternations) {
  const fs::path root = workshop.book().root();
  const fs::path fast = build_fast(root, {"bench_scalar", "bench_scalar_adolc"});
  const Contender ours{"gradbook",
                       {(fast / "benchmarks/bench_scalar").string(), "--benchmark_format=json",
                        "--benchmark_filter=mlp_gradient", "--benchmark_min_time=0.3"}};
  const Contender adolc{"ADOL-C",
                        {(fast / "benchmarks/bench_scalar_adolc").string(),
                         "--benchmark_format=json", "--benchmark_min_time=0.3"}};
  const Contender objects{
      "Python objects",
      {"/usr/bin/python3", (root / "benchmarks/scalar/object_engine.py").string()}};

  fmt::print(
      "P1: build, differentiate and give back the graph of a network of 65,818 nodes (nodes/s)\n");
  const Comparison comparison = run_in_turn({ours, adolc, objects}, alternations);
  int status = comparison.print({
      {"the sort of 2.2 against Python objects", "gradbook", "mlp_gradient/scalar",
       "Python objects", "mlp_gradient", 100},
      {"    the same, its garbage collector off", "gradbook", "mlp_gradient/scalar",
       "Python objects", "mlp_gradient/without_garbage_collector", 0},
      {"the sort of 2.2 against ADOL-C", "gradbook", "mlp_gradient/scalar", "ADOL-C",
       "mlp_gradient", 0},
      {"the tape of 2.14 against ADOL-C", "gradbook", "mlp_gradient/tape", "ADOL-C", "mlp_gradient",
       2},
  });
  fmt::print(
      "micrograd itself is no Debian package: not measured. \"Python objects\" is our own engine "
      "of its design.\n\n");

  fmt::print("P2: a chain built, differentiated and given back on 8 MiB of stack\n");
  const Contender chains{"gradbook",
                         {ours.command[0], "--benchmark_format=json",
                          "--benchmark_filter=deep_chain", "--benchmark_min_time=0.3"}};
  const Comparison depth = run_in_turn({chains}, 3);
  const double shortest = depth.median("gradbook", "deep_chain/100000");
  for (const char* nodes : {"100000", "1000000", "10000000"}) {
    const double rate = depth.median("gradbook", fmt::format("deep_chain/{}", nodes));
    fmt::print("  {:>9} nodes   {:6.1f} M nodes/s   time a node {:.2f} of that at 100000\n", nodes,
               rate / 1e6, shortest / rate);
    if (rate <= 0) status = 1;
  }
  return status;
}

}  // namespace

int run_bench(const Workshop& workshop, const BenchOptions& options) {
  if (options.what == "scalar") return bench_scalar(workshop, options.alternations);
  if (options.what == "latency") return bench_latency(workshop, options.alternations);
  if (options.what == "grade") return bench_grade(workshop, options.alternations);
  if (options.what == "tensor")
    return bench_tensor(workshop, options.alternations, options.against);
  if (options.what == "lm") return bench_lm(workshop, options.alternations, options.against);
  if (options.what == "modules")
    return bench_modules(workshop, options.alternations, options.against);
  if (options.what == "emulator")
    return bench_emulator(workshop, options.alternations, options.against);
  if (options.what == "matmul") return bench_matmul(workshop);
  throw UserError(
      fmt::format("there is no benchmark \"{}\": there are scalar, tensor, modules, lm, emulator, "
                  "matmul, latency and grade",
                  options.what));
}

}  // namespace gradbook
