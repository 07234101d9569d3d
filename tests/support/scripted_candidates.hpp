/// @file
/// A clock that goes as a script says, and candidates for it, honest ones and others, for tests
/// and hidden cases of the benchmark harness.
#pragma once

#include <cmath>
#include <map>
#include <ostream>
#include <vector>

#include "09_cuda/benchmark.hpp"

namespace gradbook {

/// Time that passes only where somebody says so, or where there are copies that a candidate did
/// not ask for: a millisecond for each. A flush takes 7 ms.
class ScriptedWatch final : public Stopwatch {
 public:
  void flush_cache() override {
    now += 7;
    cold = true;
    ++flushes;
  }
  void start() override {
    start_ = now;
    copies_ = copies();
    running = true;
    ++pairs;
  }
  void stop() override {
    now += static_cast<double>(copies() - copies_);
    stop_ = now;
    running = false;
  }
  double milliseconds() override { return stop_ - start_; }

  /// From here on a candidate works, whose copies take no time.
  void leave_out(std::size_t copied) { copies_ += copied; }

  /// So far; on a GPU nobody counts them, and none takes time.
  static std::size_t copies() {
#ifdef GRADBOOK_GPU
    return 0;
#else
    return device_traffic().copies;
#endif
  }

  double now = 0;
  bool cold = true;
  bool running = false;
  int flushes = 0, pairs = 0;

 private:
  double start_ = 0, stop_ = 0;
  std::size_t copies_ = 0;
};

/// A finding in words.
inline const char* text(Finding finding) {
  switch (finding) {
    case Finding::valid:
      return "valid";
    case Finding::wrong_when_timed:
      return "wrong when timed";
    case Finding::wrong_on_fresh_inputs:
      return "wrong on fresh inputs";
    case Finding::slower_on_fresh_inputs:
      return "slower on fresh inputs";
  }
  return "none of them";
}

/// As a failing test prints it.
inline void PrintTo(Finding finding, std::ostream* out) { *out << text(finding); }

/// c_i = a_i b_i + a_{n−1−i}.
class MirrorProblem final : public Problem {
 public:
  explicit MirrorProblem(std::size_t n) : n_(n) {}

  Question ask(Random& random) const override {
    Question question;
    for (std::size_t i = 0; i < n_; ++i) {
      question.a.push_back(static_cast<float>(random.uniform(1, 2)));
      question.b.push_back(static_cast<float>(random.uniform(1, 2)));
    }
    for (std::size_t i = 0; i < n_; ++i)
      question.answer.push_back(double{question.a[i]} * question.b[i] + question.a[n_ - 1 - i]);
    ++asked;
    return question;
  }
  double within() const override { return 1e-5; }

  mutable int asked = 0;  ///< questions so far

 private:
  std::size_t n_;
};

/// What a candidate does about its work.
enum class Habit {
  honest,
  first_time_only,      ///< computes once, and then nothing
  first_answer,         ///< gives the answer of the first inputs for ever
  idle_when_timed,      ///< does nothing while the clock runs
  skips_one,            ///< is honest but for its 8th run
  part,                 ///< computes three quarters of c
  part_later,           ///< computes all of c until its 6th run, and then three quarters
  by_address,           ///< remembers what it gave for this memory
  by_address_at_first,  ///< the same, but honest from its 13th run on
  by_content,           ///< remembers what it gave for these numbers
  careless              ///< works with ten bits
};

/// Computes c of MirrorProblem, or does not, and lets the clock go on as if it had been a kernel.
class ScriptedCandidate final : public Candidate {
 public:
  /// @param watch  its clock
  /// @param n      numbers
  /// @param habit  what it does about its work
  /// @param costs  milliseconds of its first runs, the last one of all others; a fourth of it
  ///               where the cache has not been flushed before
  ScriptedCandidate(ScriptedWatch& watch, std::size_t n, Habit habit, std::vector<double> costs)
      : watch_(watch), n_(n), habit_(habit), costs_(std::move(costs)) {}

  void run(const float* a, const float* b, float* c) override {
    const std::size_t before = ScriptedWatch::copies();
    const std::size_t turn = runs++;
    const double cost = turn < costs_.size() ? costs_[turn] : costs_.back();
    if (sets.count(a) == 0) sets.emplace(a, sets.size());
    order.push_back(static_cast<int>(sets[a]));
    timed.push_back(watch_.running);
    if (works(turn)) {
      const std::vector<float> x = to_host(a), y = to_host(b);
      auto [known, is_new] = known_.try_emplace(key(a, x));
      const bool from_memory = !is_new && remembers(turn);
      if (!from_memory) known->second = computed(x, y);
      watch_.now += (from_memory ? 0.01 : 1) * (watch_.cold ? cost : cost / 4);
      const std::size_t n = writes_part(turn) ? n_ * 3 / 4 : n_;
      cudaMemcpy(c, known->second.data(), n * sizeof(float), cudaMemcpyHostToDevice);
    }
    watch_.cold = false;
    watch_.leave_out(ScriptedWatch::copies() - before);
  }

  std::size_t runs = 0;
  std::vector<int> order;  ///< which set of inputs each run had, as they came up
  std::vector<int> timed;  ///< whether the clock ran
  std::map<const float*, std::size_t> sets;

 private:
  using Key = std::pair<const float*, std::vector<float>>;

  bool works(std::size_t turn) const {
    if (habit_ == Habit::first_time_only) return turn == 0;
    if (habit_ == Habit::idle_when_timed) return !watch_.running;
    return habit_ != Habit::skips_one || turn != 7;
  }
  bool writes_part(std::size_t turn) const {
    return habit_ == Habit::part || (habit_ == Habit::part_later && turn >= 5);
  }
  bool remembers(std::size_t turn) const {
    if (habit_ == Habit::by_address_at_first) return turn < 12;
    return habit_ == Habit::first_answer || habit_ == Habit::by_address ||
           habit_ == Habit::by_content;
  }
  Key key(const float* a, const std::vector<float>& x) const {
    if (habit_ == Habit::first_answer) return {nullptr, {}};
    return habit_ == Habit::by_content ? Key{nullptr, x} : Key{a, {}};
  }
  std::vector<float> to_host(const float* numbers) const {
    std::vector<float> copy(n_);
    cudaMemcpy(copy.data(), numbers, n_ * sizeof(float), cudaMemcpyDeviceToHost);
    return copy;
  }
  std::vector<float> computed(const std::vector<float>& x, const std::vector<float>& y) const {
    std::vector<float> c(n_);
    for (std::size_t i = 0; i < n_; ++i) c[i] = x[i] * y[i] + x[n_ - 1 - i];
    if (habit_ == Habit::careless)
      for (float& number : c) number = std::round(number * 256) / 256;
    return c;
  }

  ScriptedWatch& watch_;
  std::size_t n_;
  Habit habit_;
  std::vector<double> costs_;
  std::map<Key, std::vector<float>> known_;
};

}  // namespace gradbook
