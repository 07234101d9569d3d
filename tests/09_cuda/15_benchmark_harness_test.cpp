#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "09_cuda/benchmark.hpp"
#include "support/scripted_candidates.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;

// Two warm-ups, five runs, two sets of inputs, and a candidate that takes 4 ms
struct Bench {
  ScriptedWatch watch;
  MirrorProblem problem{16};
  BenchmarkPlan plan{2, 5, 2, 7};

  BenchmarkResult of(Habit habit) {
    ScriptedCandidate candidate(watch, 16, habit, {4});
    return benchmark(candidate, problem, watch, plan);
  }
};

TEST(EventStopwatch, FlushesAllOfItsMemory) {
  EventStopwatch watch(4000);
  watch.cache().copy_from(std::vector<float>(1000, 1));
  watch.flush_cache();
  EXPECT_THAT(watch.cache().to_host(), Each(0)) << "what is not written leaves the cache as it is";
}

TEST(EventStopwatch, MeasuresFromStartToStop) {
  EventStopwatch watch(4);
  watch.start();
  watch.flush_cache();
  watch.stop();
  EXPECT_GT(watch.milliseconds(), 0) << "a negative time: which event came first?";
}

TEST(Median, IsTheMiddle) {
  EXPECT_EQ(median({9, 1, 2}), 2) << "in order: 1, 2, 9";
  EXPECT_EQ(median({8, 1, 2, 4}), 3) << "half way between 2 and 4";
  EXPECT_THROW(median({}), RangeError) << "no times have no middle";
}

TEST(FirstWrong, ComparesByTheSizeOfTheAnswer) {
  const float results[] = {1, 2000, 3};
  EXPECT_EQ(first_wrong(results, std::vector<double>{1, 2000.1, 3}, 1e-3), 3u)
      << "0.1 beside 2000 is near enough, and 3 is the number of elements: all are right";
  EXPECT_EQ(first_wrong(results, std::vector<double>{1, 2000, 3.1}, 1e-3), 2u);
  EXPECT_THROW(first_wrong(results, std::vector<double>{1}, 1e-3), ShapeError);
}

TEST(FirstWrong, FindsNaN) {
  const float results[] = {1, NAN};
  EXPECT_EQ(first_wrong(results, std::vector<double>{1, 2}, 1e-3), 1u)
      << "|NaN − 2| > within is false, and so is every comparison with NaN";
}

TEST(Benchmark, TimesAnHonestCandidate) {
  Bench bench;
  ScriptedCandidate candidate(bench.watch, 16, Habit::honest, {90, 80, 5, 4, 6, 30, 3, 4});
  const BenchmarkResult result = benchmark(candidate, bench.problem, bench.watch, bench.plan);
  EXPECT_EQ(why_not(result), "");
  EXPECT_EQ(result.median_ms, 5) << "of 5, 4, 6, 30 and 3: the warm-ups of 90 and 80 do not count";
  EXPECT_EQ(result.min_ms, 3);
}

TEST(Benchmark, FlushesTheCacheOutsideOfTheEvents) {
  Bench bench;
  EXPECT_EQ(bench.of(Habit::honest).median_ms, 4)
      << "1: the numbers of the last run were still in the cache. 11: a flush of 7 ms was timed. "
         "A bit more than 4: copies were timed";
}

TEST(Benchmark, TakesTheInputsInTurn) {
  Bench bench;
  ScriptedCandidate candidate(bench.watch, 16, Habit::honest, {4});
  benchmark(candidate, bench.problem, bench.watch, bench.plan);
  EXPECT_THAT(candidate.order, ElementsAre(0, 1, 0, 1, 0, 1, 0, 0, 1))
      << "2 warm-ups, 5 timed runs, 2 with fresh inputs in the same memory";
  EXPECT_THAT(candidate.timed, ElementsAre(0, 0, 1, 1, 1, 1, 1, 1, 1));
  EXPECT_EQ(bench.problem.asked, 4) << "two sets, and two fresh ones";
}

TEST(Benchmark, CatchesWhoDoesNothingWhenTimed) {
  EXPECT_EQ(Bench().of(Habit::idle_when_timed).finding, Finding::wrong_when_timed)
      << "c still held the result of the warm-up: poison it, and look after each timed run";
  EXPECT_EQ(Bench().of(Habit::first_time_only).finding, Finding::wrong_when_timed);
  EXPECT_EQ(Bench().of(Habit::first_answer).finding, Finding::wrong_when_timed)
      << "the answer of set 0 is not that of set 1";
}

TEST(Benchmark, CatchesWhoWritesOnlyPart) {
  Bench bench;
  bench.plan.input_sets = 1;
  const BenchmarkResult result = bench.of(Habit::part_later);
  EXPECT_EQ(result.finding, Finding::wrong_when_timed)
      << "the last quarter was that of the run before: poison c before each run";
  EXPECT_EQ(result.run, 3u) << "its sixth run is the fourth that is timed";
  EXPECT_EQ(result.element, 12u);
}

TEST(Benchmark, CatchesWhoRemembers) {
  EXPECT_EQ(Bench().of(Habit::by_address).finding, Finding::wrong_on_fresh_inputs)
      << "the same memory, and other numbers in it";
  EXPECT_EQ(Bench().of(Habit::by_content).finding, Finding::slower_on_fresh_inputs)
      << "always right, and fast only where it has met the numbers before";
}

TEST(Benchmark, RefusesAPlanOfNothing) {
  Bench bench;
  bench.plan.runs = 0;
  EXPECT_THROW(bench.of(Habit::honest), RangeError);
  EXPECT_EQ(bench.problem.asked, 0) << "before anything is done";
}

}  // namespace
}  // namespace gradbook
