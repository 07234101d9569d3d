#include "bench/modules.hpp"

#include <fmt/format.h>

#include "bench/tables.hpp"

namespace gradbook {
namespace {

constexpr int kFewestTurns = 5;
constexpr double kAgree = 1e-5;  // sums of floats, taken in another order

struct Row {
  const char* what;
  const char* ours;
  const char* theirs;
  double goal;  // 0: none
};

constexpr Row kRows[] = {
    {"by modules, OpenBLAS's product, beside autograd", "two_layers/modules/OpenBLAS",
     "two_layers/autograd", 1.25},
    {"by modules, OpenBLAS's product, beside torch.nn", "two_layers/modules/OpenBLAS",
     "two_layers/modules", 0},
    {"by modules, the product of 3.11, beside autograd", "two_layers/modules/blocked",
     "two_layers/autograd", 1.25},
    {"by hand, OpenBLAS's product, beside the same", "two_layers/hand/OpenBLAS", "two_layers/hand",
     1.25},
    {"by hand, the product of 3.11, beside the same", "two_layers/hand/blocked", "two_layers/hand",
     1.25},
};

Line line_of(const Row& row) {
  return {row.what, "gradbook", row.ours, "PyTorch", row.theirs, row.goal, kAgree};
}

std::string table_of(const Comparison& comparison) {
  std::string text = "| a step of 64×1000×100×10 | takes | PyTorch | times as fast | goal |\n";
  text += "|---|---|---|---|---|\n";
  for (const Row& row : kRows) {
    const Ratio r = comparison.ratio(line_of(row));
    text += r.median == 0
                ? fmt::format("| {} | | not measured | | |\n", row.what)
                : fmt::format("| {} | {:.0f} µs | {:.0f} µs | {:.2f} ({:.2f} to {:.2f}) | {} |\n",
                              row.what, 1e6 / r.ours, 1e6 / r.theirs, r.median, r.least, r.most,
                              goal_text(row.goal, r.median));
  }
  return text;
}

}  // namespace

int bench_modules(const Workshop& workshop, int turns, bool against) {
  const fs::path root = workshop.book().root();
  const fs::path fast = build_fast(root, {"bench_modules"});
  turns = std::max(turns, kFewestTurns);
  std::vector<Contender> contenders = {{"gradbook",
                                        {(fast / "benchmarks/bench_modules").string(),
                                         "--benchmark_format=json", "--benchmark_min_time=0.1"}}};
  if (against)
    contenders.push_back({"PyTorch",
                          {"env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "/usr/bin/python3",
                           "-B", (root / "benchmarks/modules/torch_modules.py").string()}});

  fmt::print("P5: steps a second of a network 1000 → 100 → 10 on 64 examples, one thread\n");
  std::fflush(stdout);
  const Comparison comparison = run_in_turn(contenders, turns);
  int status = 0;
  if (against) {
    std::vector<Line> lines;
    for (const Row& row : kRows) lines.push_back(line_of(row));
    status = comparison.print(lines);
    const fs::path table = root / "modules/06_training/tables/step.md";
    write_atomically(table, with_setting(table_of(comparison), comparison, turns));
    fmt::print("the table of chapter 06 is written: {}\n", table.string());
  }
  for (const auto& [benchmark, measured] : comparison.results.at("gradbook")) {
    fmt::print("  {:<28} {:6.0f} µs a step, {:g} allocations\n", benchmark,
               1e6 / comparison.median("gradbook", benchmark), measured.allocations);
    if (measured.allocations > 0) status = 1;
  }
  return status;
}

}  // namespace gradbook
