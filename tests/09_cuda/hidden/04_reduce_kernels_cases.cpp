#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "09_cuda/reduce.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

constexpr ReduceOp kOps[] = {ReduceOp::sum, ReduceOp::prod, ReduceOp::max_of};
constexpr const char* kNames[] = {"sum", "prod", "max_of"};

// Numbers whose product neither vanishes nor overflows
std::vector<float> factors(std::size_t n) { return input_floats("x", n, 0.95, 1.05); }

struct Sizes {
  int n;
  unsigned grid, block;
};

CASE(reduce_kernels, block_sizes, "every number is folded in once, whatever their count",
     {.weight = 2}) {
  constexpr Sizes kSizes[] = {{1, 1, 32},    {31, 1, 32},     {32, 1, 32},
                              {33, 2, 32},   {33, 1, 1},      {1023, 1, 64},
                              {1025, 3, 64}, {1025, 1, 1024}, {700, 2, 512}};
  for (const Sizes& s : kSizes) {
    const auto n = static_cast<std::size_t>(s.n);
    const DeviceBuffer<float> x(factors(n));
    DeviceBuffer<float> partial(s.grid);
    const std::string what = fmt::format("{} numbers, {} blocks of {}", s.n, s.grid, s.block);
    for (const int op : {0, 1, 2}) {
      calling(fmt::format("reduce_block_kernel({}), {}", kNames[op], what));
      expect_written_once(partial.data());
      launch(reduce_block_kernel, s.grid, s.block)(kOps[op], x.data(), partial.data(), s.n);
      observe_floats(fmt::format("partial, {}, {}", kNames[op], what), partial, in_float(s.n));
      observe(fmt::format("reads, {}, {}", kNames[op], what), last_launch().counters.global_reads);
    }
  }
}

CASE(reduce_kernels, row_sizes, "every row is folded by one block, with warps that may be partial",
     {.weight = 2}) {
  constexpr Sizes kSizes[] = {{1, 2, 32},    {31, 3, 32}, {33, 2, 32},    {33, 1, 1},
                              {1023, 2, 64}, {65, 2, 40}, {1025, 1, 96},  {100, 2, 100},
                              {77, 3, 17},   {5, 2, 256}, {1025, 1, 1024}};
  for (const Sizes& s : kSizes) {
    const auto rows = static_cast<std::size_t>(s.grid), columns = static_cast<std::size_t>(s.n);
    const DeviceBuffer<float> x(factors(rows * columns));
    DeviceBuffer<float> y(rows);
    const std::string what = fmt::format("({}, {}), blocks of {}", rows, columns, s.block);
    for (const int op : {0, 1, 2}) {
      calling(fmt::format("reduce_warp_kernel({}), {}", kNames[op], what));
      expect_written_once(y.data());
      launch(reduce_warp_kernel, s.grid, s.block)(kOps[op], x.data(), y.data(), s.n);
      observe_floats(fmt::format("y, {}, {}", kNames[op], what), y, in_float(s.n));
      observe(fmt::format("reads, {}, {}", kNames[op], what), last_launch().counters.global_reads);
    }
  }
}

CASE(reduce_kernels, negatives, "a fold begins with what changes nothing: −∞ for the largest") {
  for (const int n : {1, 20, 33, 130}) {
    const DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n), -9, -1));
    DeviceBuffer<float> result(1);
    for (const int op : {0, 2}) {
      calling(fmt::format("both kernels, {} of {} negative numbers", kNames[op], n));
      launch(reduce_block_kernel, 1, 64)(kOps[op], x.data(), result.data(), n);
      observe_floats(fmt::format("block, {} of {}", kNames[op], n), result, in_float(n));
      launch(reduce_warp_kernel, 1, 72)(kOps[op], x.data(), result.data(), n);
      observe_floats(fmt::format("warp, {} of {}", kNames[op], n), result, in_float(n));
    }
  }
}

CASE(reduce_kernels, of_nothing, "who has no number brings what changes nothing") {
  const DeviceBuffer<float> x(input_floats("x", 3));
  DeviceBuffer<float> partial(3), y(2);
  for (const int op : {0, 1, 2}) {
    calling(
        fmt::format("reduce_block_kernel({}) of 3 numbers by 3 blocks, then of none, and "
                    "reduce_warp_kernel of rows without columns",
                    kNames[op]));
    launch(reduce_block_kernel, 3, 32)(kOps[op], x.data(), partial.data(), 3);
    observe_floats(fmt::format("partial of 3, {}", kNames[op]), partial, in_float(3, 2));
    launch(reduce_block_kernel, 3, 32)(kOps[op], x.data(), partial.data(), 0);
    observe_floats(fmt::format("partial of none, {}", kNames[op]), partial);
    launch(reduce_warp_kernel, 2, 48)(kOps[op], x.data(), y.data(), 0);
    observe_floats(fmt::format("rows of none, {}", kNames[op]), y);
    observe(fmt::format("on the device, {}", kNames[op]), reduce_on_device(kOps[op], nullptr, 0));
  }
}

