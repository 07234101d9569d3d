#include "kernels/emulator/cuda_runtime.hpp"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <utility>

#include "kernels/emulator/memory.hpp"

struct EmulatedStream {};
struct EmulatedEvent {
  std::chrono::steady_clock::time_point recorded{};
};

namespace {

using gradbook::emulator::Allocation;
using gradbook::emulator::device_memory;

struct Runtime {
  std::mutex changing;
  cudaError_t last = cudaSuccess;
  gradbook::DeviceTraffic traffic;
  std::map<const std::byte*, std::unique_ptr<std::byte[]>> pinned_by_end;
  std::set<std::unique_ptr<EmulatedStream>, std::less<>> streams;
  std::set<std::unique_ptr<EmulatedEvent>, std::less<>> events;
};

Runtime& runtime() {
  static Runtime all;
  return all;
}

cudaError_t result(cudaError_t error) {
  if (error != cudaSuccess) runtime().last = error;
  return error;
}

template <class Handles, class Handle>
auto find(Handles& handles, Handle handle) {
  return std::ranges::find_if(handles, [=](const auto& one) { return one.get() == handle; });
}

bool is_stream(cudaStream_t stream) {
  return stream == nullptr || find(runtime().streams, stream) != runtime().streams.end();
}

// Whether bytes lie in one piece of the device that is in use
bool on_device(const void* address, std::size_t size) {
  const Allocation* const piece = device_memory().find(address);
  const auto* const a = static_cast<const std::byte*>(address);
  return piece != nullptr && !piece->freed && a >= piece->begin &&
         a + size <= piece->begin + piece->size;
}

bool touches_device(const void* address) { return device_memory().find(address) != nullptr; }

bool is_pinned(const void* address) {
  const auto* const a = static_cast<const std::byte*>(address);
  const auto piece = runtime().pinned_by_end.upper_bound(a);
  return piece != runtime().pinned_by_end.end() && piece->second.get() <= a;
}

// What the device knows of `from` goes with the bytes: what was never written stays unwritten
void note_copy(void* to, const void* from, std::size_t size) {
  if (!touches_device(to)) return;
  Allocation* const source = device_memory().find(from);
  if (source == nullptr || size % 4 != 0) return device_memory().written_by_host(to, size);
  Allocation* const target = device_memory().find(to);
  const auto cell = [](const Allocation& piece, const void* at) {
    return piece.cells.begin() + (static_cast<const std::byte*>(at) - piece.begin) / 4;
  };
  const auto written = [](const gradbook::emulator::Cell& c) { return bool(c.write); };
  const auto first = cell(*source, from);
  const auto n = static_cast<std::ptrdiff_t>(size / 4);
  const auto end = first + n;
  if (std::all_of(first, end, written)) return device_memory().written_by_host(to, size);
  std::copy(first, end, target->cells.begin() + (cell(*target, to) - target->cells.cbegin()));
}

cudaError_t copy(void* to, const void* from, std::size_t size, cudaMemcpyKind kind, bool async) {
  if (size == 0) return cudaSuccess;
  if (to == nullptr || from == nullptr) return result(cudaErrorInvalidValue);
  const bool to_device = touches_device(to), from_device = touches_device(from);
  const bool as_said =
      kind == cudaMemcpyDefault ||
      (to_device == (kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice) &&
       from_device == (kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice));
  if (!as_said || (to_device && !on_device(to, size)) || (from_device && !on_device(from, size)))
    return result(cudaErrorInvalidValue);
  std::memmove(to, from, size);
  note_copy(to, from, size);
  const std::lock_guard lock(runtime().changing);
  gradbook::DeviceTraffic& traffic = runtime().traffic;
  ++traffic.copies;
  if (to_device && !from_device) traffic.bytes_to_device += size;
  if (!to_device && from_device) traffic.bytes_to_host += size;
  if (async && to_device != from_device && !is_pinned(to_device ? from : to))
    ++traffic.unpinned_async;
  return cudaSuccess;
}

}  // namespace

const char* cudaGetErrorName(cudaError_t error) {
  switch (error) {
    case cudaSuccess:
      return "cudaSuccess";
    case cudaErrorInvalidValue:
      return "cudaErrorInvalidValue";
    case cudaErrorMemoryAllocation:
      return "cudaErrorMemoryAllocation";
    case cudaErrorInvalidResourceHandle:
      return "cudaErrorInvalidResourceHandle";
    case cudaErrorNotReady:
      return "cudaErrorNotReady";
    case cudaErrorLaunchFailure:
      return "cudaErrorLaunchFailure";
  }
  return "an unknown error";
}

const char* cudaGetErrorString(cudaError_t error) {
  switch (error) {
    case cudaSuccess:
      return "no error";
    case cudaErrorInvalidValue:
      return "invalid argument";
    case cudaErrorMemoryAllocation:
      return "out of memory";
    case cudaErrorInvalidResourceHandle:
      return "invalid resource handle";
    case cudaErrorNotReady:
      return "device not ready";
    case cudaErrorLaunchFailure:
      return "unspecified launch failure";
  }
  return "unknown error";
}

