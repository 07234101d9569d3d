#include <fmt/format.h>

#include "09_cuda/elementwise.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

struct Sizes {
  int n;
  unsigned grid, block;
};

// Blocks that fit, that do not, and far more threads than elements
constexpr Sizes kSizes[] = {{1, 1, 32},    {31, 1, 32},    {33, 2, 32}, {256, 2, 128},
                            {257, 3, 128}, {1000, 8, 128}, {5, 7, 64},  {100, 1, 1024}};

std::string text(const Sizes& s) {
  return fmt::format("{} elements, {} blocks of {}", s.n, s.grid, s.block);
}

CASE(elementwise, blocks, "as few blocks as hold all threads: rounded up, and none for nothing") {
  std::vector<std::int64_t> full, with_a_rest;
  for (const unsigned threads : {1u, 32u, 128u, 1024u}) {
    for (const int n : {0, 1024, 1 << 30}) full.push_back(blocks_for(n, threads));
    for (const int n : {1, 31, 33, 1000}) with_a_rest.push_back(blocks_for(n, threads));
  }
  calling("blocks_for(n, threads) for blocks of 1, 32, 128 and 1024 threads");
  observe("for n = 0, 1024 and 2³⁰, which come out even", full);
  observe("for n = 1, 31, 33 and 1000", with_a_rest);
  const int n = static_cast<int>(input("n", draw_integer(1, 100000)));
  const auto threads = static_cast<unsigned>(input("threads", draw_integer(1, 1024)));
  observe("drawn", static_cast<std::int64_t>(blocks_for(n, threads)));
}

CASE(elementwise, vector_add, "each sum is written once, whatever the number of threads",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    const auto n = static_cast<std::size_t>(s.n);
    if (s.n > static_cast<int>(s.grid * s.block)) continue;
    const DeviceBuffer<float> a(input_floats("a", n)), b(input_floats("b", n));
    DeviceBuffer<float> c(n);
    calling("vector_add_kernel, " + text(s));
    expect_written_once(c.data());
    launch(vector_add_kernel, s.grid, s.block)(a.data(), b.data(), c.data(), s.n);
    observe_floats("c, " + text(s), c);
    observe("reads, " + text(s), last_launch().counters.global_reads);
  }
}

CASE(elementwise, vector_add_of_nothing, "where n is 0 no thread has anything to do") {
  const DeviceBuffer<float> a(input_floats("a", 40)), b(input_floats("b", 40));
  DeviceBuffer<float> c(input_floats("c before", 40));
  calling("vector_add_kernel with n = 0, a block of 40 threads");
  launch(vector_add_kernel, 1, 40)(a.data(), b.data(), c.data(), 0);
  observe_floats("c after", c);
  observe("reads and writes",
          last_launch().counters.global_reads + last_launch().counters.global_writes);
}

CASE(elementwise, in_place, "the result may take the place of an operand") {
  for (const int n : {1, 64, 70}) {
    const auto size = static_cast<std::size_t>(n);
    const DeviceBuffer<float> a(input_floats("a", size));
    DeviceBuffer<float> b(input_floats("b", size)), x(input_floats("x", size, -3, 3));
    calling(fmt::format("vector_add_kernel(a, b, b, {0}), then map_kernel(sigmoid, x, x, {0})", n));
    launch(vector_add_kernel, 3, 32)(a.data(), b.data(), b.data(), n);
    launch(map_kernel, 1, 32)(MapOp::sigmoid, x.data(), x.data(), n);
    observe_floats(fmt::format("b after, {} elements", n), b);
    observe_floats(fmt::format("x after, {} elements", n), x);
  }
}

CASE(elementwise, map,
     "every element gets its turn, with fewer threads than elements and with more", {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    const auto n = static_cast<std::size_t>(s.n);
    for (const unsigned grid : {1u, s.grid}) {
      const DeviceBuffer<float> x(input_floats("x", n, -3, 3));
      DeviceBuffer<float> y(n);
      const std::string what = fmt::format("{} elements, {} blocks of {}", s.n, grid, s.block);
      calling("map_kernel(tanh), " + what);
      expect_written_once(y.data());
      launch(map_kernel, grid, s.block)(MapOp::tanh, x.data(), y.data(), s.n);
      observe_floats("y, " + what, y);
      observe("reads, " + what, last_launch().counters.global_reads);
    }
  }
}

CASE(elementwise, map_of_nothing, "where n is 0 the loop has no turn") {
  DeviceBuffer<float> y(input_floats("y before", 40));
  calling("map_kernel with n = 0, two blocks of 32 threads");
  launch(map_kernel, 2, 32)(MapOp::exp, y.data(), y.data(), 0);
  observe_floats("y after", y);
}

