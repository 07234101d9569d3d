/// @file
/// Several arrays gone through together, in runs of neighbours.
#pragma once

#include <initializer_list>

#include "03_tensor/array.hpp"

namespace gradbook {

/// How up to three arrays of one shape are gone through together: a few loops, and inside of them
/// runs along one axis, in which each array takes equal steps.
///
/// The loops are not those of the shape. Axes of size 1 are left out; neighbours that are one axis
/// to every array are made one; the axis with the smallest stride of the first array is innermost,
/// for along it the runs go. So contiguous arrays are one run, whatever their rank is; only runs of
/// more than kLongest elements are cut, so that threads can share them.
struct Runs {
  static constexpr std::int64_t kLongest = 32768;  ///< elements in a run

  std::int64_t count = 0;   ///< how many runs there are
  std::int64_t length = 1;  ///< how many elements in each
  std::int64_t step[3]{};   ///< from an element to the next, by array

  Shape loops;                   ///< the sizes of the loops around the runs
  Strides strides[3];            ///< from one of their rounds to the next, by array
  int cut = -1;                  ///< the loop that goes over the pieces of a longer run; -1: none
  std::int64_t last_length = 1;  ///< how many elements the last of these pieces has
};

/// Plans them. @param shape of all @param strides  of each array, for this shape; 0 where it
/// repeats
Runs plan_runs(const Shape& shape, std::initializer_list<Strides> strides);

/// Goes from run to run:
///
///     for (RunCursor run(runs, first); run.number < end; run.next()) …
struct RunCursor {
  /// At run number `first`.
  RunCursor(const Runs& runs, std::int64_t first);

  /// Goes on to the next run.
  void next();

  /// Which round of a loop it is in.
  std::int64_t index(int loop) const { return index_[loop]; }

  std::int64_t number;       ///< which run it is at
  std::int64_t length;       ///< how many elements this one has
  std::int64_t offset[3]{};  ///< of its first element, in elements of storage, by array

 private:
  const Runs& runs_;
  Index index_;  // one for each loop
};

/// `a` itself where its elements can be taken in row-major order by runs of step 0 or 1; else a
/// copy that is contiguous. It is copied tile by tile, so that a cache line that was read for one
/// row is still there for the next.
Array in_runs(const Array& a, int threads = 1);

}  // namespace gradbook
