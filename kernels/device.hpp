/// @file
/// What host code needs around kernels, the same for a GPU and for the emulator: memory that frees
/// itself, streams, events, launches, and errors that name the line.
#pragma once

#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels/device_error.hpp"
#include "kernels/source_location.hpp"
#ifdef GRADBOOK_GPU
#include "kernels/gpu/controls.hpp"
#else
#include "kernels/emulator/launch.hpp"
#endif

namespace gradbook {

/// Numbers of the host that the device copies while it computes: memory that stays where it is. It
/// can be moved, not copied.
template <class T>
class PinnedBuffer {
 public:
  /// `size` numbers that nobody knows. @throws DeviceError  where there is no room
  explicit PinnedBuffer(std::size_t size, SourceLocation where = SourceLocation::current())
      : size_(size) {
    void* room = nullptr;
    check_device(cudaMallocHost(&room, size * sizeof(T)),
                 "allocate " + std::to_string(size * sizeof(T)) + " pinned bytes of the host",
                 where);
    data_ = static_cast<T*>(room);
  }
  ~PinnedBuffer() { cudaFreeHost(data_); }
  PinnedBuffer(PinnedBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  PinnedBuffer& operator=(PinnedBuffer&& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(data_, other.data_);
    return *this;
  }

  T* data() { return data_; }                                 ///< the first
  const T* data() const { return data_; }                     ///< the same, to read
  std::size_t size() const { return size_; }                  ///< how many
  std::span<T> span() { return {data_, size_}; }              ///< all of them
  std::span<const T> span() const { return {data_, size_}; }  ///< the same, to read

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Numbers in the memory of the device, which are given back with it. It can be moved, not copied.
template <class T>
class DeviceBuffer {
 public:
  /// `size` numbers that nobody knows. @throws DeviceError  where there is no room
  explicit DeviceBuffer(std::size_t size, SourceLocation where = SourceLocation::current())
      : size_(size) {
    if (size == 0) return;
    if (size > std::size_t(-1) / sizeof(T))
      check_device(cudaErrorMemoryAllocation, "allocate " + std::to_string(size) + " elements",
                   where);
    void* room = nullptr;
    check_device(cudaMalloc(&room, size * sizeof(T)),
                 "allocate " + std::to_string(size * sizeof(T)) + " bytes of the device", where);
    data_ = static_cast<T*>(room);
  }

  /// A copy of numbers of the host.
  explicit DeviceBuffer(std::span<const T> numbers,
                        SourceLocation where = SourceLocation::current())
      : DeviceBuffer(numbers.size(), where) {
    copy_from(numbers, where);
  }

  /// The same.
  explicit DeviceBuffer(const std::vector<T>& numbers,
                        SourceLocation where = SourceLocation::current())
      : DeviceBuffer(std::span<const T>(numbers), where) {}

  ~DeviceBuffer() { cudaFree(data_); }
  DeviceBuffer(DeviceBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  DeviceBuffer& operator=(DeviceBuffer&& other) noexcept {
    std::swap(size_, other.size_);
    std::swap(data_, other.data_);
    return *this;
  }

  /// What a kernel is given; nullptr where there are no numbers.
  T* data() { return data_; }
  /// The same, to read.
  const T* data() const { return data_; }
  /// How many numbers.
  std::size_t size() const { return size_; }

  /// Overwrites all numbers by those of the host.
  /// @throws DeviceError  where there are not as many
  void copy_from(std::span<const T> numbers, SourceLocation where = SourceLocation::current()) {
    require_size(numbers.size(), where);
    check_device(cudaMemcpy(data_, numbers.data(), size_ * sizeof(T), cudaMemcpyHostToDevice),
                 "copy " + std::to_string(size_ * sizeof(T)) + " bytes to the device", where);
  }

  /// Overwrites numbers of the host by these.
  /// @throws DeviceError  where there are not as many
  void copy_to(std::span<T> numbers, SourceLocation where = SourceLocation::current()) const {
    require_size(numbers.size(), where);
    check_device(cudaMemcpy(numbers.data(), data_, size_ * sizeof(T), cudaMemcpyDeviceToHost),
                 "copy " + std::to_string(size_ * sizeof(T)) + " bytes from the device", where);
  }

  /// Asks a stream for copy_from, and does not wait. From a PinnedBuffer's span() it is done later:
  /// until then nobody may overwrite or free that; from other memory it is done before it returns.
  void copy_from_async(std::span<const T> numbers, cudaStream_t stream,
                       SourceLocation where = SourceLocation::current()) {
    require_size(numbers.size(), where);
    check_device(
        cudaMemcpyAsync(data_, numbers.data(), size_ * sizeof(T), cudaMemcpyHostToDevice, stream),
        "ask for a copy of " + std::to_string(size_ * sizeof(T)) + " bytes", where);
  }

  /// Asks a stream for copy_to, and does not wait. Who reads the numbers waits for the stream.
  void copy_to_async(std::span<T> numbers, cudaStream_t stream,
                     SourceLocation where = SourceLocation::current()) const {
    require_size(numbers.size(), where);
    check_device(
        cudaMemcpyAsync(numbers.data(), data_, size_ * sizeof(T), cudaMemcpyDeviceToHost, stream),
        "ask for a copy of " + std::to_string(size_ * sizeof(T)) + " bytes", where);
  }

  /// A copy on the host.
  std::vector<T> to_host(SourceLocation where = SourceLocation::current()) const {
    std::vector<T> numbers(size_);
    copy_to(numbers, where);
    return numbers;
  }

  /// Sets every byte to 0.
  void clear(SourceLocation where = SourceLocation::current()) {
    check_device(cudaMemset(data_, 0, size_ * sizeof(T)), "clear memory of the device", where);
  }

 private:
  void require_size(std::size_t size, SourceLocation where) const {
    if (size == size_) return;
    check_device(cudaErrorInvalidValue,
                 "copy between " + std::to_string(size_) + " elements of the device and " +
                     std::to_string(size) + " of the host",
                 where);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Work of the device that is done in order.
class Stream {
 public:
  /// A new one.
  explicit Stream(SourceLocation where = SourceLocation::current()) {
    check_device(cudaStreamCreate(&stream_), "make a stream", where);
  }
  ~Stream() { cudaStreamDestroy(stream_); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  /// As the runtime's calls take it.
  cudaStream_t get() const { return stream_; }

  /// Waits for all that was asked of it.
  void synchronize(SourceLocation where = SourceLocation::current()) const {
    check_device(cudaStreamSynchronize(stream_), "wait for a stream", where);
  }

 private:
  cudaStream_t stream_ = nullptr;
};

/// A place in a stream, and when the device came there.
class Event {
 public:
  /// A new one.
  explicit Event(SourceLocation where = SourceLocation::current()) {
    check_device(cudaEventCreate(&event_), "make an event", where);
  }
  ~Event() { cudaEventDestroy(event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  /// Here, in a stream.
  void record(cudaStream_t stream = nullptr, SourceLocation where = SourceLocation::current()) {
    check_device(cudaEventRecord(event_, stream), "record an event", where);
  }

  /// What is asked of the stream from now on waits until the device has come here.
  void wait_in(cudaStream_t stream, SourceLocation where = SourceLocation::current()) const {
    check_device(cudaStreamWaitEvent(stream, event_, 0), "wait for an event in a stream", where);
  }

  /// Waits until the device has come here.
  void synchronize(SourceLocation where = SourceLocation::current()) const {
    check_device(cudaEventSynchronize(event_), "wait for an event", where);
  }

  /// Milliseconds from another one to this one; waits for both.
  float since(const Event& earlier, SourceLocation where = SourceLocation::current()) const {
    float milliseconds = 0;
    earlier.synchronize(where);
    synchronize(where);
    check_device(cudaEventElapsedTime(&milliseconds, earlier.event_, event_),
                 "the time between two events", where);
    return milliseconds;
  }

 private:
  cudaEvent_t event_ = nullptr;
};

/// What launch and launch_async do.
template <bool kWaits, class... Parameters>
auto prepare_launch(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes,
                    cudaStream_t stream, SourceLocation where) {
  check_earlier_calls("this launch", where);
#ifdef GRADBOOK_GPU
  const void* const function = reinterpret_cast<const void*>(kernel);
  constexpr std::size_t kWithoutAsking = 48 * 1024;
  if (shared_bytes > kWithoutAsking)
    check_device(cudaFuncSetAttribute(function, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                      static_cast<int>(shared_bytes)),
                 "ask for " + std::to_string(shared_bytes) + " bytes of shared memory", where);
  return [=](std::type_identity_t<Parameters>... arguments) {
    void* all[] = {&arguments..., nullptr};  // as <<<…>>> does, which only nvcc knows
    check_device(cudaLaunchKernel(function, grid, block, all, shared_bytes, stream),
                 "launch a kernel", where);
    if (kWaits) check_device(cudaStreamSynchronize(stream), "run a kernel", where);
  };
#else
  return emulator::Prepared<Parameters...>(kernel, {grid, block, shared_bytes}, stream, kWaits,
                                           where);
#endif
}

/// Launches a kernel: `launch(kernel, grid, block, shared_bytes, stream)(arguments…)`, which waits
/// for it, so that an error is that of this launch.
/// @param kernel        a __global__ function
/// @param grid          blocks
/// @param block         threads of each, at most 1024
/// @param shared_bytes  of `extern __shared__` memory for each block
/// @param stream        where it is done
/// @param where         the line
/// @throws DeviceError  where a call before it failed and nobody looked, and on a GPU where the
///                      kernel failed
/// @throws KernelFault  on the emulator: what is wrong with the kernel, and where
template <class... Parameters>
auto launch(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes = 0,
            cudaStream_t stream = nullptr, SourceLocation where = SourceLocation::current()) {
  return prepare_launch<true>(kernel, grid, block, shared_bytes, stream, where);
}

/// The same, but does not wait: sizes and pointers are looked at now, and what else is wrong is
/// thrown by whoever waits for the stream.
template <class... Parameters>
auto launch_async(void (*kernel)(Parameters...), dim3 grid, dim3 block, std::size_t shared_bytes,
                  cudaStream_t stream, SourceLocation where = SourceLocation::current()) {
  return prepare_launch<false>(kernel, grid, block, shared_bytes, stream, where);
}

}  // namespace gradbook
