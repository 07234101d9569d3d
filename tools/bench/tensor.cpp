#include "bench/tensor.hpp"

#include <fmt/format.h>

#include <thread>

#include "bench/tables.hpp"

namespace gradbook {
namespace {

constexpr double kAgree = 1e-5;  // sums of floats, taken in another order
constexpr int kFewestTurns = 5;

struct Row {
  const char* what;
  const char* benchmark;
  const char* peer;  // "PyTorch", "OpenBLAS" or "xtensor"
  double goal;       // 0: none
};

constexpr Row kOneThread[] = {
    {"a + b, 10⁶ numbers", "add/1e6", "PyTorch", 1},
    {"a · b, 10⁶ numbers", "mul/1e6", "PyTorch", 1},
    {"a + b, 10⁷ numbers in fresh memory", "add/1e7", "PyTorch", 5},
    {"exp a, 10⁶ numbers", "exp/1e6", "PyTorch", 2.5},
    {"exp a, 10⁶ numbers", "exp/1e6", "xtensor", 1},
    {"(1000, 1000) + (1000, 1)", "add_column", "PyTorch", 1},
    {"(1000, 1000) + (1000, 1)", "add_column", "xtensor", 0},
    {"(1000, 1000) + transposed", "add_permuted", "PyTorch", 3},
    {"(1000, 1000) + transposed", "add_permuted", "xtensor", 0},
    {"sum of 10⁶", "sum", "PyTorch", 1},
    {"sum of 10⁶", "sum", "xtensor", 0},
    {"sum of (1000, 1000) over axis 0", "sum_axis_0", "PyTorch", 1},
    {"sum of (1000, 1000) over axis 1", "sum_axis_1", "PyTorch", 1},
    {"matrix product, 512", "matmul/512", "OpenBLAS", 0.9},
    {"matrix product, 1024", "matmul/1024", "OpenBLAS", 0.9},
};

constexpr Row kEpochs[] = {
    {"an epoch, 100 and 100 hidden units", "epoch/100", "PyTorch", 2},
    {"an epoch, 200 and 200 hidden units", "epoch/200", "PyTorch", 2},
};

constexpr Row kTwoThreads[] = {
    {"a + b, 10⁶ numbers", "add/1e6", "PyTorch", 0},
    {"a + b, 10⁷ numbers in fresh memory", "add/1e7", "PyTorch", 0},
    {"exp a, 10⁶ numbers", "exp/1e6", "PyTorch", 0},
    {"(1000, 1000) + (1000, 1)", "add_column", "PyTorch", 0},
    {"(1000, 1000) + transposed", "add_permuted", "PyTorch", 0},
    {"sum of 10⁶", "sum", "PyTorch", 0},
    {"matrix product, 512", "matmul/512", "OpenBLAS", 0},
    {"matrix product, 1024", "matmul/1024", "OpenBLAS", 0},
};

Line line_of(const Row& row) {
  return {fmt::format("{}, {}", row.what, row.peer),
          "gradbook",
          row.benchmark,
          row.peer,
          row.benchmark,
          row.goal,
          kAgree};
}

std::string markdown(const Comparison& comparison, std::span<const Row> rows, const char* caption) {
  std::string text =
      fmt::format("| {} | a second | beside | a second | times as fast | goal |\n", caption);
  text += "|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    const Ratio r = comparison.ratio(line_of(row));
    text += fmt::format("| {} | ", row.what);
    if (r.median == 0) {
      text += fmt::format("| {} | | not measured | |\n", row.peer);
      continue;
    }
    text += fmt::format("{:.3g} G | {} | {:.3g} G | {:.2f} ({:.2f} to {:.2f}) | {} |\n",
                        r.ours / 1e9, row.peer, r.theirs / 1e9, r.median, r.least, r.most,
                        goal_text(row.goal, r.median));
  }
  return text;
}

// How long an epoch of 50 points takes
std::string durations(const Comparison& comparison, std::span<const Row> rows) {
  std::string text =
      "| 50 points in batches of 10 | takes | beside | takes | times as fast | goal |\n";
  text += "|---|---|---|---|---|---|\n";
  for (const Row& row : rows) {
    const Ratio r = comparison.ratio(line_of(row));
    text += fmt::format("| {} | ", row.what);
    text += r.median == 0
                ? fmt::format("| {} | | not measured | |\n", row.peer)
                : fmt::format("{:.2f} ms | {} | {:.2f} ms | {:.2f} ({:.2f} to {:.2f}) | {} |\n",
                              50e3 / r.ours, row.peer, 50e3 / r.theirs, r.median, r.least, r.most,
                              goal_text(row.goal, r.median));
  }
  return text;
}

std::string ladder(const Comparison& one, const Comparison& two) {
  struct {
    const char* what;
    const Comparison& comparison;
    const char* name;
    const char* benchmark;
  } const rungs[] = {
      {"ijk, the definition", one, "gradbook", "ladder/ijk"},
      {"ikj, along the rows", one, "gradbook", "ladder/ikj"},
      {"ikj in blocks", one, "gradbook", "ladder/blocked"},
      {"3.11: packed, tiles in vector registers", one, "gradbook", "matmul/1024"},
      {"3.11 on two threads", two, "gradbook", "matmul/1024"},
      {"OpenBLAS", one, "OpenBLAS", "matmul/1024"},
      {"OpenBLAS on two threads", two, "OpenBLAS", "matmul/1024"},
      {"what a core can do at all", one, "gradbook", "peak"},
  };
  const double peak = one.median("gradbook", "peak");
  std::string text =
      "| product of two matrices (1024, 1024) | GFLOP/s | of a core's peak |\n|---|---|---|\n";
  for (const auto& rung : rungs) {
    const double rate = rung.comparison.median(rung.name, rung.benchmark);
    text += rate == 0 ? fmt::format("| {} | not measured | |\n", rung.what)
                      : fmt::format("| {} | {:.3g} | {:.1f}% |\n", rung.what, rate / 1e9,
                                    100 * rate / peak);
  }
  return text;
}

std::vector<Contender> contenders(const fs::path& root, const fs::path& fast, int threads,
                                  bool against) {
  const std::string count = fmt::format("--threads={}", threads);
  const auto program = [&](const char* name) {
    return std::vector<std::string>{(fast / "benchmarks" / name).string(), count,
                                    "--benchmark_format=json", "--benchmark_min_time=0.1"};
  };
  std::vector<Contender> all = {{"gradbook", program("bench_tensor")}};
  if (!against) return all;
  // OpenBLAS beneath PyTorch must not have threads of its own besides PyTorch's
  all.push_back(
      {"PyTorch",
       {"env", fmt::format("OMP_NUM_THREADS={}", threads), "OPENBLAS_NUM_THREADS=1",
        "/usr/bin/python3", "-B", (root / "benchmarks/tensor/torch_tensor.py").string(), count}});
  all.push_back({"OpenBLAS", program("bench_tensor_blas")});
  if (threads == 1) all.push_back({"xtensor", program("bench_tensor_xtensor")});
  return all;
}

int print(const Comparison& comparison, std::span<const Row> rows) {
  std::vector<Line> lines;
  for (const Row& row : rows) lines.push_back(line_of(row));
  return comparison.print(lines);
}

}  // namespace

