#include "bench/emulator.hpp"

#include <fmt/format.h>

#include "bench/tables.hpp"

namespace gradbook {
namespace {

constexpr int kFewestTurns = 5;
constexpr double kAgree = 1e-5;  // sums of floats, taken in another order

constexpr const char *kWatched = "gradbook", *kTwo = "gradbook, two threads",
                     *kUnwatched = "gradbook, compiled without checks", *kThreads = "std::thread",
                     *kSimulator = "numba";
constexpr const char* kSmall = "matmul/64";  // what peers can do in seconds

// A kernel that was launched in one of the ways there are
struct Row {
  const char* what;
  const char* who;
  const char* benchmark;
  double threads;        // of CUDA, in a launch
  bool small = false;    // the peers do the same
  double goal = 0;       // the ratio to numba's simulator to reach; 0: none
  double most_ms = 0;    // how long a launch may take; 0: no matter
  bool is_peer = false;  // it may be absent
};

constexpr double kThreads64 = 64 * 64, kThreads256 = 256 * 256, kElements = 1e6;

constexpr Row kRows[] = {
    {.what = "product of 64², all checks on",
     .who = kWatched,
     .benchmark = "matmul/64/checked",
     .threads = kThreads64,
     .small = true,
     .goal = 200},
    {.what = "product of 64², checks off",
     .who = kWatched,
     .benchmark = "matmul/64/unchecked",
     .threads = kThreads64,
     .small = true},
    {.what = "product of 64², compiled without checks",
     .who = kUnwatched,
     .benchmark = "matmul/64/unchecked",
     .threads = kThreads64,
     .small = true,
     .goal = 1000},
    {.what = "product of 64², a std::thread for each CUDA thread",
     .who = kThreads,
     .benchmark = kSmall,
     .threads = kThreads64,
     .is_peer = true},
    {.what = "product of 64², numba's simulator",
     .who = kSimulator,
     .benchmark = kSmall,
     .threads = kThreads64,
     .is_peer = true},
    {.what = "product of 256², all checks on",
     .who = kWatched,
     .benchmark = "matmul/256/checked",
     .threads = kThreads256,
     .most_ms = 500},
    {.what = "product of 256², all checks on, two threads of the host",
     .who = kTwo,
     .benchmark = "matmul/256/checked",
     .threads = kThreads256,
     .most_ms = 500},
    {.what = "product of 256², checks off",
     .who = kWatched,
     .benchmark = "matmul/256/unchecked",
     .threads = kThreads256},
    {.what = "product of 256², compiled without checks",
     .who = kUnwatched,
     .benchmark = "matmul/256/unchecked",
     .threads = kThreads256},
    {.what = "sum of 10⁶ numbers each, all checks on",
     .who = kWatched,
     .benchmark = "vector_add/checked",
     .threads = kElements},
    {.what = "sum of 10⁶ numbers each, checks off",
     .who = kWatched,
     .benchmark = "vector_add/unchecked",
     .threads = kElements},
    {.what = "sum of 10⁶ numbers each, compiled without checks",
     .who = kUnwatched,
     .benchmark = "vector_add/unchecked",
     .threads = kElements},
};

Line line_of(const Row& row, const char* peer) {
  return {row.what, row.who, row.benchmark, peer, kSmall, peer == kSimulator ? row.goal : 0,
          kAgree};
}

std::string rate_text(double rate) {
  return rate >= 1e6   ? fmt::format("{:.1f} M", rate / 1e6)
         : rate >= 1e4 ? fmt::format("{:.0f} k", rate / 1e3)
                       : fmt::format("{:.1f} k", rate / 1e3);
}

std::string ratio_text(const Ratio& ratio) {
  if (ratio.median == 0) return "not measured";
  return fmt::format("{:.0f} ({:.0f} to {:.0f})", ratio.median, ratio.least, ratio.most);
}

// "500 ms", "500 ms, missed", "200", "200, missed"
std::string goals_of(const Row& row, const Ratio& to_simulator, double ms) {
  if (row.most_ms > 0)
    return fmt::format("{:g} ms{}", row.most_ms, ms > row.most_ms ? ", missed" : "");
  if (to_simulator.median == 0) return "";
  return goal_text(row.goal, to_simulator.median);
}

std::string table_of(const Comparison& comparison) {
  std::string text =
      "| a launch | takes | CUDA threads a second | times as fast as numba's simulator | as a "
      "std::thread each | goal |\n|---|---|---|---|---|---|\n";
  for (const Row& row : kRows) {
    const double rate = comparison.median(row.who, row.benchmark);
    if (rate == 0) {
      text += fmt::format("| {} | not measured | | | | |\n", row.what);
      continue;
    }
    const double ms = 1e3 * row.threads / rate;
    const Ratio simulator = comparison.ratio(line_of(row, kSimulator));
    text += fmt::format("| {} | {:.1f} ms | {} | {} | {} | {} |\n", row.what, ms, rate_text(rate),
                        row.small ? ratio_text(simulator) : "",
                        row.small ? ratio_text(comparison.ratio(line_of(row, kThreads))) : "",
                        goals_of(row, simulator, ms));
  }
  return text;
}

// How often a launch was measured: not where it computed something else
std::size_t turns_of(const Comparison& comparison, const Row& row) {
  const auto who = comparison.results.find(row.who);
  if (who == comparison.results.end() || !who->second.count(row.benchmark)) return 0;
  return who->second.at(row.benchmark).rates.size();
}

// What each launch took. @returns the exit code
int print_times(const Comparison& comparison, int turns, bool against) {
  int status = 0;
  for (const Row& row : kRows) {
    if (row.is_peer && !against) continue;
    const std::size_t measured = turns_of(comparison, row);
    if (!row.is_peer && measured < static_cast<std::size_t>(turns)) {
      fmt::print("  {:<56} FAILED in {} of {} turns: it did not run, or its result is wrong\n",
                 row.what, static_cast<std::size_t>(turns) - measured, turns);
      status = 1;
      continue;
    }
    if (measured == 0) {
      fmt::print("  {:<56} not measured\n", row.what);
      continue;
    }
    const double rate = comparison.median(row.who, row.benchmark);
    const double ms = 1e3 * row.threads / rate;
    const bool missed = row.most_ms > 0 && ms > row.most_ms;
    fmt::print("  {:<56} {:8.1f} ms  {:>7} CUDA threads/s{}\n", row.what, ms, rate_text(rate),
               row.most_ms == 0
                   ? ""
                   : fmt::format(", goal {:g} ms: {}", row.most_ms, missed ? "MISSED" : "reached"));
    if (missed) status = 1;
  }
  return status;
}

int print_ratios(const Comparison& comparison) {
  std::vector<Line> lines;
  for (const char* peer : {kSimulator, kThreads}) {
    for (const Row& row : kRows) {
      if (!row.small) continue;
      lines.push_back(line_of(row, peer));
      lines.back().what = fmt::format("{}: {}", peer, row.what);
    }
  }
  return comparison.print(lines);
}

}  // namespace

int bench_emulator(const Workshop& workshop, int turns, bool against) {
  const fs::path root = workshop.book().root();
  const fs::path fast =
      build_fast(root, {"bench_emulator", "bench_emulator_unwatched", "bench_emulator_threads"});
  const auto program = [&](const char* name, std::vector<std::string> arguments) {
    std::vector<std::string> command = {(fast / "benchmarks" / name).string(),
                                        "--benchmark_format=json", "--benchmark_min_time=0.1"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
  };
  std::vector<Contender> contenders = {
      {kWatched, program("bench_emulator", {})},
      {kTwo, program("bench_emulator", {"--threads=2", "--benchmark_filter=matmul/256/checked"})},
      {kUnwatched, program("bench_emulator_unwatched", {})}};
  if (against) {
    turns = std::max(turns, kFewestTurns);
    contenders.push_back({kThreads, program("bench_emulator_threads", {})});
    contenders.push_back(
        {kSimulator,
         {"/usr/bin/python3", "-B", (root / "benchmarks/emulator/simulator.py").string()}});
  }

  fmt::print("P18: CUDA kernels without a GPU, on one thread of the host if not said otherwise\n");
  std::fflush(stdout);
  const Comparison comparison = run_in_turn(contenders, turns);
  int status = print_times(comparison, turns, against);
  if (!against) {
    fmt::print(
        "beside numba's simulator and a std::thread for each CUDA thread: gradbook bench emulator "
        "--against\n");
    return status;
  }
  status = std::max(status, print_ratios(comparison));
  const fs::path table = root / "kernels/tables/emulator.md";
  fs::create_directories(table.parent_path());
  write_atomically(table, with_setting(table_of(comparison), comparison, turns));
  fmt::print("the table of the emulator is written: {}\n", table.string());
  return status;
}

}  // namespace gradbook