CASE(reduce_kernels, not_a_number, "NaN goes through a fold from whatever place, and so does ∞") {
  for (const int place : {0, 31, 32, 100, 149}) {
    const DeviceBuffer<float> x(with_one(150, place, NAN));
    DeviceBuffer<float> result(1);
    for (const int op : {0, 2}) {
      calling(fmt::format("{} of 150 numbers, of which x[{}] is NaN", kNames[op], place));
      launch(reduce_block_kernel, 1, 64)(kOps[op], x.data(), result.data(), 150);
      observe_floats(fmt::format("block, {}, NaN at {}", kNames[op], place), result);
      launch(reduce_warp_kernel, 1, 40)(kOps[op], x.data(), result.data(), 150);
      observe_floats(fmt::format("warp, {}, NaN at {}", kNames[op], place), result);
    }
    const DeviceBuffer<float> other(with_one(150, place, -INFINITY));
    calling(fmt::format("sum on the device, x[{}] is −∞", place));
    observe(fmt::format("sum, −∞ at {}", place),
            reduce_on_device(ReduceOp::sum, other.data(), 150));
  }
}

CASE(reduce_kernels, any_order_of_threads, "the result is the same bit by bit in any order") {
  const int n = static_cast<int>(input("n", draw_integer(200, 400)));
  const DeviceBuffer<float> x(input_floats("x", static_cast<std::size_t>(n)));
  DeviceBuffer<float> forwards(1), backwards(1);
  calling("both kernels, threads running from first to last and from last to first");
  launch(reduce_block_kernel, 1, 128)(ReduceOp::sum, x.data(), forwards.data(), n);
  use_thread_order(ThreadOrder::descending);
  launch(reduce_block_kernel, 1, 128)(ReduceOp::sum, x.data(), backwards.data(), n);
  observe("block, the same", forwards.to_host() == backwards.to_host());
  launch(reduce_warp_kernel, 1, 120)(ReduceOp::sum, x.data(), backwards.data(), n);
  use_thread_order(ThreadOrder::ascending);
  launch(reduce_warp_kernel, 1, 120)(ReduceOp::sum, x.data(), forwards.data(), n);
  observe("warp, the same", forwards.to_host() == backwards.to_host());
}

CASE(reduce_kernels, on_device, "two launches fold any count of numbers") {
  for (const int n : {1, 31, 33, 1023, 1025, 70001}) {
    const DeviceBuffer<float> x(factors(static_cast<std::size_t>(n)));
    for (const int op : {0, 2}) {
      calling(fmt::format("reduce_on_device({}) of {} numbers", kNames[op], n));
      observe(fmt::format("{} of {}", kNames[op], n), reduce_on_device(kOps[op], x.data(), n),
              in_float(n));
    }
  }
}

// A sum by 2 blocks, with what it cost
void fold_counted(unsigned threads) {
  const DeviceBuffer<float> x(whole_numbers(3000));
  DeviceBuffer<float> partial(2);
  calling(fmt::format("reduce_block_kernel(sum) of 3000 whole numbers, 2 blocks of {}", threads));
  count_warps(true);
  launch(reduce_block_kernel, 2, threads)(ReduceOp::sum, x.data(), partial.data(), 3000);
  count_warps(false);
  observe_floats("result", partial);
  observe_counters("counted");
  observe("divergent", last_launch().counters.divergent);
}

CASE(reduce_kernels, lanes, "the threads that still work are the first ones, in whole warps") {
  fold_counted(512);
}
JUDGE(reduce_kernels, lanes) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto divergent = integer(student, "divergent");
  if (divergent <= 2 * 80) return pass();
  return partly(0.3, fmt::format("{} times a warp went to memory with some of its lanes only, and "
                                 "160 are plenty: let the threads that still work be the first "
                                 "ones",
                                 divergent));
}

CASE(reduce_kernels, banks, "neighbours read neighbours, of x and of shared memory") {
  fold_counted(256);
}
JUDGE(reduce_kernels, banks) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto conflicts = integer(student, "counted: bank conflicts"),
             sectors = integer(student, "counted: global sectors"),
             least = integer(reference, "counted: global sectors");
  if (conflicts > 0)
    return partly(0.3, fmt::format("{} times a warp waited once more for a bank of shared memory: "
                                   "its lanes read numbers 32, or 2, or 4 … apart",
                                   conflicts));
  if (sectors > least)
    return partly(0.3, fmt::format("the warps touched {} sectors of 32 bytes where {} would do: "
                                   "let a thread's next number be a whole grid further",
                                   sectors, least));
  return pass();
}

