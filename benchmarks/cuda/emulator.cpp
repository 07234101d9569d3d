// A contest without a GPU: small matrices, and counters in place of times.
#include "device.hpp"

namespace gradbook::bench {
namespace {

// How long the emulator's model of a device is busy, whatever the machine does besides
class TimelineStopwatch final : public Stopwatch {
 public:
  void flush_cache() override {}  // the model has none
  void start() override { clear_timeline(); }
  void stop() override {
    check_device(cudaDeviceSynchronize(), "wait for what is timed");
    milliseconds_ = 0;
    for (const TimelineEntry& entry : device_timeline())
      milliseconds_ += 1e3 * (entry.end - entry.begin);
  }
  double milliseconds() override { return milliseconds_; }

 private:
  double milliseconds_ = 0;
};

}  // namespace

bool is_for_gpu() { return false; }

std::string about_device() { return "emulated (no GPU): no time of a GPU was measured"; }

std::vector<int> usual_sizes() { return {64, 100, 128}; }

int largest_size() { return 256; }

// As many warm-ups as sets: who remembers what it met has met all of it when it is timed
BenchmarkPlan plan_for(int) { return {.warm_ups = 2, .runs = 2, .input_sets = 2}; }

std::unique_ptr<Stopwatch> stopwatch() { return std::make_unique<TimelineStopwatch>(); }

int size_of_trials() { return 64; }

double share_of_card(Numbers, int, double) { return 0; }

std::optional<Counts> count(Candidate& candidate, const Question& question) {
  const DeviceBuffer<float> a(question.a), b(question.b);
  DeviceBuffer<float> c(question.answer.size());
  count_warps(true);
  candidate.run(a.data(), b.data(), c.data());
  check_device(cudaDeviceSynchronize(), "wait for a product");
  count_warps(false);
  const KernelCounters& of = last_launch().counters;
  const auto elements = static_cast<double>(c.size());
  return Counts{static_cast<double>(of.global_reads) / elements,
                static_cast<double>(of.global_read_bytes) / elements, of.bank_conflicts,
                of.barriers};
}

}  // namespace gradbook::bench
