// What a number costs to read when the numbers are 1, 2, 4, … places apart: measured on the machine
// that draws the figure, in a block that no cache holds.
#include <algorithm>
#include <chrono>
#include <map>
#include <string>

#include "03_tensor/array.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr std::int64_t kNumbers = std::int64_t{1} << 24;  // 128 MiB of doubles
constexpr std::int64_t kLargestStride = 512;              // 4 KiB: one number of each page
constexpr int kRuns = 20;                                 // the quickest counts

// Eight sums, so that no addition waits for the one before
Real sum(const Array& a) {
  Real sums[8] = {};
  const std::int64_t stride = a.strides()[0];
  const Real* at = a.data();
  for (std::int64_t i = 0; i + 8 <= a.size(); i += 8) {
    for (Real& one : sums) {
      one += *at;
      at += stride;
    }
  }
  Real all = 0;
  for (const Real one : sums) all += one;
  return all;
}

double nanoseconds_each(const Array& a) {
  const auto start = std::chrono::steady_clock::now();
  if (sum(a) != static_cast<Real>(a.size())) throw std::runtime_error("a sum of ones is wrong");
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - start;
  return took.count() / static_cast<double>(a.size());
}

void draw(const std::filesystem::path& folder) {
  const Array ones = Array::ones({kNumbers});
  // All strides in each run, so that what disturbs one run disturbs all of them
  std::map<std::int64_t, double> best;
  for (int run = 0; run < kRuns; ++run) {
    for (std::int64_t stride = 1; stride <= kLargestStride; stride *= 2) {
      const double took = nanoseconds_each(slice(ones, 0, {0, kNumbers, stride}));
      const auto [known, first] = best.emplace(stride, took);
      if (!first) known->second = std::min(known->second, took);
    }
  }
  std::string table = "stride\tnanoseconds\n";
  for (const auto& [stride, took] : best) table += fmt::format("{}\t{}\n", stride, took);
  write_output(folder / "stride_cost.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
