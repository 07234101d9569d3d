#include <fmt/format.h>

#include <cmath>

#include "09_cuda/scan.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

constexpr Scan kKinds[] = {Scan::inclusive, Scan::exclusive};
constexpr const char* kNames[] = {"inclusive", "exclusive"};

struct Sizes {
  int n;
  unsigned grid, block;
};

CASE(scan, blocks, "each block has its own running sums, whatever its size", {.weight = 2}) {
  constexpr Sizes kSizes[] = {{1, 1, 1},   {1, 1, 32},     {31, 1, 32},   {32, 1, 32},
                              {33, 2, 32}, {33, 1, 64},    {100, 1, 100}, {99, 3, 33},
                              {70, 2, 48}, {1023, 1, 1024}};
  for (const Sizes& s : kSizes) {
    const auto n = static_cast<std::size_t>(s.n);
    const DeviceBuffer<float> x(input_floats("x", n));
    DeviceBuffer<float> y(n), totals(s.grid);
    for (const int kind : {0, 1}) {
      const std::string what =
          fmt::format("{}, {} numbers, {} blocks of {}", kNames[kind], s.n, s.grid, s.block);
      calling("scan_block_kernel, " + what);
      expect_written_once(y.data());
      expect_written_once(totals.data());
      launch(scan_block_kernel, s.grid, s.block)(kKinds[kind], x.data(), y.data(), totals.data(),
                                                 s.n);
      observe_floats("y, " + what, y, in_float(s.block, 2));
      observe_floats("totals, " + what, totals, in_float(s.block, 2));
      observe("reads, " + what, last_launch().counters.global_reads);
    }
  }
}

CASE(scan, without_totals, "where totals is nullptr nobody asks for them") {
  for (const int n : {1, 40, 64, 65}) {
    const auto size = static_cast<std::size_t>(n);
    const DeviceBuffer<float> x(input_floats("x", size));
    DeviceBuffer<float> y(size);
    calling(fmt::format("scan_block_kernel(exclusive) of {} numbers, totals = nullptr", n));
    launch(scan_block_kernel, 2, 64)(Scan::exclusive, x.data(), y.data(), nullptr, n);
    observe_floats(fmt::format("y, {} numbers", n), y, in_float(64, 2));
  }
}

CASE(scan, of_nothing, "blocks without a number have a total of 0 and write nothing else") {
  DeviceBuffer<float> y(input_floats("y before", 50)), totals(3);
  calling("scan_block_kernel of 0 numbers, then of 5, by 3 blocks of 16, and add_offsets of 0");
  expect_written_once(totals.data());
  launch(scan_block_kernel, 3, 16)(Scan::inclusive, y.data(), y.data(), totals.data(), 0);
  observe_floats("y after", y);
  observe_floats("totals of none", totals);
  expect_written_once(totals.data());
  launch(scan_block_kernel, 3, 16)(Scan::inclusive, y.data(), y.data(), totals.data(), 5);
  observe_floats("y after five", y, in_float(5, 2));
  observe_floats("totals of five", totals, in_float(5, 2));
  launch(add_offsets_kernel, 3, 16)(y.data(), totals.data(), 0);
  observe_floats("y in the end", y, in_float(5, 2));
}

CASE(scan, in_place, "the sums may take the place of the numbers") {
  for (const int n : {2, 33, 90, 200}) {
    for (const int kind : {0, 1}) {
      DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n)));
      const std::string what = fmt::format("{}, {} numbers", kNames[kind], n);
      calling("scan_block_kernel with y = x, then scan_on_device likewise, " + what);
      launch(scan_block_kernel, 4, 50)(kKinds[kind], x.data(), x.data(), nullptr, n);
      observe_floats("blocks, " + what, x, in_float(50, 2));
      scan_on_device(kKinds[kind], x.data(), x.data(), n, 16);
      observe_floats("device, " + what, x, in_float(n, 40));
    }
  }
}

CASE(scan, infinite, "what comes after a number has no part in its sum") {
  for (const int place : {0, 1, 30, 31, 32, 63}) {
    const DeviceBuffer<float> x(with_one(64, place, place % 2 == 0 ? INFINITY : NAN));
    DeviceBuffer<float> y(64);
    calling(fmt::format("64 numbers, of which x[{}] is {}", place, place % 2 == 0 ? "∞" : "NaN"));
    launch(scan_block_kernel, 1, 64)(Scan::exclusive, x.data(), y.data(), nullptr, 64);
    observe_floats(fmt::format("one block, at {}", place), y, in_float(64, 2));
    scan_on_device(Scan::inclusive, x.data(), y.data(), 64, 8);
    observe_floats(fmt::format("blocks of 8, at {}", place), y, in_float(64, 2));
  }
}

CASE(scan, offsets, "each number of a block gets what comes before the block") {
  constexpr Sizes kSizes[] = {{1, 1, 32}, {31, 1, 32}, {33, 2, 32}, {100, 5, 20}, {7, 3, 64}};
  for (const Sizes& s : kSizes) {
    DeviceBuffer<float> y(input_floats("y", static_cast<std::size_t>(s.n)));
    const DeviceBuffer<float> offsets(input_floats("offsets", s.grid));
    const std::string what = fmt::format("{} numbers, {} blocks of {}", s.n, s.grid, s.block);
    calling("add_offsets_kernel, " + what);
    expect_written_once(y.data());
    launch(add_offsets_kernel, s.grid, s.block)(y.data(), offsets.data(), s.n);
    observe_floats("y, " + what, y, in_float(1, 2));
  }
}