CASE(elementwise, every_op, "op is what the kernel is told, not what it was written with") {
  for (int op = 0; op <= static_cast<int>(MapOp::copy); ++op) {
    const int n = 35 + op;
    DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n), 0.3, 2));
    calling(fmt::format("map_kernel with op {} of {} elements", op, n));
    launch(map_kernel, 2, 32)(static_cast<MapOp>(op), x.data(), x.data(), n);
    observe_floats(fmt::format("y of op {}", op), x, in_float(4, 1));
  }
  for (int op = 0; op <= static_cast<int>(ZipOp::eq); ++op) {
    const int columns = 5 + op % 4;
    const auto n = static_cast<std::size_t>(5 * columns);
    const DeviceBuffer<float> a(input_floats("a", n, 0.3, 2)), b(input_floats("b", n, 0.3, 2));
    DeviceBuffer<float> c(n);
    calling(fmt::format("zip_kernel with op {} of (5, {})", op, columns));
    launch(zip_kernel, dim3{1, 2}, dim3{8, 4})(static_cast<ZipOp>(op), a.data(), b.data(), c.data(),
                                               5, columns);
    observe_floats(fmt::format("c of op {}", op), c, in_float(4, 1));
  }
}

struct Area {
  int rows, columns;
  dim3 grid, block;
};

CASE(elementwise, zip,
     "two axes, each with a guard of its own, and rows that are as long as they are",
     {.weight = 2}) {
  const Area kAreas[] = {{1, 1, {1, 1}, {8, 8}},    {5, 7, {1, 1}, {8, 8}},
                         {7, 5, {1, 1}, {8, 8}},    {8, 8, {1, 1}, {8, 8}},
                         {9, 33, {3, 3}, {16, 4}},  {33, 9, {1, 9}, {16, 4}},
                         {3, 100, {7, 1}, {16, 4}}, {3, 5, {2, 3}, {4, 2}}};
  for (const Area& s : kAreas) {
    const auto n = static_cast<std::size_t>(s.rows * s.columns);
    const DeviceBuffer<float> a(input_floats("a", n)), b(input_floats("b", n));
    DeviceBuffer<float> c(n);
    const std::string what = fmt::format("({}, {}), {} × {} blocks of {} × {}", s.rows, s.columns,
                                         s.grid.x, s.grid.y, s.block.x, s.block.y);
    calling("zip_kernel(sub) of " + what);
    expect_written_once(c.data());
    launch(zip_kernel, s.grid, s.block)(ZipOp::sub, a.data(), b.data(), c.data(), s.rows,
                                        s.columns);
    observe("c, " + what, std::span<const float>(c.to_host()),
            {static_cast<std::uint64_t>(s.rows), static_cast<std::uint64_t>(s.columns)},
            in_float());
  }
}

// What a warp reads in one go comes in sectors of 32 bytes; neighbours share them
Verdict as_few_sectors(const Observations& student, const Observations& reference) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto sectors = integer(student, "counted: global sectors"),
             least = integer(reference, "counted: global sectors");
  if (sectors <= least) return pass();
  return partly(0.3, fmt::format("the warps touched {} sectors of 32 bytes where {} would do: "
                                 "threads side by side, whose x differs by 1, should touch numbers "
                                 "side by side",
                                 sectors, least));
}

CASE(elementwise, neighbours, "threads side by side touch numbers side by side") {
  const DeviceBuffer<float> x(input_floats("x", 4096));
  DeviceBuffer<float> y(4096);
  count_warps(true);
  calling("map_kernel of 4096 elements with 512 threads");
  launch(map_kernel, 4, 128)(MapOp::neg, x.data(), y.data(), 4096);
  observe_floats("result", y);
  observe_counters("counted");
}
JUDGE(elementwise, neighbours) { return as_few_sectors(student, reference); }

CASE(elementwise, neighbours_in_rows, "x goes along a row, so that a warp reads one piece of it") {
  const DeviceBuffer<float> a(input_floats("a", 64 * 64)), b(input_floats("b", 64 * 64));
  DeviceBuffer<float> c(64 * 64);
  count_warps(true);
  calling("zip_kernel of (64, 64) with blocks of 32 × 8");
  launch(zip_kernel, dim3{2, 8}, dim3{32, 8})(ZipOp::mul, a.data(), b.data(), c.data(), 64, 64);
  observe_floats("result", c);
  observe_counters("counted");
}
JUDGE(elementwise, neighbours_in_rows) { return as_few_sectors(student, reference); }

PROOF(elementwise, plain_loops) {
  const std::vector<double> drawn = draw_list(200, -2, 2);
  const std::vector<float> x(drawn.begin(), drawn.begin() + 100),
      y(drawn.begin() + 100, drawn.end());
  const DeviceBuffer<float> a(x), b(y);
  DeviceBuffer<float> c(100);
  launch(vector_add_kernel, 4, 32)(a.data(), b.data(), c.data(), 100);
  const std::vector<float> sum = c.to_host();
  launch(map_kernel, 1, 32)(MapOp::relu, a.data(), c.data(), 100);
  const std::vector<float> positive = c.to_host();
  launch(zip_kernel, dim3{4, 2}, dim3{8, 8})(ZipOp::lt, a.data(), b.data(), c.data(), 4, 25);
  const std::vector<float> less = c.to_host();
  for (std::size_t i = 0; i < 100; ++i) {
    prove_close("sum", sum[i], x[i] + y[i], 0);
    prove_close("relu", positive[i], x[i] > 0 ? x[i] : 0, 0);
    prove_close("less", less[i], x[i] < y[i], 0);
  }
  prove(blocks_for(0, 32) == 0 && blocks_for(32, 32) == 1 && blocks_for(33, 32) == 2, "blocks");
}

}  // namespace
}  // namespace gradbook
