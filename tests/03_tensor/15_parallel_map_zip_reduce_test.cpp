#include <gtest/gtest.h>

#include "03_tensor/primitive.hpp"
#include "support/array_matchers.hpp"

namespace gradbook {
namespace {

int calls;

const MapPrimitive kNegate = {"negate", [](Real x) { return -x; },
                              [](const Real* a, Real* out, std::int64_t n) {
                                ++calls;
                                for (std::int64_t i = 0; i < n; ++i) out[i] = -a[i];
                              }};

const ReducePrimitive kTotal = {"total", 0, [](Real a, Real b) { return a + b; },
                                [](const Real* a, std::int64_t n) {
                                  ++calls;
                                  Real sum = 0;
                                  for (std::int64_t i = 0; i < n; ++i) sum += a[i];
                                  return sum;
                                },
                                [](Real* into, const Real* a, std::int64_t n) {
                                  ++calls;
                                  for (std::int64_t i = 0; i < n; ++i) into[i] += a[i];
                                }};

const Array kSix({2, 3}, {1, 2, 3, 4, 5, 6});

TEST(ParallelMapZipReduce, MapsAWholeArrayInOneCall) {
  Array out({2, 3});
  calls = 0;
  map_runs(kNegate, kSix, out);
  EXPECT_THAT(out, is_array({2, 3}, {-1, -2, -3, -4, -5, -6}));
  EXPECT_EQ(calls, 1) << "six neighbours are one run, whatever the shape is";
}

TEST(ParallelMapZipReduce, MapsAViewThatJumps) {
  Array out({3, 2}), row({3});
  map_runs(kNegate, permute(kSix, {1, 0}), out);
  EXPECT_THAT(out, is_array({3, 2}, {-1, -4, -2, -5, -3, -6}));
  map_runs(kNegate, broadcast_to(Array({1}, {7}), {3}), row);
  EXPECT_THAT(row, is_array({3}, {-7, -7, -7})) << "a stride of 0 shows one number three times";
}

TEST(ParallelMapZipReduce, MapsInPlace) {
  Array a({3}, {1, 2, 3});
  map_runs(kNegate, a, a);
  EXPECT_THAT(a, is_array({3}, {-1, -2, -3}));
}

TEST(ParallelMapZipReduce, ZipsWithBroadcasting) {
  Array out({2, 3});
  zip_runs(primitives::sub, kSix, Array({2, 1}, {1, 10}), out);
  EXPECT_THAT(out, is_array({2, 3}, {0, 1, 2, -6, -5, -4})) << "a column, from each column of a";
  zip_runs(primitives::sub, Array({3}, {1, 2, 3}), kSix, out);
  EXPECT_THAT(out, is_array({2, 3}, {0, 0, 0, -3, -3, -3})) << "a row minus each row of b";
}

TEST(ParallelMapZipReduce, ReducesAnyAxes) {
  EXPECT_THAT(reduce_runs(kTotal, kSix, {0}), is_array({3}, {5, 7, 9}));
  EXPECT_THAT(reduce_runs(kTotal, kSix, {1}, true), is_array({2, 1}, {6, 15}));
  EXPECT_THAT(reduce_runs(kTotal, permute(kSix, {1, 0}), {0}), is_array({2}, {6, 15}));
  EXPECT_THAT(reduce_runs(primitives::max_of, Array({2}, {-3, -2}), {0}), is_array({}, {-2}))
      << "the largest of negative numbers: start from f.start";
  EXPECT_THAT(reduce_runs(primitives::prod, Array::zeros({2, 0}), {1}), is_array({2}, {1, 1}))
      << "what nothing is folded into is f.start";
}

TEST(ParallelMapZipReduce, ReducesARunAtATime) {
  const Array a = Array::ones({3, 53});
  calls = 0;
  reduce_runs(kTotal, a, {1});
  EXPECT_EQ(calls, 3) << "one call of run a row";
  calls = 0;
  reduce_runs(kTotal, a, {0});
  EXPECT_EQ(calls, 3) << "one call of run_into a row, not one a column";
}

TEST(ParallelMapZipReduce, SharesLargeArraysAmongThreads) {
  const Array ones = Array::ones({419, 503});
  Array out = Array::zeros({419, 503});
  zip_runs(primitives::add, ones, Array::ones({503}), out, 3);
  EXPECT_EQ(reduce_runs(primitives::sum, out, {0, 1}, false, 3).item(), 2 * 419 * 503)
      << "all parts must be there, each once";
  EXPECT_THAT(reduce_runs(primitives::sum, out, {1}, false, 3),
              is_array({419}, std::vector<Real>(419, 1006)));
}

TEST(ParallelMapZipReduce, RefusesShapesThatDoNotFit) {
  Array out({3, 2});
  EXPECT_THROW(map_runs(kNegate, kSix, out), ShapeError) << "(2, 3) into (3, 2)";
  EXPECT_THROW(zip_runs(primitives::add, kSix, kSix, out), ShapeError) << "(2, 3) into (3, 2)";
  EXPECT_THROW(reduce_runs(kTotal, kSix, {2}), RangeError) << "there is no axis 2";
}

}  // namespace
}  // namespace gradbook
