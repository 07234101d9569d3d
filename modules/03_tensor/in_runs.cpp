#include <algorithm>
#include <utility>

#include "03_tensor/lanes.hpp"
#include "03_tensor/runs.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSide = kLanes;        // of a square that is turned in registers
constexpr std::int64_t kStrip = 2 * kLanes;  // rows of the copy that are written together

using Row [[gnu::vector_size(kSide * sizeof(Real))]] = Real;

// The elements of a and b by turns, from the beginning or from the middle on
template <std::size_t kFirst, std::size_t... kIs>
Row by_turns(Row a, Row b, std::index_sequence<kIs...>) {
  return __builtin_shufflevector(a, b, (kFirst + kIs / 2 + (kIs % 2) * kSide)...);
}

// Turns a square around its diagonal. Mixing rows of the upper half with those of the lower one
// log₂ kSide times does it: each time one bit of the column moves to the row
void turn_square(const Real* from, std::int64_t stride, Real* to, std::int64_t to_stride) {
  constexpr auto kAll = std::make_index_sequence<kSide>{};
  Row rows[kSide], mixed[kSide];
  for (std::size_t i = 0; i < kSide; ++i)
    __builtin_memcpy(&rows[i], from + static_cast<std::int64_t>(i) * stride, sizeof(Row));
#pragma GCC unroll 4
  for (std::size_t bit = 1; bit < kSide; bit *= 2) {
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kSide / 2; ++i) {
      mixed[2 * i] = by_turns<0>(rows[i], rows[i + kSide / 2], kAll);
      mixed[2 * i + 1] = by_turns<kSide / 2>(rows[i], rows[i + kSide / 2], kAll);
    }
#pragma GCC unroll 16
    for (std::size_t i = 0; i < kSide; ++i) rows[i] = mixed[i];
  }
  for (std::size_t i = 0; i < kSide; ++i)
    __builtin_memcpy(to + static_cast<std::int64_t>(i) * to_stride, &rows[i], sizeof(Row));
}

// to[i, j] = from[j, i] for i below rows and j below columns, by squares
void turn(const Real* from, std::int64_t stride, Real* to, std::int64_t to_stride,
          std::int64_t rows, std::int64_t columns) {
  for (std::int64_t j = 0; j < columns; j += kLanes) {
    for (std::int64_t i = 0; i < rows; i += kLanes) {
      const Real* const corner = from + j * stride + i;
      Real* const copy = to + i * to_stride + j;
      if (i + kLanes <= rows && j + kLanes <= columns) {
        turn_square(corner, stride, copy, to_stride);
        continue;
      }
      for (std::int64_t y = 0; y < std::min(kLanes, rows - i); ++y) {
        for (std::int64_t x = 0; x < std::min(kLanes, columns - j); ++x)
          copy[y * to_stride + x] = corner[x * stride + y];
      }
    }
  }
}

// The loop along which the source has its neighbours; -1 where there is none
int loop_of_neighbours(const Runs& runs) {
  for (int loop = 0; loop < runs.loops.rank(); ++loop) {
    if (loop != runs.cut && runs.strides[1][loop] == 1) return loop;
  }
  return -1;
}

}  // namespace

Array in_runs(const Array& a, int threads) {
  const Runs as_is = plan_runs(a.shape(), {strides_of(a.shape()), a.strides()});
  if (as_is.step[1] == 0 || as_is.step[1] == 1) return a;
  Array copy(a.shape());
  Real* const to = copy.mutable_data();
  Runs runs = as_is;
  const int close = loop_of_neighbours(runs);
  const std::int64_t step = runs.step[1];

  if (close < 0) {
    parallel_for(runs.count, Runs::kLongest / runs.length, threads, [&](auto begin, auto end) {
      for (RunCursor run(runs, begin); run.number < end; run.next()) {
        const Real* const from = a.data() + run.offset[1];
        for (std::int64_t i = 0; i < run.length; ++i) to[run.offset[0] + i] = from[i * step];
      }
    });
    return copy;
  }

  // Strips of rows in place of single ones along that loop
  const std::int64_t rows = runs.loops[close], to_stride = runs.strides[0][close];
  const std::int64_t strips = (rows + kStrip - 1) / kStrip;
  runs.count = runs.count / rows * strips;
  runs.loops[close] = strips;
  for (Strides& strides : runs.strides) strides[close] *= kStrip;
  parallel_for(runs.count, 1, threads, [&](auto begin, auto end) {
    for (RunCursor run(runs, begin); run.number < end; run.next())
      turn(a.data() + run.offset[1], step, to + run.offset[0], to_stride,
           std::min(kStrip, rows - run.index(close) * kStrip), run.length);
  });
  return copy;
}

}  // namespace gradbook
