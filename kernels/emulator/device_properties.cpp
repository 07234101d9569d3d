#include <algorithm>
#include <array>
#include <cstring>
#include <thread>

#include "kernels/emulator/memory.hpp"
#include "kernels/emulator/runtime.hpp"
#include "kernels/emulator/worker.hpp"

using gradbook::emulator::result;

cudaError_t cudaGetDeviceCount(int* count) {
  if (count == nullptr) return result(cudaErrorInvalidValue);
  *count = 1;
  return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* about, int device) {
  if (about == nullptr || device != 0) return result(cudaErrorInvalidValue);
  *about = {};
  std::strcpy(about->name, "gradbook's emulator, no GPU");
  about->totalGlobalMem = gradbook::emulator::kDeviceBytes;
  about->sharedMemPerBlock = 48 * 1024;
  about->sharedMemPerBlockOptin = gradbook::emulator::kDynamicShared;
  about->warpSize = warpSize;
  about->maxThreadsPerBlock = 1024;
  std::ranges::copy(std::array{1024, 1024, 64}, about->maxThreadsDim);
  std::ranges::copy(std::array{0x7fffffff, 65535, 65535}, about->maxGridSize);
  about->major = 9;
  about->multiProcessorCount = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1u));
  return cudaSuccess;
}
