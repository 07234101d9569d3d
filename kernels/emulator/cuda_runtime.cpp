#include "kernels/emulator/cuda_runtime.hpp"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <utility>

#include "kernels/emulator/memory.hpp"
#include "kernels/emulator/runtime.hpp"

namespace {

using gradbook::Engine;
using gradbook::emulator::Allocation;
using gradbook::emulator::Asked;
using gradbook::emulator::device_memory;
using gradbook::emulator::done;
using gradbook::emulator::Operation;
using gradbook::emulator::result;
using gradbook::emulator::streams;

struct Runtime {
  std::mutex changing;
  cudaError_t last = cudaSuccess;
  gradbook::DeviceTraffic traffic;
  std::map<const std::byte*, std::unique_ptr<std::byte[]>> pinned_by_end;
};

Runtime& runtime() {
  static Runtime all;
  return all;
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

// A copy of rows of bytes that lie apart, and side by side where they are as long as they are apart
struct Rows {
  void* to;
  std::size_t to_apart;
  const void* from;
  std::size_t from_apart;
  std::size_t size, count;
};

void copy_now(const Rows& rows) {
  for (std::size_t row = 0; row < rows.count; ++row) {
    auto* const to = static_cast<std::byte*>(rows.to) + row * rows.to_apart;
    const auto* const from = static_cast<const std::byte*>(rows.from) + row * rows.from_apart;
    std::memmove(to, from, rows.size);
    note_copy(to, from, rows.size);
  }
}

cudaError_t copy(const Rows& rows, cudaMemcpyKind kind, cudaStream_t stream, bool async) {
  if (!streams().has(stream)) return result(cudaErrorInvalidResourceHandle);
  const auto [to, to_apart, from, from_apart, size, count] = rows;
  if (size == 0 || count == 0) return cudaSuccess;
  if (to == nullptr || from == nullptr) return result(cudaErrorInvalidValue);
  const bool to_device = touches_device(to), from_device = touches_device(from);
  const bool as_said =
      kind == cudaMemcpyDefault ||
      (to_device == (kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice) &&
       from_device == (kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice));
  if (!as_said || size > to_apart || size > from_apart ||
      (to_device && !on_device(to, (count - 1) * to_apart + size)) ||
      (from_device && !on_device(from, (count - 1) * from_apart + size)))
    return result(cudaErrorInvalidValue);
  const bool pinned = to_device == from_device || is_pinned(to_device ? from : to);
  {
    const std::lock_guard lock(runtime().changing);
    gradbook::DeviceTraffic& traffic = runtime().traffic;
    ++traffic.copies;
    if (to_device && !from_device) traffic.bytes_to_device += size * count;
    if (!to_device && from_device) traffic.bytes_to_host += size * count;
    traffic.unpinned_async += async && !pinned;
  }
  const gradbook::DeviceModel& model = streams().model;
  const auto bytes = static_cast<double>(size * count);
  const bool within = to_device && from_device;
  Operation operation{within      ? "copy"
                      : to_device ? "copy to device"
                                  : "copy to host",
                      within      ? Engine::compute
                      : to_device ? Engine::to_device
                                  : Engine::to_host,
                      model.copy_seconds + bytes / (within ? model.own_bytes_per_second
                                                           : model.copy_bytes_per_second),
                      [rows] { copy_now(rows); }};
  const Asked asked = streams().ask(stream, operation);
  // What is not pinned goes by way of memory that is, and nobody can copy to that later
  const bool later = async && pinned && (to_device || from_device);
  return later ? cudaSuccess : done(streams().finish(asked));
}

}  // namespace

namespace gradbook::emulator {

cudaError_t result(cudaError_t error) {
  if (error != cudaSuccess) runtime().last = error;
  return error;
}

}  // namespace gradbook::emulator

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
  if (address == nullptr) return cudaSuccess;
  const bool well = streams().finish_all();  // what was asked may need it
  return device_memory().free(address) ? done(well) : result(cudaErrorInvalidValue);
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
  const bool well = streams().finish_all();
  const std::lock_guard lock(runtime().changing);
  const auto piece = std::ranges::find_if(
      runtime().pinned_by_end, [=](const auto& one) { return one.second.get() == address; });
  if (piece == runtime().pinned_by_end.end()) return result(cudaErrorInvalidValue);
  runtime().pinned_by_end.erase(piece);
  return done(well);
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t size, cudaMemcpyKind kind) {
  return copy({to, size, from, size, size, 1}, kind, nullptr, false);
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t size, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  return copy({to, size, from, size, size, 1}, kind, stream, true);
}

cudaError_t cudaMemcpy2D(void* to, std::size_t to_apart, const void* from, std::size_t from_apart,
                         std::size_t size, std::size_t count, cudaMemcpyKind kind) {
  return copy({to, to_apart, from, from_apart, size, count}, kind, nullptr, false);
}

cudaError_t cudaMemset(void* address, int value, std::size_t size) {
  const cudaError_t error = cudaMemsetAsync(address, value, size, nullptr);
  return error == cudaSuccess ? cudaStreamSynchronize(nullptr) : error;
}

cudaError_t cudaMemsetAsync(void* address, int value, std::size_t size, cudaStream_t stream) {
  if (!streams().has(stream)) return result(cudaErrorInvalidResourceHandle);
  if (size == 0) return cudaSuccess;
  if (!on_device(address, size)) return result(cudaErrorInvalidValue);
  streams().ask(stream, {"set", Engine::compute,
                         static_cast<double>(size) / streams().model.own_bytes_per_second, [=] {
                           std::memset(address, value, size);
                           device_memory().written_by_host(address, size);
                         }});
  return cudaSuccess;
}

cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total) {
  if (free == nullptr || total == nullptr) return result(cudaErrorInvalidValue);
  *total = gradbook::emulator::kDeviceBytes;
  *free = *total - device_memory().in_use();
  return cudaSuccess;
}

namespace gradbook {

DeviceTraffic device_traffic() {
  const std::lock_guard lock(runtime().changing);
  DeviceTraffic now = runtime().traffic;
  now.bytes_in_use = device_memory().in_use();
  now.overlapped = emulator::streams().overlapped();
  now.pieces_in_use = device_memory().pieces();
  return now;
}

}  // namespace gradbook