CASE(reduce_kernels, barriers, "half onto half: one step more for twice the threads") {
  fold_counted(128);
}
JUDGE(reduce_kernels, barriers) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto barriers = integer(student, "counted: barriers");
  if (barriers <= 2 * 8) return pass();
  return partly(0.4,
                fmt::format("{} barriers of 2 blocks of 128 threads, and 8 a block are enough: "
                            "one after loading, one after each step",
                            barriers));
}

CASE(reduce_kernels, registers, "within a warp numbers go from register to register",
     {.weight = 2}) {
  const DeviceBuffer<float> x(whole_numbers(4 * 256));
  DeviceBuffer<float> y(4);
  calling("reduce_warp_kernel(sum) of (4, 256) whole numbers, blocks of 256");
  launch(reduce_warp_kernel, 4, 256)(ReduceOp::sum, x.data(), y.data(), 256);
  observe_floats("result", y);
  observe_counters("counted");
}
JUDGE(reduce_kernels, registers) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto writes = integer(student, "counted: shared writes"),
             barriers = integer(student, "counted: barriers");
  if (writes > 4 * 8)
    return partly(0.3, fmt::format("{} writes to shared memory by 4 blocks of 8 warps, and 32 are "
                                   "enough: one a warp, once it has one number left",
                                   writes));
  if (barriers > 4 * 2)
    return partly(0.5, fmt::format("{} barriers for 4 blocks, and two a block are enough: shuffles "
                                   "need none",
                                   barriers));
  return pass();
}

// The sum of n whole numbers by two launches, with what the second one cost
void fold_many(int n) {
  std::vector<float> numbers(static_cast<std::size_t>(n));
  for (float& x : numbers) x = static_cast<float>(draw_integer(-3, 3));
  const DeviceBuffer<float> x(numbers);
  calling(fmt::format("reduce_on_device(sum) of {} whole numbers", n));
  observe("result", reduce_on_device(ReduceOp::sum, x.data(), n));
  observe_counters("last");
}

// What is wrong with a sum, nothing if it is right
std::string wrong_sum(const Observations& student, const Observations& reference) {
  const double sum = real(student, "result"), right = real(reference, "result");
  return sum == right ? "" : fmt::format("the sum is {}, not {}", sum, right);
}

CASE(reduce_kernels, a_million, "many blocks share the work") { fold_many(1'000'000); }
JUDGE(reduce_kernels, a_million) {
  if (const std::string wrong = wrong_sum(student, reference); !wrong.empty()) return fail(wrong);
  const auto reads = integer(student, "last: global reads");
  if (reads >= 64) return pass();
  return partly(0.3,
                fmt::format("the first launch left {} numbers for the second, a block each: a "
                            "GPU has room for hundreds of blocks, and each could have its part "
                            "of a million",
                            reads));
}

CASE(reduce_kernels, second_launch, "the second launch has little to fold") { fold_many(300'000); }
JUDGE(reduce_kernels, second_launch) {
  if (const std::string wrong = wrong_sum(student, reference); !wrong.empty()) return fail(wrong);
  const auto reads = integer(student, "last: global reads");
  if (reads <= 1024) return pass();
  return partly(0.3, fmt::format("the second launch, a single block, read {} numbers: the first "
                                 "makes at most 1024 of them, and its threads stride over the grid",
                                 reads));
}

PROOF(reduce_kernels, plain_loops) {
  const std::vector<double> drawn = draw_list(777, -2, 2);
  const std::vector<float> numbers(drawn.begin(), drawn.end());
  const DeviceBuffer<float> x(numbers);
  DeviceBuffer<float> partial(3), y(7);
  double sum = 0, largest = -INFINITY;
  for (const float one : numbers) sum += one, largest = std::max<double>(largest, one);
  launch(reduce_block_kernel, 3, 64)(ReduceOp::sum, x.data(), partial.data(), 777);
  const std::vector<float> parts = partial.to_host();
  prove_close("sum of blocks", double{parts[0]} + parts[1] + parts[2], sum, 1e-3);
  prove_close("sum", reduce_on_device(ReduceOp::sum, x.data(), 777), sum, 1e-3);
  prove_close("largest", reduce_on_device(ReduceOp::max_of, x.data(), 777), largest, 0);
  launch(reduce_warp_kernel, 7, 50)(ReduceOp::sum, x.data(), y.data(), 111);
  const std::vector<float> rows = y.to_host();
  for (std::size_t r = 0; r < 7; ++r) {
    double row = 0;
    for (std::size_t j = 0; j < 111; ++j) row += numbers[r * 111 + j];
    prove_close("row", rows[r], row, 1e-3);
  }
}

}  // namespace
}  // namespace gradbook
