/// @file
/// How long a kernel takes, and whether it did its work in that time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"
#include "00_course/random.hpp"
#include "kernels/device.hpp"

namespace gradbook {

// ---- given: who takes part ----------------------------------------------------------------------

/// Inputs, and what is to come out.
struct Question {
  std::vector<float> a;        ///< the first input
  std::vector<float> b;        ///< the second
  std::vector<double> answer;  ///< of these, computed in double
};

/// What is to be computed.
class Problem {
 public:
  virtual ~Problem() = default;
  /// New inputs, always of the same sizes, and their answer.
  virtual Question ask(Random& random) const = 0;
  /// How far a result may be from the answer; see first_wrong.
  virtual double within() const = 0;
};

/// One way to compute it. What it does is its own business: a harness trusts nothing but results.
class Candidate {
 public:
  virtual ~Candidate() = default;
  /// Computes c of a and b, all in memory of the device. It may return before that is done.
  virtual void run(const float* a, const float* b, float* c) = 0;
};

/// What time is measured with: events of the device, or a script where a test says how time goes.
class Stopwatch {
 public:
  virtual ~Stopwatch() = default;
  /// Fills the cache of the device with what no candidate wants.
  virtual void flush_cache() = 0;
  /// Notes when the device comes here.
  virtual void start() = 0;
  /// Likewise, after what is to be timed.
  virtual void stop() = 0;
  /// From the last start to the last stop; waits until the device was at both.
  virtual double milliseconds() = 0;
};

/// How often.
struct BenchmarkPlan {
  int warm_ups = 3;        ///< runs that are not timed, at least 0
  int runs = 20;           ///< that are, at least 1
  int input_sets = 3;      ///< in memory at the same time, at least 1
  std::uint64_t seed = 1;  ///< of all inputs
};

/// Whether times mean anything.
enum class Finding {
  valid,                  ///< all results were right
  wrong_when_timed,       ///< the result of a timed run was not
  wrong_on_fresh_inputs,  ///< timed runs were right, but not with inputs that it had not met
  slower_on_fresh_inputs  ///< right, but with such inputs it takes more than twice as long
};

/// What came out.
struct BenchmarkResult {
  double median_ms = 0;              ///< of the timed runs
  double min_ms = 0;                 ///< of the timed runs
  Finding finding = Finding::valid;  ///< the first that was met
  std::size_t run = 0;               ///< where wrong: which timed run, or which fresh one, from 0
  std::size_t element = 0;           ///< where wrong: the first element that is
};

/// Why the times mean nothing, for people; "" where they do.
inline std::string why_not(const BenchmarkResult& result) {
  const std::string where = std::to_string(result.run) + ": element " +
                            std::to_string(result.element) + " is not what it should be";
  switch (result.finding) {
    case Finding::valid:
      break;
    case Finding::wrong_when_timed:
      return "timed run " + where;
    case Finding::wrong_on_fresh_inputs:
      return "fresh inputs, run " + where;
    case Finding::slower_on_fresh_inputs:
      return "with fresh inputs it takes more than twice as long: what was timed is not the work";
  }
  return "";
}

// ---- exercise 9.15 ------------------------------------------------------------------------------

/// The stopwatch of a device: two events, and memory as large as its second-level cache.
class EventStopwatch final : public Stopwatch {
 public:
  /// @param cache_bytes  of the device's L2, which is 40 MiB on an A100
  explicit EventStopwatch(std::size_t cache_bytes) : cache_((cache_bytes + 3) / 4) {}

  /// Sets all of cache() to 0.
  void flush_cache() override;
  void start() override;
  void stop() override;
  double milliseconds() override;

  /// What is written by flush_cache.
  DeviceBuffer<float>& cache() { return cache_; }

 private:
  DeviceBuffer<float> cache_;
  Event start_;
  Event stop_;
};

/// The middle of the times in order, or half way between the two in the middle.
/// @param times  in any order
/// @throws RangeError  where there are none
double median(std::vector<double> times);

/// The first element of `results` that is too far from the answer, or that is NaN:
/// all but |c − answer| ≤ within · max(1, |answer|).
/// @param results  (n)
/// @param answer   (n)
/// @param within   how far is not too far
/// @returns        n where there is none
/// @throws ShapeError  where there are not as many of one as of the other
std::size_t first_wrong(std::span<const float> results, std::span<const double> answer,
                        double within);

/// Times a candidate, and looks at its results.
///
/// 1. Asks plan.input_sets questions, each with memory of its own for a and b. All results go to
///    one c.
/// 2. Runs the candidate plan.warm_ups times. Run i takes set i mod input_sets, here and below.
/// 3. Runs it plan.runs times. Before each, every number of c becomes NaN, and then the cache is
///    flushed. Between start and stop there is the candidate and nothing else. After stop the
///    result is compared with the answer.
/// 4. Asks as many questions again, puts their inputs into the same memory, and runs each of them
///    once as in 3: timed, and compared with the answer. These times count for one question only:
///    whether their median is more than twice that of 3.
///
/// All runs are made, also after a finding. The questions are asked with one Random(plan.seed).
/// @throws RangeError  where a number of the plan is too small; nothing has been run then
BenchmarkResult benchmark(Candidate& candidate, const Problem& problem, Stopwatch& watch,
                          const BenchmarkPlan& plan = {});

}  // namespace gradbook
