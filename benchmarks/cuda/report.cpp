// Prints rows, and compares them with the goals of the ladder.
#include "report.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "hopper.hpp"

namespace gradbook::bench {
namespace {

struct Goal {
  const char* rung;
  double percent;  // of cuBLAS
  int first_size, last_size;
};

// P19: what others have published for such a ladder, and more of its last rung. (Between 78.4 and
// 93.7 there is 84.8 by a search for sizes of tiles, which is no rung here.) And P20
constexpr Goal kGoals[] = {{"naive", 1.3, 4096, 4096},        {"coalesced", 8.5, 4096, 4096},
                           {"tiled", 12.8, 4096, 4096},       {"register-1d", 36.5, 4096, 4096},
                           {"register-2d", 68.7, 4096, 4096}, {"vectorised", 78.4, 4096, 4096},
                           {"warp-tiled", 93.7, 4096, 4096},  {"double-buffered", 95, 4096, 4096},
                           {kHopperName, 100, 4096, 8192}};

double goal_of(const Row& row) {
  for (const Goal& goal : kGoals)
    if (row.rung == goal.rung && row.size >= goal.first_size && row.size <= goal.last_size)
      return goal.percent;
  return 0;
}

std::string percent_or(double share, const char* otherwise) {
  return share > 0 ? fmt::format("{:.1f} %", 100 * share) : otherwise;
}

std::string result_of(const Row& row) {
  return row.finding.empty() ? "right" : "WRONG: " + row.finding;
}

}  // namespace

void Report::begin() const {
  constexpr const char* kCounted = "  {:<26}{:>5}{:>10}{:>10}{:>11}{:>10}   {}\n";
  if (is_for_gpu()) {
    fmt::print("  {:<26}{:>5}{:>11}{:>11}{:>9}{:>14}{:>10}   {}\n", "", "size", "median", "least",
               "TFLOP/s", "of cuBLAS", "of roof", "result");
  } else {
    fmt::print(fmt::runtime(kCounted), "", "", "reads/", "bytes/", "bank", "", "");
    fmt::print(fmt::runtime(kCounted), "rung", "size", "element", "element", "conflicts",
               "barriers", "result");
  }
}

void Report::add(const Row& row) {
  if (!row.absent.empty()) {
    fmt::print("  {:<26}{:>5}   not measured: {}\n", row.rung, row.size, row.absent);
    if (is_for_gpu())
      table_ += fmt::format("| {} | {} | not measured: {} | | | | | | |\n", row.rung, row.size,
                            row.absent);
  } else if (row.counts) {
    fmt::print("  {:<26}{:>5}{:>10.2f}{:>10.1f}{:>11}{:>10}   {}\n", row.rung, row.size,
               row.counts->reads, row.counts->bytes, row.counts->conflicts, row.counts->barriers,
               result_of(row));
  } else {
    add_time(row);
  }
  std::fflush(stdout);
  if (!row.finding.empty()) ++wrong_;
}

void Report::add_time(const Row& row) {
  const bool valid = row.finding.empty();
  if (row.is_cublas && valid) cublas_ms_[{row.size, row.numbers}] = row.median_ms;
  const auto cublas = cublas_ms_.find({row.size, row.numbers});
  const double size = row.size, tflops = 2 * size * size * size / row.median_ms / 1e9,
               share = valid && cublas != cublas_ms_.end() ? cublas->second / row.median_ms : 0;
  const std::string of_cublas = percent_or(share, "not measured"),
                    of_roof = valid ? percent_or(row.roof, "not known") : "";

  std::string goal;
  if (const double percent = goal_of(row); percent > 0 && share > 0) {
    const bool missed = 100 * share < percent;
    goal = fmt::format("{:g} %{}", percent, missed ? ", missed" : "");
    if (missed) ++missed_;
  }
  fmt::print("  {:<26}{:>5}{:>8.3f} ms{:>8.3f} ms{:>9.2f}{:>14}{:>10}   {}{}\n", row.rung, row.size,
             row.median_ms, row.min_ms, tflops, of_cublas, of_roof, result_of(row),
             goal.empty() ? "" : ", goal " + goal);
  table_ += fmt::format("| {} | {} | {:.3f} | {:.3f} | {:.2f} | {} | {} | {} | {} |\n", row.rung,
                        row.size, row.median_ms, row.min_ms, tflops, of_cublas, of_roof, goal,
                        valid ? "" : result_of(row));
}

void Report::add(const Trial& trial) {
  fmt::print("  {:<26}{}\n", trial.cheat,
             trial.caught            ? "caught: " + trial.finding
             : trial.finding.empty() ? "NOT CAUGHT"
                                     : "NOT CAUGHT BY WHAT SHOULD: " + trial.finding);
  if (!trial.caught) ++uncaught_;
  std::fflush(stdout);
}

int Report::end() const {
  if (wrong_ > 0) fmt::print("WRONG: {} rows\n", wrong_);
  if (uncaught_ > 0)
    fmt::print("NOT CAUGHT: {}. Where one that cheats is taken for honest, no row means anything\n",
               uncaught_);
  if (missed_ > 0) fmt::print("MISSED: {} goals\n", missed_);
  return wrong_ + uncaught_ + missed_ > 0 ? 1 : 0;
}

}  // namespace gradbook::bench
