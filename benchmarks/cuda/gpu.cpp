// A contest on a GPU: what the card says of itself, and how often everything is run.
#include "09_cuda/roofline.hpp"

#include "device.hpp"

namespace gradbook::bench {
namespace {

int attribute(cudaDeviceAttr what) {
  int device = 0, value = 0;
  check_device(cudaGetDevice(&device), "ask which device it is");
  check_device(cudaDeviceGetAttribute(&value, what, device), "ask the device about itself");
  return value;
}

// 10 times the compute capability
int capability() {
  return 10 * attribute(cudaDevAttrComputeCapabilityMajor) +
         attribute(cudaDevAttrComputeCapabilityMinor);
}

// Multiply-adds of floats that a multiprocessor begins in a cycle: NVIDIA, "CUDA C++ Programming
// Guide", Arithmetic Instructions
double cores() {
  const int of = capability();
  return of < 86 ? 64 : 128;
}

// FLOP of the tensor cores of a multiprocessor in a cycle, with factors of 16 bits and sums of 32,
// by the papers on the A100 and on the H100; 0: not known
double tensor_flops() {
  switch (capability()) {
    case 80:
      return 2048;
    case 90:
      return 4096;
    default:
      return 0;
  }
}

// Both clocks are told in kHz, and memory moves two bits a cycle over each wire
Card card() {
  return {.name = "",
          .multiprocessors = static_cast<double>(attribute(cudaDevAttrMultiProcessorCount)),
          .cores = cores(),
          .boost_ghz = attribute(cudaDevAttrClockRate) / 1e6,
          .bus_bits = static_cast<double>(attribute(cudaDevAttrGlobalMemoryBusWidth)),
          .gigabits_per_pin = 2 * attribute(cudaDevAttrMemoryClockRate) / 1e6};
}

}  // namespace

bool is_for_gpu() { return true; }

std::string about_device() {
  int devices = 0;
  if (const cudaError_t error = cudaGetDeviceCount(&devices); error != cudaSuccess || devices == 0)
    throw NoDevice(std::string("no GPU can be used: ") +
                   (error == cudaSuccess ? "there is none" : cudaGetErrorString(error)));
  cudaDeviceProp about{};
  check_device(cudaGetDeviceProperties(&about, 0), "ask the device about itself");
  return std::string(about.name) + ", compute capability " + std::to_string(about.major) + "." +
         std::to_string(about.minor) + ", " + std::to_string(about.multiProcessorCount) +
         " multiprocessors, at most " + std::to_string(attribute(cudaDevAttrClockRate) / 1000) +
         " MHz";
}

std::vector<int> usual_sizes() { return {512, 1024, 2048, 4096, 8192}; }

int largest_size() { return 16384; }

// Each set of 8192 takes 1 GiB of the host, and there are as many fresh ones
BenchmarkPlan plan_for(int n) {
  return {.warm_ups = 3, .runs = 11, .input_sets = n > 4096 ? 2 : 3};
}

std::unique_ptr<Stopwatch> stopwatch() {
  return std::make_unique<EventStopwatch>(
      static_cast<std::size_t>(attribute(cudaDevAttrL2CacheSize)));
}

int size_of_trials() { return 1024; }

double share_of_card(Numbers numbers, int n, double seconds) {
  Peak peak = peak_of(card());
  Work work = gemm_work(n, n, n, n);
  if (numbers != Numbers::float32) {
    if (tensor_flops() == 0) return 0;
    peak.flops = tensor_flops() * card().multiprocessors * card().boost_ghz * 1e9;
    work.bytes = (2.0 + 2.0 + 4.0) * n * n;  // two factors of 16 bits, and the product
  }
  return share_of_roof(peak, work, seconds);
}

std::optional<Counts> count(Candidate&, const Question&) { return {}; }

}  // namespace gradbook::bench