int bench_tensor(const Workshop& workshop, int turns, bool against) {
  const fs::path root = workshop.book().root();
  const fs::path fast =
      build_fast(root, {"bench_tensor", "bench_tensor_blas", "bench_tensor_xtensor"});
  turns = std::max(turns, kFewestTurns);

  fmt::print("P7 to P13: elements, or operations of a product, a second (preset fast, float)\n");
  std::fflush(stdout);
  const Comparison one = run_in_turn(contenders(root, fast, 1, against), turns);
  if (!against) {
    for (const auto& [benchmark, measured] : one.results.at("gradbook"))
      fmt::print("  {:<16} {:8.2f} G/s\n", benchmark, one.median("gradbook", benchmark) / 1e9);
    fmt::print("beside PyTorch, OpenBLAS and xtensor: gradbook bench tensor --against\n");
    return 0;
  }
  int status = print(one, kOneThread);
  fmt::print("\nP14: points a second in training\n");
  status = std::max(status, print(one, kEpochs));
  fmt::print("\nthe same on two threads\n");
  // Threads that wait for each other measure who else is there, more than anything else
  const bool busy = load() > std::thread::hardware_concurrency() + 1;
  if (busy) fmt::print("  not measured: the machine's load is {:.0f}\n", load());
  const Comparison two =
      busy ? Comparison{} : run_in_turn(contenders(root, fast, 2, against), turns);
  status = std::max(status, print(two, kTwoThreads));

  const fs::path tables = root / "modules/03_tensor/tables";
  write_atomically(tables / "speed.md",
                   with_setting(markdown(one, kOneThread, "one thread"), one, turns));
  write_atomically(tables / "speed_threads.md",
                   with_setting(markdown(two, kTwoThreads, "two threads"), two, turns));
  write_atomically(tables / "ladder.md", with_setting(ladder(one, two), one, turns));
  write_atomically(root / "modules/04_autograd/tables/training.md",
                   with_setting(durations(one, kEpochs), one, turns));
  fmt::print("\n{}\n", ladder(one, two));
  fmt::print("the tables of chapters 03 and 04 are written: {}\n", tables.string());
  return status;
}

}  // namespace gradbook
