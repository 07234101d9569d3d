#include <fmt/format.h>

#include <algorithm>

#include "09_cuda/strided.hpp"
#include "support/kernel_runs.hpp"

namespace gradbook {
namespace {

using Sizes = std::vector<int>;

enum class Lie { rows, columns, backwards, spread, repeated };
constexpr Lie kLies[] = {Lie::rows, Lie::columns, Lie::backwards, Lie::spread, Lie::repeated};

[[maybe_unused]] std::string name_of(Lie lie) {
  constexpr const char* kNames[] = {"in rows", "transposed", "backwards", "every second number",
                                    "every other axis repeated"};
  return kNames[static_cast<int>(lie)];
}

// Some numbers, and how an array lies among them
struct Lying {
  StridedLayout layout;
  int first;   // where its first element is
  int places;  // how many numbers there are
};

[[maybe_unused]] Lying lying(Lie lie, const Sizes& sizes) {
  const int rank = static_cast<int>(sizes.size());
  Lying made{{rank}, 0, 0};
  int next = lie == Lie::spread ? 2 : 1, reach = 0;
  for (int i = 0; i < rank; ++i) {
    const int axis = lie == Lie::columns ? i : rank - 1 - i, size = sizes[axis];
    const bool repeats = lie == Lie::repeated && axis % 2 == 0;
    made.layout.shape[axis] = size;
    made.layout.strides[axis] = repeats ? 0 : lie == Lie::backwards ? -next : next;
    if (repeats) continue;
    reach += next * std::max(size - 1, 0);
    next *= std::max(size, 1);
  }
  made.first = lie == Lie::backwards ? reach : 0;
  made.places = reach + 1;
  return made;
}

// The sizes of both together, aligned at the last axis
[[maybe_unused]] Sizes together(const Sizes& a, const Sizes& b) {
  Sizes sizes(std::max(a.size(), b.size()));
  for (std::size_t i = 1; i <= sizes.size(); ++i) {
    const int of_a = i <= a.size() ? a[a.size() - i] : 1,
              of_b = i <= b.size() ? b[b.size() - i] : 1;
    sizes[sizes.size() - i] = of_a == 1 ? of_b : of_a;
  }
  return sizes;
}

// A smaller array seen with these sizes: strides of 0 where it repeats
[[maybe_unused]] StridedLayout repeated_to(const Sizes& sizes, const StridedLayout& small) {
  StridedLayout wide{static_cast<int>(sizes.size())};
  const int missing = wide.rank - small.rank;
  for (int axis = 0; axis < wide.rank; ++axis) {
    wide.shape[axis] = sizes[axis];
    if (axis >= missing && small.shape[axis - missing] != 1)
      wide.strides[axis] = small.strides[axis - missing];
  }
  return wide;
}

[[maybe_unused]] std::string text_of(const Sizes& sizes) {
  return fmt::format("({})", fmt::join(sizes, ", "));
}

CASE(strided_map_zip, offsets, "a position becomes an index, and that a place, by any strides",
     {.weight = 2}) {
  const Sizes kShapes[] = {{},        {1},          {7},       {2, 3},
                           {3, 1, 2}, {2, 3, 1, 4}, {4, 2, 3}, {1, 2, 1, 2, 1, 3, 2, 2}};
  for (const Sizes& sizes : kShapes) {
    for (const Lie lie : kLies) {
      const StridedLayout layout = lying(lie, sizes).layout;
      std::vector<std::int64_t> offsets;
      calling(fmt::format("offset_of of {}, {}", text_of(sizes), name_of(lie)));
      for (int i = 0; i < elements_of(layout); ++i) offsets.push_back(offset_of(i, layout));
      observe(fmt::format("offsets, {}, {}", text_of(sizes), name_of(lie)), offsets);
    }
  }
}

CASE(strided_map_zip, drawn_strides, "strides need not be those of any array that was made") {
  for (int rank = 1; rank <= kMaxRank; ++rank) {
    StridedLayout layout{rank};
    std::vector<std::int64_t> sizes, strides, offsets;
    for (int axis = 0; axis < rank; ++axis) {
      sizes.push_back(layout.shape[axis] = static_cast<int>(draw_integer(1, 4)));
      strides.push_back(layout.strides[axis] = static_cast<int>(draw_integer(-50, 50)));
    }
    input("sizes", sizes);
    input("strides", strides);
    calling(fmt::format("offset_of at rank {}, at every position up to 200", rank));
    for (int i = 0; i < std::min(elements_of(layout), 200); ++i)
      offsets.push_back(offset_of(i, layout));
    observe(fmt::format("offsets at rank {}", rank), offsets);
  }
}

[[maybe_unused]] void observe_map(const Sizes& sizes, Lie lie, MapOp op, unsigned grid,
                                  unsigned block) {
  const Lying lies = lying(lie, sizes);
  const DeviceBuffer<float> x(
      input_floats("memory of x", static_cast<std::size_t>(lies.places), 0.3, 3));
  const int n = elements_of(lies.layout);
  DeviceBuffer<float> y(static_cast<std::size_t>(n));
  const std::string what =
      fmt::format("{} {}, {} block(s) of {}", text_of(sizes), name_of(lie), grid, block);
  calling("strided_map_kernel of " + what);
  if (n > 0) expect_written_once(y.data());
  launch(strided_map_kernel, grid, block)(op, x.data() + lies.first, lies.layout, y.data());
  observe_floats("y, " + what, y, in_float(4, 1));
  observe("reads, " + what, last_launch().counters.global_reads);
}

CASE(strided_map_zip, map, "each result is written once, in row-major order, however x lies",
     {.weight = 2}) {
  const Sizes kShapes[] = {{1}, {33}, {5, 7}, {2, 3, 4}, {3, 1, 2, 5}};
  int op = 0;
  for (const Sizes& sizes : kShapes) {
    for (const Lie lie : kLies) observe_map(sizes, lie, static_cast<MapOp>(op++ % 9), 3, 32);
  }
}

CASE(strided_map_zip, map_by_few, "a grid that is smaller than the array goes on by its own size") {
  for (const unsigned grid : {1u, 2u, 3u}) {
    observe_map({6, 11}, Lie::columns, MapOp::exp, grid, 8);
    observe_map({2, 31}, Lie::rows, MapOp::tanh, grid, 1);
    observe_map({4, 2, 8}, Lie::backwards, MapOp::log, grid, 32);
  }
}

CASE(strided_map_zip, nothing_and_one, "no element where a size is 0, one where there is no axis") {
  observe_map({}, Lie::rows, MapOp::neg, 2, 32);
  observe_map({1, 1}, Lie::columns, MapOp::neg, 1, 64);
  for (const Sizes& sizes : {Sizes{0}, {3, 0}, {0, 3}, {2, 0, 2}}) {
    observe_map(sizes, Lie::rows, MapOp::neg, 1, 32);
    const DeviceBuffer<float> a(input_floats("a", 1));
    const StridedLayout layout = lying(Lie::rows, sizes).layout;
    calling(fmt::format("strided_zip_kernel of {}", text_of(sizes)));
    launch(strided_zip_kernel, 2, 32)(ZipOp::add, a.data(), layout, a.data(), layout, nullptr);
    observe(fmt::format("reads of {}", text_of(sizes)), last_launch().counters.global_reads);
  }
}

[[maybe_unused]] void observe_zip(const Sizes& a, const Sizes& b, Lie lie_a, Lie lie_b, ZipOp op,
                                  unsigned grid, unsigned block) {
  const Lying left = lying(lie_a, a), right = lying(lie_b, b);
  const DeviceBuffer<float> of_a(
      input_floats("memory of a", static_cast<std::size_t>(left.places), 0.3, 2)),
      of_b(input_floats("memory of b", static_cast<std::size_t>(right.places), 0.3, 2));
  const Sizes sizes = together(a, b);
  const StridedLayout wide_a = repeated_to(sizes, left.layout),
                      wide_b = repeated_to(sizes, right.layout);
  DeviceBuffer<float> c(static_cast<std::size_t>(elements_of(wide_a)));
  const std::string what = fmt::format("{} {} and {} {}, {} block(s) of {}", text_of(a),
                                       name_of(lie_a), text_of(b), name_of(lie_b), grid, block);
  calling("strided_zip_kernel of " + what);
  if (c.size() > 0) expect_written_once(c.data());
  launch(strided_zip_kernel, grid, block)(op, of_a.data() + left.first, wide_a,
                                          of_b.data() + right.first, wide_b, c.data());
  observe_floats("c, " + what, c, in_float(4, 1));
  observe("reads, " + what, last_launch().counters.global_reads);
}

CASE(strided_map_zip, broadcast, "each operand is read by a layout of its own, and repeats by it",
     {.weight = 2}) {
  const std::pair<Sizes, Sizes> kPairs[] = {
      {{}, {}},
      {{7}, {7}},
      {{}, {2, 3}},
      {{2, 3}, {}},
      {{1}, {1, 2}},
      {{3, 1}, {1, 4}},
      {{3, 1}, {4}},
      {{2, 3}, {2, 1}},
      {{3}, {2, 3}},
      {{1, 1}, {5}},
      {{0, 3}, {3}},
      {{2, 3, 2}, {3, 1}},
      {{3, 1, 5}, {5}},
      {{2, 1}, {2, 0}},
      {{33}, {2, 33}},
      {{2, 1, 2, 1}, {3, 1, 2}},
      {{3, 1, 2}, {2, 3, 4, 2}},
  };
  int op = 0;
  for (const auto& [a, b] : kPairs)
    observe_zip(a, b, Lie::rows, Lie::rows, static_cast<ZipOp>(op++ % 8), 2, 32);
}

CASE(strided_map_zip, lying_differently, "operands of one shape need not lie alike",
     {.weight = 2}) {
  for (const Lie lie_a : kLies) {
    for (const Lie lie_b : kLies)
      observe_zip({5, 3}, {5, 3}, lie_a, lie_b, lie_a == lie_b ? ZipOp::pow : ZipOp::sub, 1, 32);
    observe_zip({4, 3, 5}, {3, 1}, lie_a, Lie::columns, ZipOp::div, 2, 8);
    observe_zip({2, 1, 6}, {5, 6}, Lie::backwards, lie_a, ZipOp::sub, 1, 4);
  }
}

// What a warp reads in one go comes in sectors of 32 bytes; neighbours share them
[[maybe_unused]] Verdict as_few_sectors(const Observations& student,
                                        const Observations& reference) {
  if (reals(student, "result") != reals(reference, "result")) return fail("the values are wrong");
  const auto sectors = integer(student, "counted: global sectors"),
             least = integer(reference, "counted: global sectors");
  if (sectors <= least) return pass();
  return partly(0.3, fmt::format("the warps touched {} sectors of 32 bytes where {} would do: "
                                 "positions side by side belong to threads side by side",
                                 sectors, least));
}

[[maybe_unused]] void observe_sectors_of_map(const StridedLayout& layout) {
  const DeviceBuffer<float> x(input_floats("x", 32 * 32));
  DeviceBuffer<float> y(32 * 32);
  count_warps(true);
  launch(strided_map_kernel, 2, 128)(MapOp::neg, x.data(), layout, y.data());
  observe_floats("result", y);
  observe_counters("counted");
}

CASE(strided_map_zip, as_it_lies, "what is contiguous is read in as few sectors as it has") {
  calling("strided_map_kernel of (32, 32), by 256 threads");
  observe_sectors_of_map({2, {32, 32}, {32, 1}});
}
JUDGE(strided_map_zip, as_it_lies) { return as_few_sectors(student, reference); }

CASE(strided_map_zip, transposed_once, "where x lies badly, what is written still lies well") {
  calling("strided_map_kernel of a transposed (32, 32), by 256 threads");
  observe_sectors_of_map({2, {32, 32}, {1, 32}});
}
JUDGE(strided_map_zip, transposed_once) { return as_few_sectors(student, reference); }

CASE(strided_map_zip, a_row_repeats, "a row that repeats is read as any other") {
  const DeviceBuffer<float> a(input_floats("a", 2048)), b(input_floats("b", 32));
  DeviceBuffer<float> c(2048);
  count_warps(true);
  calling("strided_zip_kernel of (64, 32) and (32), by 256 threads");
  launch(strided_zip_kernel, 2, 128)(ZipOp::mul, a.data(), StridedLayout{2, {64, 32}, {32, 1}},
                                     b.data(), StridedLayout{2, {64, 32}, {0, 1}}, c.data());
  observe_floats("result", c);
  observe_counters("counted");
}
JUDGE(strided_map_zip, a_row_repeats) { return as_few_sectors(student, reference); }

PROOF(strided_map_zip, plain_loops) {
  const std::vector<double> drawn = draw_list(24, 0.5, 2);
  const std::vector<float> numbers(drawn.begin(), drawn.end());
  const DeviceBuffer<float> x(numbers);
  DeviceBuffer<float> y(24);
  const StridedLayout moved{3, {4, 2, 3}, {1, 12, 4}};  // axes of (2, 3, 4), the last to the front
  launch(strided_map_kernel, 1, 8)(MapOp::inv, x.data(), moved, y.data());
  const std::vector<float> inverse = y.to_host();
  const StridedLayout back{3, {4, 2, 3}, {-1, -12, -4}}, row{3, {4, 2, 3}, {0, 0, 1}};
  launch(strided_zip_kernel, 1, 8)(ZipOp::div, x.data() + 23, back, x.data(), row, y.data());
  const std::vector<float> ratio = y.to_host();
  for (int i = 0, at = 0; i < 4; ++i) {
    for (int j = 0; j < 2; ++j) {
      for (int k = 0; k < 3; ++k, ++at) {
        const int place = i + 12 * j + 4 * k;
        prove_close("map", inverse[at], 1.0 / numbers[place], 1e-6);
        prove_close("zip", ratio[at], double{numbers[23 - place]} / numbers[k], 1e-6);
      }
    }
  }
}

}  // namespace
}  // namespace gradbook
