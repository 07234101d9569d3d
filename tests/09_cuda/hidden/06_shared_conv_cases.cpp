#include <fmt/format.h>

#include <cmath>

#include "09_cuda/convolution.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

// Small whole numbers, whose sums are exact in whatever order
std::vector<float> whole_numbers(std::string_view label, int n) {
  std::vector<float> numbers(static_cast<std::size_t>(n));
  for (float& x : numbers) x = static_cast<float>(draw_integer(-9, 9));
  return input(label, std::move(numbers));
}

struct Line {
  int n, taps;
  unsigned grid, block;
};

std::string text(const Line& l) {
  return fmt::format("{} numbers, {} taps, {} blocks of {}", l.n, l.taps, l.grid, l.block);
}

void convolve_lines(std::span<const Line> lines) {
  for (const Line& l : lines) {
    const auto n = static_cast<std::size_t>(l.n);
    const DeviceBuffer<float> x(input_floats("x", n)),
        w(input_floats("w", static_cast<std::size_t>(l.taps)));
    DeviceBuffer<float> y(n);
    calling("convolve_kernel, " + text(l));
    expect_written_once(y.data());
    launch(convolve_kernel, l.grid, l.block)(x.data(), w.data(), y.data(), l.n, l.taps);
    observe_floats("y, " + text(l), y, in_float(l.taps, 4));
  }
}

CASE(shared_conv, lines, "each output has its neighbours, whichever block they are in",
     {.weight = 2}) {
  constexpr Line kLines[] = {{32, 3, 1, 32},  {33, 3, 2, 32},    {31, 5, 1, 32},  {100, 7, 4, 25},
                             {96, 17, 3, 32}, {128, 1, 4, 32},   {97, 15, 7, 16}, {200, 9, 2, 128},
                             {64, 11, 2, 32}, {1023, 5, 1, 1024}};
  convolve_lines(kLines);
}

CASE(shared_conv, short_lines, "x may be shorter than the filter, and than a block") {
  constexpr Line kLines[] = {{1, 1, 1, 32},  {1, 17, 1, 64}, {2, 5, 1, 32},
                             {7, 17, 1, 96}, {5, 3, 2, 32},  {40, 9, 3, 32}};
  convolve_lines(kLines);
}

CASE(shared_conv, few_threads, "a block may have fewer threads than the filter has numbers") {
  constexpr Line kLines[] = {{33, 17, 3, 16}, {9, 9, 2, 8}, {20, 5, 5, 4}, {1, 3, 1, 2}};
  convolve_lines(kLines);
}

CASE(shared_conv, small_blocks, "a few threads fetch many more numbers than they are") {
  constexpr Line kLines[] = {{3, 17, 3, 1}, {13, 17, 5, 3}, {20, 15, 3, 8}, {9, 9, 3, 4}};
  convolve_lines(kLines);
}

struct Area {
  int rows, columns, taps;
  dim3 grid, block;
};

std::string text(const Area& a) {
  return fmt::format("({}, {}), {} taps, {} × {} blocks of {} × {}", a.rows, a.columns, a.taps,
                     a.grid.x, a.grid.y, a.block.x, a.block.y);
}

void convolve_areas(std::span<const Area> areas) {
  for (const Area& a : areas) {
    const DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(a.rows * a.columns))),
        w(input_floats("w", static_cast<std::size_t>(a.taps * a.taps)));
    DeviceBuffer<float> y(x.size());
    calling("convolve_2d_kernel, " + text(a));
    expect_written_once(y.data());
    launch(convolve_2d_kernel, a.grid, a.block)(x.data(), w.data(), y.data(), a.rows, a.columns,
                                                a.taps);
    observe("y, " + text(a), std::span<const float>(y.to_host()),
            {static_cast<std::uint64_t>(a.rows), static_cast<std::uint64_t>(a.columns)},
            in_float(a.taps * a.taps, 4));
  }
}

CASE(shared_conv, areas, "four sides, four corners, and rows that are as long as they are",
     {.weight = 2}) {
  const Area kAreas[] = {{8, 8, 3, {1, 1}, {8, 8}},   {16, 24, 3, {3, 2}, {8, 8}},
                         {9, 7, 5, {1, 2}, {8, 8}},   {7, 33, 7, {5, 2}, {8, 4}},
                         {33, 5, 3, {2, 5}, {4, 8}},  {31, 33, 5, {2, 1}, {32, 32}},
                         {12, 10, 1, {3, 3}, {4, 4}}, {20, 18, 9, {2, 4}, {16, 6}}};
  convolve_areas(kAreas);
}

CASE(shared_conv, odd_areas, "matrices and blocks that are smaller than the filter") {
  const Area kAreas[] = {{1, 1, 3, {1, 1}, {8, 8}},  {1, 20, 5, {3, 1}, {8, 2}},
                         {20, 1, 5, {1, 3}, {2, 8}}, {5, 6, 9, {6, 5}, {1, 1}},
                         {6, 7, 17, {3, 3}, {3, 2}}, {3, 4, 17, {1, 1}, {16, 16}}};
  convolve_areas(kAreas);
}

CASE(shared_conv, nothing, "where there is no output, nothing is written") {
  const DeviceBuffer<float> x(input_floats("x", 40)), w(input_floats("w", 9));
  DeviceBuffer<float> y(input_floats("y before", 40));
  calling("convolve_kernel with n = 0, convolve_2d_kernel with no rows, then with no columns");
  launch(convolve_kernel, 1, 40)(x.data(), w.data(), y.data(), 0, 9);
  launch(convolve_2d_kernel, 1, dim3{8, 8})(x.data(), w.data(), y.data(), 0, 5, 3);
  launch(convolve_2d_kernel, 1, dim3{8, 8})(x.data(), w.data(), y.data(), 5, 0, 3);
  observe_floats("y after", y);
  observe_floats("x after", x);
}