cudaError_t cudaGetLastError() { return std::exchange(runtime().last, cudaSuccess); }
cudaError_t cudaPeekAtLastError() { return runtime().last; }

// ---- memory -------------------------------------------------------------------------------------

cudaError_t cudaMalloc(void** address, std::size_t size) {
  if (address == nullptr) return result(cudaErrorInvalidValue);
  *address = device_memory().allocate(size);
  return *address == nullptr && size > 0 ? result(cudaErrorMemoryAllocation) : cudaSuccess;
}

cudaError_t cudaFree(void* address) {
  if (address == nullptr || device_memory().free(address)) return cudaSuccess;
  return result(cudaErrorInvalidValue);
}

cudaError_t cudaMallocHost(void** address, std::size_t size) {
  if (address == nullptr) return result(cudaErrorInvalidValue);
  const std::lock_guard lock(runtime().changing);
  auto room = std::make_unique<std::byte[]>(size);
  *address = room.get();
  runtime().pinned_by_end.emplace(room.get() + size, std::move(room));
  return cudaSuccess;
}

cudaError_t cudaFreeHost(void* address) {
  if (address == nullptr) return cudaSuccess;
  const std::lock_guard lock(runtime().changing);
  const auto piece = std::ranges::find_if(
      runtime().pinned_by_end, [=](const auto& one) { return one.second.get() == address; });
  if (piece == runtime().pinned_by_end.end()) return result(cudaErrorInvalidValue);
  runtime().pinned_by_end.erase(piece);
  return cudaSuccess;
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t size, cudaMemcpyKind kind) {
  return copy(to, from, size, kind, false);
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t size, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  if (!is_stream(stream)) return result(cudaErrorInvalidResourceHandle);
  return copy(to, from, size, kind, true);
}

cudaError_t cudaMemset(void* address, int value, std::size_t size) {
  if (size == 0) return cudaSuccess;
  if (!on_device(address, size)) return result(cudaErrorInvalidValue);
  std::memset(address, value, size);
  device_memory().written_by_host(address, size);
  return cudaSuccess;
}

cudaError_t cudaMemsetAsync(void* address, int value, std::size_t size, cudaStream_t stream) {
  if (!is_stream(stream)) return result(cudaErrorInvalidResourceHandle);
  return cudaMemset(address, value, size);
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  if (free == nullptr || total == nullptr) return result(cudaErrorInvalidValue);
  *total = gradbook::emulator::kDeviceBytes;
  *free = *total - device_memory().in_use();
  return cudaSuccess;
}

// ---- streams and events -------------------------------------------------------------------------

cudaError_t cudaDeviceSynchronize() { return cudaSuccess; }

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
  if (stream == nullptr) return result(cudaErrorInvalidValue);
  *stream = runtime().streams.insert(std::make_unique<EmulatedStream>()).first->get();
  return cudaSuccess;
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  const auto found = find(runtime().streams, stream);
  if (found == runtime().streams.end()) return result(cudaErrorInvalidResourceHandle);
  runtime().streams.erase(found);
  return cudaSuccess;
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
  return is_stream(stream) ? cudaSuccess : result(cudaErrorInvalidResourceHandle);
}

cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned) {
  const bool known = is_stream(stream) && find(runtime().events, event) != runtime().events.end();
  return known ? cudaSuccess : result(cudaErrorInvalidResourceHandle);
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  if (event == nullptr) return result(cudaErrorInvalidValue);
  *event = runtime().events.insert(std::make_unique<EmulatedEvent>()).first->get();
  return cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  const auto found = find(runtime().events, event);
  if (found == runtime().events.end()) return result(cudaErrorInvalidResourceHandle);
  runtime().events.erase(found);
  return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
  if (find(runtime().events, event) == runtime().events.end() || !is_stream(stream))
    return result(cudaErrorInvalidResourceHandle);
  event->recorded = std::chrono::steady_clock::now();
  return cudaSuccess;
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return find(runtime().events, event) != runtime().events.end()
             ? cudaSuccess
             : result(cudaErrorInvalidResourceHandle);
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to) {
  const auto recorded = [](cudaEvent_t event) {
    return find(runtime().events, event) != runtime().events.end() &&
           event->recorded != std::chrono::steady_clock::time_point();
  };
  if (milliseconds == nullptr || !recorded(from) || !recorded(to))
    return result(cudaErrorInvalidResourceHandle);
  *milliseconds = std::chrono::duration<float, std::milli>(to->recorded - from->recorded).count();
  return cudaSuccess;
}

namespace gradbook {

DeviceTraffic device_traffic() {
  const std::lock_guard lock(runtime().changing);
  DeviceTraffic now = runtime().traffic;
  now.bytes_in_use = device_memory().in_use();
  now.pieces_in_use = device_memory().pieces();
  return now;
}

}  // namespace gradbook
