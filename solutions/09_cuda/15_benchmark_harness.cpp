#include <algorithm>
#include <cmath>

#include "09_cuda/benchmark.hpp"

namespace gradbook {

void EventStopwatch::flush_cache() {
  // SOLUTION BEGIN  write all of it: what was in the cache has to go
  cache_.clear();
  // SOLUTION END
}

void EventStopwatch::start() {
  // SOLUTION BEGIN  an event before
  start_.record();
  // SOLUTION END
}

void EventStopwatch::stop() {
  // SOLUTION BEGIN  and one after
  stop_.record();
  // SOLUTION END
}

double EventStopwatch::milliseconds() {
  // SOLUTION BEGIN  how much later is the second?
  return stop_.since(start_);
  // SOLUTION END
}

double median(std::vector<double> times) {
  // SOLUTION BEGIN  in order, what is in the middle? There may be two
  if (times.empty()) throw RangeError("median: of no times");
  std::sort(times.begin(), times.end());
  const std::size_t half = times.size() / 2;
  return times.size() % 2 == 1 ? times[half] : (times[half - 1] + times[half]) / 2;
  // SOLUTION END
}

std::size_t first_wrong(std::span<const float> results, std::span<const double> answer,
                        double within) {
  // SOLUTION BEGIN  ask whether it is near enough: NaN never is
  if (results.size() != answer.size())
    throw ShapeError("first_wrong: ", results.size(), " results, ", answer.size(), " answers");
  for (std::size_t i = 0; i < answer.size(); ++i) {
    const double apart = std::fabs(results[i] - answer[i]);
    if (!(apart <= within * std::max(1.0, std::fabs(answer[i])))) return i;
  }
  return answer.size();
  // SOLUTION END
}

BenchmarkResult benchmark(Candidate& candidate, const Problem& problem, Stopwatch& watch,
                          const BenchmarkPlan& plan) {
  // SOLUTION BEGIN  four steps; steps 3 and 4 time and compare in the same way
  if (plan.warm_ups < 0 || plan.runs < 1 || plan.input_sets < 1)
    throw RangeError("benchmark: ", plan.warm_ups, " warm-ups, ", plan.runs, " runs, ",
                     plan.input_sets, " input sets");
  const auto warm_ups = static_cast<std::size_t>(plan.warm_ups),
             runs = static_cast<std::size_t>(plan.runs),
             sets = static_cast<std::size_t>(plan.input_sets);

  // Put several sets of inputs into memory
  Random random(plan.seed);
  std::vector<Question> questions;
  std::vector<DeviceBuffer<float>> a, b;
  for (std::size_t s = 0; s < sets; ++s) {
    questions.push_back(problem.ask(random));
    a.emplace_back(questions[s].a);
    b.emplace_back(questions[s].b);
  }
  DeviceBuffer<float> c(questions[0].answer.size());
  const std::vector<float> poison(c.size(), NAN);

  // Time one run, and look at what it leaves
  BenchmarkResult result;
  const auto time = [&](std::size_t run, Finding where_wrong) {
    const std::size_t s = run % sets;
    c.copy_from(poison);
    watch.flush_cache();
    watch.start();
    candidate.run(a[s].data(), b[s].data(), c.data());
    watch.stop();
    const double milliseconds = watch.milliseconds();
    const std::size_t wrong = first_wrong(c.to_host(), questions[s].answer, problem.within());
    if (wrong < c.size() && result.finding == Finding::valid)
      result.finding = where_wrong, result.run = run, result.element = wrong;
    return milliseconds;
  };

  // Warm up, then time
  for (std::size_t i = 0; i < warm_ups; ++i)
    candidate.run(a[i % sets].data(), b[i % sets].data(), c.data());
  std::vector<double> times, fresh;
  for (std::size_t i = 0; i < runs; ++i) times.push_back(time(i, Finding::wrong_when_timed));

  // Other numbers in the same memory: what was remembered is worth nothing now
  for (std::size_t s = 0; s < sets; ++s) {
    questions[s] = problem.ask(random);
    a[s].copy_from(questions[s].a);
    b[s].copy_from(questions[s].b);
    fresh.push_back(time(s, Finding::wrong_on_fresh_inputs));
  }
  result.median_ms = median(times);
  result.min_ms = *std::min_element(times.begin(), times.end());
  if (result.finding == Finding::valid && median(fresh) > 2 * result.median_ms)
    result.finding = Finding::slower_on_fresh_inputs;
  return result;
  // SOLUTION END
}

}  // namespace gradbook
