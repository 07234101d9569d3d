// What module 09 can do once it is done: climbs the ladder of matrix products, checks each rung
// against float64, and shows what it asks of memory.
#include <fmt/core.h>

#include <cmath>
#include <cstdio>
#include <exception>
#include <vector>

#include "00_course/output.hpp"
#include "00_course/program.hpp"
#include "00_course/random.hpp"
#include "09_cuda/main_options.hpp"
#include "09_cuda/rungs.hpp"

namespace gradbook {
namespace {

// Two square matrices, and their product in float64
struct Problem {
  explicit Problem(int size) : n(static_cast<std::size_t>(size)), a(n * n), b(n * n), exact(n * n) {
    Random random(9);
    for (auto* matrix : {&a, &b})
      for (float& x : *matrix) x = static_cast<float>(random.uniform(-1, 1));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t k = 0; k < n; ++k)
        for (std::size_t j = 0; j < n; ++j)
          exact[i * n + j] += double{a[i * n + k]} * double{b[k * n + j]};
  }
  std::size_t n;
  std::vector<float> a, b;
  std::vector<double> exact;
};

struct Climbed {
  KernelCounters counted;
  double error;  // the furthest element from float64
};

Climbed climb(const Rung& rung, const Problem& p) {
  const DeviceBuffer<float> a(p.a), b(p.b);
  DeviceBuffer<float> c(p.exact.size());
  const int n = static_cast<int>(p.n);
  multiply(rung, {.m = n, .n = n, .k = n}, a.data(), b.data(), c.data());
  Climbed climbed{last_launch().counters, 0};
  const std::vector<float> got = c.to_host();
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double off = std::fabs(got[i] - p.exact[i]);
    if (!(off <= climbed.error)) climbed.error = off;  // NaN stays
  }
  return climbed;
}

double share(std::int64_t part, double whole) {
  return whole > 0 ? static_cast<double>(part) / whole : 0;
}

// What each rung asks of memory: for an element of C, for a request of a warp, for a multiply-add
bool climb_all(const LadderOptions& options) {
  const Problem problem(options.size);
  const auto elements = static_cast<double>(problem.exact.size()),
             products = elements * static_cast<double>(options.size);
  // A sum of n products of at most 1, each rounded
  const double allowed = 1.2e-7 * options.size * 2;
  Output table(options.folder / "matmul_ladder.tsv");
  table.print("rung\treads\tbytes\tintensity\n");
  fmt::print("C = A B of {0} × {0}, emulated: no GPU here, so no time either\n\n", options.size);
  constexpr const char* kHeads = "{:<16}{:>9}{:>9}{:>11}{:>10}{:>11}{:>10}{:>8}{:>10}\n";
  fmt::print(fmt::runtime(kHeads), "", "reads/", "bytes/", "sectors/", "shared/", "bank", "",
             "flops/", "");
  fmt::print(fmt::runtime(kHeads), "rung", "element", "element", "request", "mul-add", "conflicts",
             "barriers", "byte", "error");
  bool all_right = true;
  count_warps(true);
  for (const Rung& rung : rungs()) {
    if (!options.rung.empty() && options.rung != rung.name) continue;
    const auto [counted, error] = climb(rung, problem);
    const double reads = share(counted.global_reads, elements),
                 bytes = share(counted.global_read_bytes, elements),
                 moved =
                     static_cast<double>(counted.global_read_bytes + counted.global_write_bytes),
                 intensity = moved > 0 ? 2 * products / moved : 0;
    const bool right = error <= allowed;
    all_right = all_right && right;
    fmt::print("{:<16}{:>9.2f}{:>9.1f}{:>11.2f}{:>10.4f}{:>11}{:>10}{:>8.2f}{:>10.1e}{}\n",
               rung.name, reads, bytes,
               share(counted.global_sectors, static_cast<double>(counted.global_requests)),
               share(counted.shared_reads, products), counted.bank_conflicts, counted.barriers,
               intensity, error, right ? "" : "  wrong");
    std::fflush(stdout);
    table.print("{}\t{}\t{}\t{}\n", rung.name, reads, bytes, intensity);
  }
  table.close();
  return all_right;
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    const auto options = gradbook::parse_ladder_options(argc, argv);
    if (!options) return 0;
    if (!gradbook::climb_all(*options)) {
      fmt::print(stderr, "a rung is wrong: ./gradbook check 09_cuda says where\n");
      return 1;
    }
  } catch (const gradbook::LadderRefusal& refusal) {
    fmt::print(stderr, "{}\n", refusal.what());
    return gradbook::kRefused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
