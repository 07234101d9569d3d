#include "bench/lm.hpp"

#include <fmt/format.h>

#include "bench/tables.hpp"

namespace gradbook {
namespace {

constexpr int kFewestTurns = 5;
constexpr double kAgree = 1e-5;  // sums of floats, taken in another order

struct Row {
  const char* what;
  const char* threads;  // of ours, and of the other
  const char* ours;
  const char* other;
  const char* theirs;
  double goal;  // 0: none
};

constexpr const char *kOne = "gradbook", *kTwo = "gradbook, two threads", *kTorch = "PyTorch";

constexpr Row kRows[] = {
    {"128 units, beside torch.nn.RNN", kOne, "rnn/128/blocked", kTorch, "rnn/128", 1.5},
    {"the same, step by step in PyTorch", kOne, "rnn/128/blocked", kTorch, "steps/128", 1.5},
    {"256 units, beside torch.nn.RNN", kOne, "rnn/256/blocked", kTorch, "rnn/256", 1.2},
    {"the same, step by step in PyTorch", kOne, "rnn/256/blocked", kTorch, "steps/256", 1.2},
    {"256 units, OpenBLAS's product", kOne, "rnn/256/OpenBLAS", kTorch, "rnn/256", 0},
    {"GRU of 128 units", kOne, "gru/128/blocked", kTorch, "gru/128", 0},
    {"GRU of 256 units", kOne, "gru/256/blocked", kTorch, "gru/256", 0},
    {"LSTM of 128 units", kOne, "lstm/128/blocked", kTorch, "lstm/128", 0},
    {"LSTM of 256 units", kOne, "lstm/256/blocked", kTorch, "lstm/256", 0},
    {"128 units, two threads beside one", kTwo, "rnn/128/blocked", kOne, "rnn/128/blocked", 1.6},
    {"256 units, two threads beside one", kTwo, "rnn/256/blocked", kOne, "rnn/256/blocked", 1.6},
};

Line line_of(const Row& row) {
  return {row.what, row.threads, row.ours, row.other, row.theirs, row.goal, kAgree};
}

std::string table_of(const Comparison& comparison) {
  std::string text =
      "| a step of 32 × 64 characters | takes | the other | times as fast | goal |\n";
  text += "|---|---|---|---|---|\n";
  for (const Row& row : kRows) {
    const Ratio r = comparison.ratio(line_of(row));
    text += r.median == 0
                ? fmt::format("| {} | | not measured | | |\n", row.what)
                : fmt::format("| {} | {:.1f} ms | {:.1f} ms | {:.2f} ({:.2f} to {:.2f}) | {} |\n",
                              row.what, 1e3 / r.ours, 1e3 / r.theirs, r.median, r.least, r.most,
                              goal_text(row.goal, r.median));
  }
  return text;
}

}  // namespace

int bench_lm(const Workshop& workshop, int turns, bool against) {
  const fs::path root = workshop.book().root();
  const fs::path fast = build_fast(root, {"bench_lm"});
  turns = std::max(turns, kFewestTurns);
  const auto ours = [&](const char* name, const char* threads) {
    return Contender{name,
                     {(fast / "benchmarks/bench_lm").string(), threads, "--benchmark_format=json",
                      "--benchmark_min_time=0.1"}};
  };
  std::vector<Contender> contenders = {ours(kOne, "--threads=1"), ours(kTwo, "--threads=2")};
  if (against)
    contenders.push_back({kTorch,
                          {"env", "OMP_NUM_THREADS=1", "OPENBLAS_NUM_THREADS=1", "/usr/bin/python3",
                           "-B", (root / "benchmarks/lm/torch_lm.py").string()}});

  fmt::print(
      "P3, P4: steps a second of a character model: 65 symbols, 64 numbers each, 32 sequences of "
      "64\n");
  std::fflush(stdout);
  const Comparison comparison = run_in_turn(contenders, turns);
  int status = 0;
  if (against) {
    std::vector<Line> lines;
    for (const Row& row : kRows) lines.push_back(line_of(row));
    status = comparison.print(lines);
    const fs::path table = root / "modules/07_language_models/tables/step.md";
    write_atomically(table, with_setting(table_of(comparison), comparison, turns));
    fmt::print("the table of chapter 07 is written: {}\n", table.string());
  }
  for (const auto& [benchmark, measured] : comparison.results.at(kOne)) {
    fmt::print("  {:<20} {:6.2f} ms a step, {:g} allocations\n", benchmark,
               1e3 / comparison.median(kOne, benchmark), measured.allocations);
    if (measured.allocations > 0) status = 1;
  }
  return status;
}

}  // namespace gradbook