CASE(shared_conv, not_a_number_inside, "NaN reaches its neighbours, and nobody else") {
  for (const int place : {0, 15, 16, 39}) {
    std::vector<float> numbers(40);
    for (float& x : numbers) x = static_cast<float>(draw(-2, 2));
    numbers[static_cast<std::size_t>(place)] = NAN;
    const DeviceBuffer<float> x(input("x", numbers)), w(input_floats("w", 5));
    DeviceBuffer<float> y(40);
    calling(fmt::format("convolve_kernel, 3 blocks of 16, x[{}] is NaN", place));
    launch(convolve_kernel, 3, 16)(x.data(), w.data(), y.data(), 40, 5);
    observe_floats(fmt::format("y, NaN at {}", place), y, in_float(5, 4));
  }
}

// The share that is earned by reading so much more than the reference
Verdict as_few_reads(const Observations& student, const Observations& reference, int outputs,
                     int naive) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto reads = integer(student, "counted: global reads"),
             least = integer(reference, "counted: global reads");
  if (reads <= least) return pass();
  const std::string says = fmt::format(
      "{} reads of device memory for {} outputs, and {} are enough: a block reads each number of x "
      "that it wants once, and the filter once",
      reads, outputs, least);
  return partly(reads >= naive ? 0.2 : 0.5, says);
}

CASE(shared_conv, reads, "a block reads each number once, and the filter once", {.weight = 2}) {
  const DeviceBuffer<float> x(whole_numbers("x", 500)), w(whole_numbers("w", 13));
  DeviceBuffer<float> y(500);
  calling("convolve_kernel, 500 whole numbers, 13 taps, 4 blocks of 128");
  launch(convolve_kernel, 4, 128)(x.data(), w.data(), y.data(), 500, 13);
  observe_floats("result", y);
  observe_counters("counted");
}
JUDGE(shared_conv, reads) { return as_few_reads(student, reference, 500, 12 * 500); }

CASE(shared_conv, reads_in_2d, "a block reads each number once, and the filter once",
     {.weight = 2}) {
  const DeviceBuffer<float> x(whole_numbers("x", 30 * 30)), w(whole_numbers("w", 49));
  DeviceBuffer<float> y(30 * 30);
  calling("convolve_2d_kernel, (30, 30) whole numbers, 7 × 7 taps, 4 blocks of 16 × 16");
  launch(convolve_2d_kernel, dim3{2, 2}, dim3{16, 16})(x.data(), w.data(), y.data(), 30, 30, 7);
  observe_floats("result", y);
  observe_counters("counted");
}
JUDGE(shared_conv, reads_in_2d) { return as_few_reads(student, reference, 900, 40 * 900); }

CASE(shared_conv, neighbours_fetch_neighbours, "threads side by side fetch numbers side by side") {
  const DeviceBuffer<float> x(whole_numbers("x", 1024)), w(whole_numbers("w", 9));
  DeviceBuffer<float> y(1024);
  calling("convolve_kernel, 1024 whole numbers, 9 taps, 4 blocks of 256");
  count_warps(true);
  launch(convolve_kernel, 4, 256)(x.data(), w.data(), y.data(), 1024, 9);
  count_warps(false);
  observe_floats("result", y);
  observe_counters("counted");
}
JUDGE(shared_conv, neighbours_fetch_neighbours) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto sectors = integer(student, "counted: global sectors"),
             least = integer(reference, "counted: global sectors"),
             conflicts = integer(student, "counted: bank conflicts");
  if (conflicts > 0)
    return partly(0.4, fmt::format("{} times a warp waited once more for a bank of shared memory: "
                                   "let neighbours take neighbours",
                                   conflicts));
  if (sectors <= 2 * least) return pass();
  return partly(0.4, fmt::format("the warps touched {} sectors of 32 bytes where {} would do: "
                                 "thread t fetches number t, and then number t + block",
                                 sectors, least));
}

PROOF(shared_conv, plain_loops) {
  const std::vector<double> drawn = draw_list(400 + 25, -2, 2);
  const std::vector<float> numbers(drawn.begin(), drawn.begin() + 400),
      filter(drawn.begin() + 400, drawn.end());
  const DeviceBuffer<float> x(numbers), w(filter);
  DeviceBuffer<float> line(400), area(400);
  launch(convolve_kernel, 13, 31)(x.data(), w.data(), line.data(), 400, 5);
  launch(convolve_2d_kernel, dim3{4, 2}, dim3{7, 8})(x.data(), w.data(), area.data(), 16, 25, 5);
  const std::vector<float> y = line.to_host(), z = area.to_host();
  for (int i = 0; i < 400; ++i) {
    double sum = 0, around = 0;
    for (int k = 0; k < 5; ++k) {
      const int at = i + k - 2, row = i / 25 + k - 2;
      if (at >= 0 && at < 400) sum += double{filter[k]} * numbers[at];
      for (int l = 0; l < 5; ++l) {
        const int column = i % 25 + l - 2;
        if (row >= 0 && row < 16 && column >= 0 && column < 25)
          around += double{filter[k * 5 + l]} * numbers[row * 25 + column];
      }
    }
    prove_close("line", y[i], sum, 1e-4);
    prove_close("area", z[i], around, 1e-4);
  }
}

}  // namespace
}  // namespace gradbook
