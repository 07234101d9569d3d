#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "09_cuda/benchmark.hpp"
#include "support/kernel_runs.hpp"
#include "support/scripted_candidates.hpp"

namespace gradbook {
namespace {

constexpr int kWarmUps = 3, kRuns = 9, kSets = 3;

// A candidate with a plan and a clock of its own
struct Bench {
  BenchmarkPlan plan{kWarmUps, kRuns, kSets, 5};
  std::size_t n = 32;
  std::vector<double> costs = {4};
  ScriptedWatch watch = {};
  std::vector<int> order = {}, timed = {};
  int asked = 0;

  BenchmarkResult of(Habit habit) {
    calling(fmt::format("benchmark with {} warm-ups, {} runs, {} input sets", plan.warm_ups,
                        plan.runs, plan.input_sets));
    const MirrorProblem problem(n);
    ScriptedCandidate candidate(watch, n, habit, costs);
    const BenchmarkResult result = benchmark(candidate, problem, watch, plan);
    order = candidate.order;
    timed = candidate.timed;
    asked = problem.asked;
    return result;
  }
};

void observe_finding(const std::string& what, const BenchmarkResult& result) {
  observe("finding, " + what, std::string_view(text(result.finding)));
  if (result.finding == Finding::valid || result.finding == Finding::slower_on_fresh_inputs) return;
  observe("run, " + what, static_cast<int>(result.run));
  observe("element, " + what, static_cast<int>(result.element));
}

// ---- the parts ----------------------------------------------------------------------------------

CASE(benchmark_harness, event_pair, "the time from the first event to the second") {
  EventStopwatch watch(400);
  calling("start, flush_cache, stop, milliseconds; twice");
  for (int i = 0; i < 2; ++i) {
    watch.start();
    watch.flush_cache();
    watch.stop();
    const double milliseconds = watch.milliseconds();
    observe(fmt::format("more than 0 and less than a minute, time {}", i),
            milliseconds > 0 && milliseconds < 60000);
  }
}

CASE(benchmark_harness, flush, "the whole of the memory is written, each time") {
  const auto n = static_cast<std::size_t>(input("numbers", draw_integer(100, 5000)));
  EventStopwatch watch(4 * n);
  for (int i = 0; i < 2; ++i) {
    watch.cache().copy_from(input_floats("before", n, 1, 2));
    watch.flush_cache();
    observe_floats(fmt::format("after flush {}", i), watch.cache());
  }
}

CASE(benchmark_harness, middle, "in order, and half way where there are two") {
  for (const std::size_t n : {1u, 2u, 3u, 4u, 11u, 20u})
    observe(fmt::format("median of {}", n), median(input("times", draw_list(n, 1, 100))));
  observe("of 4, 1, 1, 1", median({4, 1, 1, 1}));
  observe_error("of none", [] { median({}); });
}

CASE(benchmark_harness, compared, "relative to answers above 1, absolute below", {.weight = 2}) {
  for (const double size : {1e-4, 0.5, 1., 3., 1e6})
    for (const double by : {0.9, 1.1, -0.9, -1.1}) {
      std::vector<double> answer(7);
      for (double& x : answer) x = static_cast<float>(size * draw(1, 1.01));
      std::vector<float> results(answer.begin(), answer.end());
      const double within = 1e-2, room = within * std::max(1., std::fabs(answer[4]));
      results[4] = static_cast<float>(answer[4] + by * room);
      observe(fmt::format("{} times the distance from about {}", by, size),
              static_cast<int>(first_wrong(results, answer, within)));
      for (double& x : answer) x = -x;
      for (float& x : results) x = -x;
      observe(fmt::format("{} times the distance from about -{}", by, size),
              static_cast<int>(first_wrong(results, answer, within)));
    }
}

CASE(benchmark_harness, compared_all, "from the first element to the last, and the first counts") {
  const std::vector<double> answer(9, 2);
  for (const std::size_t at : {0u, 5u, 8u}) {
    std::vector<float> results(9, 2);
    results[at] = 3;
    results[8] = 4;
    observe(fmt::format("elements {} and 8 are wrong", at),
            static_cast<int>(first_wrong(results, answer, 0.1)));
  }
  observe("none is wrong", static_cast<int>(first_wrong(std::vector<float>(9, 2), answer, 0)));
  observe("of none", static_cast<int>(first_wrong({}, {}, 0.1)));
  observe_error("fewer results", [&] { first_wrong(std::vector<float>(8, 2), answer, 1); });
  observe_error("more results", [&] { first_wrong(std::vector<float>(10, 2), answer, 1); });
}

CASE(benchmark_harness, compared_odd_numbers, "NaN and infinity are never near") {
  const std::vector<double> answer(5, 2);
  for (const float odd : {NAN, INFINITY, -INFINITY}) {
    std::vector<float> results(5, 2);
    results[3] = odd;
    observe(fmt::format("element 3 is {}", odd),
            static_cast<int>(first_wrong(results, answer, 0.1)));
  }
}

// ---- times --------------------------------------------------------------------------------------

CASE(benchmark_harness, honest_times, "median and minimum of the timed runs, and of no others",
     {.weight = 2}) {
  Bench bench;
  bench.costs = {200, 0.5, 300};
  for (int i = 0; i < kRuns; ++i) bench.costs.push_back(draw(2, 9));
  for (int i = 0; i < kSets; ++i) bench.costs.push_back(1);
  const BenchmarkResult result = bench.of(Habit::honest);
  observe("median", result.median_ms);
  observe("min", result.min_ms);
  observe_finding("of an honest one", result);
}

CASE(benchmark_harness, even_runs, "an even number of runs, one run, and no warm-up") {
  for (const auto& [warm_ups, runs, sets] :
       {std::tuple{0, 4, 2}, {1, 1, 1}, {0, 1, 4}, {7, 6, 1}}) {
    Bench bench;
    bench.plan = {warm_ups, runs, sets, 9};
    bench.costs = draw_list(14, 3, 5);
    const BenchmarkResult result = bench.of(Habit::honest);
    const std::string what = fmt::format("{} warm-ups, {} runs, {} sets", warm_ups, runs, sets);
    observe("median, " + what, result.median_ms);
    observe("min, " + what, result.min_ms);
    observe("runs of the candidate, " + what, static_cast<int>(bench.order.size()));
  }
}

CASE(benchmark_harness, cold_cache, "the cache is flushed before each timed run, and not in it",
     {.weight = 2}) {
  Bench bench;
  const BenchmarkResult result = bench.of(Habit::honest);
  observe("median of runs that take 4 ms, and 1 ms with a warm cache", result.median_ms);
  observe("min", result.min_ms);
  observe("at least as many flushes as timed runs", bench.watch.flushes >= kRuns + kSets);
}

CASE(benchmark_harness, order, "sets in turn, timed one by one, with fresh inputs at the end",
     {.weight = 2}) {
  Bench bench;
  bench.of(Habit::honest);
  observe("set of each run", bench.order);
  observe("whether its time was taken", bench.timed);
  observe("pairs of events", bench.watch.pairs);
  observe("questions asked", bench.asked);
}

CASE(benchmark_harness, seeds, "inputs come from the seed of the plan") {
  struct Recorder final : Candidate {
    explicit Recorder(std::vector<float>& seen) : seen(seen) {}
    void run(const float* a, const float*, float*) override {
      cudaMemcpy(&seen.emplace_back(), a, sizeof(float), cudaMemcpyDeviceToHost);
    }
    std::vector<float>& seen;
  };
  for (const std::uint64_t seed : {3u, 4u}) {
    std::vector<float> seen;
    Recorder recorder(seen);
    ScriptedWatch watch;
    benchmark(recorder, MirrorProblem(6), watch, {0, 2, 2, seed});
    observe(fmt::format("a[0] of each run, seed {}", seed), seen);
  }
}

CASE(benchmark_harness, nothing_left, "all memory is given back") {
  const auto before = device_traffic().pieces_in_use;
  Bench().of(Habit::honest);
  Bench().of(Habit::part);
  observe("pieces more than before", device_traffic().pieces_in_use - before);
}

// ---- who is accused, and who is not -------------------------------------------------------------

CASE(benchmark_harness, honest_ones, "slow, unsteady or slow at first is not dishonest",
     {.weight = 2}) {
  Bench slow, unsteady, slow_at_first, almost;
  slow.costs = {1e6};
  observe_finding("slow", slow.of(Habit::honest));
  unsteady.costs = {4, 4, 4, 4, 40, 3, 4, 50, 4, 2, 4, 4, 4, 60, 4};
  observe_finding("unsteady", unsteady.of(Habit::honest));
  slow_at_first.costs = {500, 400, 300, 4};
  observe_finding("slow at first", slow_at_first.of(Habit::honest));
  almost.costs = std::vector<double>(kWarmUps + kRuns, 4);
  almost.costs.push_back(input("with fresh inputs", draw(7, 7.9)));
  observe_finding("almost twice as long with fresh inputs", almost.of(Habit::honest));
}

CASE(benchmark_harness, slow_on_fresh, "more than twice as long with numbers it has not met") {
  Bench bench;
  bench.costs = std::vector<double>(kWarmUps + kRuns, 4);
  bench.costs.push_back(input("with fresh inputs", draw(8.1, 9)));
  observe_finding("a bit more than twice", bench.of(Habit::honest));
  Bench one;
  one.costs = std::vector<double>(kWarmUps + kRuns, 4);
  for (const double cost : {4, 40, 4}) one.costs.push_back(cost);
  observe_finding("one of three runs with fresh inputs, which the median leaves out",
                  one.of(Habit::honest));
}

CASE(benchmark_harness, idle, "nothing is done while the clock runs", {.weight = 2}) {
  observe_finding("idle when timed", Bench().of(Habit::idle_when_timed));
  observe_finding("one set", Bench{.plan = {1, 3, 1, 2}}.of(Habit::idle_when_timed));
}

CASE(benchmark_harness, once, "computed the first time only", {.weight = 2}) {
  observe_finding("first time only", Bench().of(Habit::first_time_only));
  observe_finding("one set", Bench{.plan = {1, 3, 1, 2}}.of(Habit::first_time_only));
}

CASE(benchmark_harness, same_answer, "the answer of the first inputs for all others",
     {.weight = 2}) {
  observe_finding("three sets", Bench().of(Habit::first_answer));
  observe_finding("one set: only fresh inputs show it",
                  Bench{.plan = {1, 3, 1, 2}}.of(Habit::first_answer));
}

CASE(benchmark_harness, in_part, "the last quarter is left as it was", {.weight = 2}) {
  observe_finding("from the start", Bench().of(Habit::part));
  observe_finding("later", Bench().of(Habit::part_later));
  observe_finding("later, one set", Bench{.plan = {2, 8, 1, 2}}.of(Habit::part_later));
}

CASE(benchmark_harness, one_run, "each timed run is looked at, not only the last of a set") {
  observe_finding("the eighth is left out", Bench().of(Habit::skips_one));
}

CASE(benchmark_harness, remembered, "the result of the warm-up for the same memory",
     {.weight = 2}) {
  observe_finding("for ever", Bench().of(Habit::by_address));
  observe_finding("as long as it is timed", Bench().of(Habit::by_address_at_first));
}

CASE(benchmark_harness, remembered_numbers, "right with all numbers, fast with known ones",
     {.weight = 2}) {
  observe_finding("known by their content", Bench().of(Habit::by_content));
}

CASE(benchmark_harness, imprecise, "ten bits are not enough") {
  observe_finding("rounded", Bench().of(Habit::careless));
}

CASE(benchmark_harness, refusals, "numbers of a plan that make no sense, before anything runs") {
  for (const BenchmarkPlan& plan :
       {BenchmarkPlan{-1, 5, 2, 1}, {2, 0, 2, 1}, {2, -3, 2, 1}, {2, 5, 0, 1}, {2, 5, -1, 1}}) {
    ScriptedWatch watch;
    ScriptedCandidate candidate(watch, 4, Habit::honest, {1});
    const std::string what =
        fmt::format("{} warm-ups, {} runs, {} sets", plan.warm_ups, plan.runs, plan.input_sets);
    observe_error(what, [&] { benchmark(candidate, MirrorProblem(4), watch, plan); });
    observe("runs before, " + what, static_cast<int>(candidate.runs));
  }
}

PROOF(benchmark_harness, by_hand) {
  prove(median({3, 1, 2}) == 2 && median({4, 1, 3, 2}) == 2.5 && median({7}) == 7, "median");
  Bench bench;
  bench.costs = {90, 90, 90, 5, 4, 6, 2, 9, 8, 7, 3, 1, 5};
  const BenchmarkResult result = bench.of(Habit::honest);
  prove_close("median", result.median_ms, 5, 1e-9);
  prove_close("min", result.min_ms, 1, 1e-9);
  prove(why_not(result).empty(), "an honest one is not accused");
  const std::pair<Habit, Finding> kExpected[] = {
      {Habit::first_time_only, Finding::wrong_when_timed},
      {Habit::first_answer, Finding::wrong_when_timed},
      {Habit::idle_when_timed, Finding::wrong_when_timed},
      {Habit::skips_one, Finding::wrong_when_timed},
      {Habit::part, Finding::wrong_when_timed},
      {Habit::part_later, Finding::wrong_when_timed},
      {Habit::careless, Finding::wrong_when_timed},
      {Habit::by_address, Finding::wrong_on_fresh_inputs},
      {Habit::by_address_at_first, Finding::slower_on_fresh_inputs},
      {Habit::by_content, Finding::slower_on_fresh_inputs}};
  for (const auto& [habit, finding] : kExpected)
    prove(Bench().of(habit).finding == finding,
          fmt::format("habit {} is found out", static_cast<int>(habit)));
}

}  // namespace
}  // namespace gradbook