CASE(scan, on_device, "any count of numbers, by blocks, by blocks of blocks, and so on",
     {.weight = 3}) {
  struct Count {
    int n;
    unsigned threads;
  };
  // With 2 threads 33 numbers take six levels
  constexpr Count kCounts[] = {{1, 2},   {2, 2},   {33, 2},  {31, 32},    {32, 32},
                               {33, 32}, {26, 5},  {125, 5}, {126, 5},    {1025, 32},
                               {700, 8}, {300, 7}, {513, 8}, {1023, 1024}};
  for (const Count& c : kCounts) {
    const auto n = static_cast<std::size_t>(c.n);
    const DeviceBuffer<float> x(input_floats("x", n));
    DeviceBuffer<float> y(n);
    for (const int kind : {0, 1}) {
      const std::string what =
          fmt::format("{}, {} numbers by blocks of {}", kNames[kind], c.n, c.threads);
      calling("scan_on_device, " + what);
      scan_on_device(kKinds[kind], x.data(), y.data(), c.n, c.threads);
      observe_floats("y, " + what, y, in_float(c.n, 20));
    }
    observe(fmt::format("x after, {} by {}", c.n, c.threads), x.to_host());
  }
}

CASE(scan, many, "more numbers than a block has squared") {
  const int n = static_cast<int>(input("n", draw_integer(4200, 4400)));
  const DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n)));
  DeviceBuffer<float> y(x.size());
  calling(fmt::format("scan_on_device(inclusive) of {} numbers by blocks of 64", n));
  scan_on_device(Scan::inclusive, x.data(), y.data(), n, 64);
  observe_floats("y", y, in_float(n, 100));
}

CASE(scan, wrong_blocks,
     "blocks of one thread get nowhere, and more than 1024 threads fit nowhere") {
  const DeviceBuffer<float> x(input_floats("x", 5));
  DeviceBuffer<float> y(5);
  calling("scan_on_device of 5 numbers and of none");
  for (const unsigned threads : {0u, 1u, 1025u})
    observe_error(fmt::format("blocks of {}", threads),
                  [&] { scan_on_device(Scan::inclusive, x.data(), y.data(), 5, threads); });
  observe_error("none, blocks of 1",
                [&] { scan_on_device(Scan::inclusive, nullptr, nullptr, 0, 1); });
  observe_error("none, blocks of 2",
                [&] { scan_on_device(Scan::exclusive, nullptr, nullptr, 0, 2); });
}

CASE(scan, any_order_of_threads_in_a_scan, "the sums are the same bit by bit in any order") {
  const int n = static_cast<int>(input("n", draw_integer(150, 250)));
  const DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n)));
  DeviceBuffer<float> forwards(x.size()), backwards(x.size());
  calling("scan_on_device by blocks of 32, threads running from first to last and back");
  scan_on_device(Scan::inclusive, x.data(), forwards.data(), n, 32);
  use_thread_order(ThreadOrder::descending);
  scan_on_device(Scan::inclusive, x.data(), backwards.data(), n, 32);
  use_thread_order(ThreadOrder::ascending);
  observe("the same", forwards.to_host() == backwards.to_host());
}

// Sums of a block of 512, with what they cost
void scan_counted() {
  const DeviceBuffer<float> x(whole_numbers(512));
  DeviceBuffer<float> y(512);
  calling("scan_block_kernel(inclusive) of 512 whole numbers by one block");
  launch(scan_block_kernel, 1, 512)(Scan::inclusive, x.data(), y.data(), nullptr, 512);
  observe_floats("result", y);
  observe_counters("counted");
}

CASE(scan, steps, "twice the threads take one step more", {.weight = 2}) { scan_counted(); }
JUDGE(scan, steps) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the sums are wrong");
  const auto barriers = integer(student, "counted: barriers");
  if (barriers <= 2 * 9 + 2) return pass();
  return partly(0.4, fmt::format("{} barriers for a block of 512 threads, and 20 are plenty: let "
                                 "the reach double from step to step",
                                 barriers));
}

CASE(scan, work, "no thread walks over all that came before", {.weight = 2}) { scan_counted(); }
JUDGE(scan, work) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the sums are wrong");
  const auto shared = integer(student, "counted: shared reads"),
             global = integer(student, "counted: global reads");
  if (global > 512)
    return partly(0.3, fmt::format("{} reads of device memory for 512 numbers: each is read once, "
                                   "and then handed on in shared memory",
                                   global));
  if (shared > 512 * 24)
    return partly(0.3, fmt::format("{} reads of shared memory for 512 numbers, and two a step, "
                                   "which are 9216, are enough",
                                   shared));
  return pass();
}

PROOF(scan, plain_loops) {
  const std::vector<double> drawn = draw_list(1000, -2, 2);
  const std::vector<float> numbers(drawn.begin(), drawn.end());
  const DeviceBuffer<float> x(numbers);
  DeviceBuffer<float> inclusive(1000), exclusive(1000);
  scan_on_device(Scan::inclusive, x.data(), inclusive.data(), 1000, 9);
  scan_on_device(Scan::exclusive, x.data(), exclusive.data(), 1000, 64);
  const std::vector<float> with = inclusive.to_host(), without = exclusive.to_host();
  double sum = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    prove_close("exclusive", without[i], sum, 1e-3);
    sum += numbers[i];
    prove_close("inclusive", with[i], sum, 1e-3);
  }
}

}  // namespace
}  // namespace gradbook
