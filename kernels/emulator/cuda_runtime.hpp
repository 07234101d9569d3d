/// @file
/// The part of the CUDA runtime that host code uses, for the emulator, under CUDA's names. What is
/// asked of a stream is done when somebody waits for it: who forgets to wait finds old bytes.
/// @see  NVIDIA, "CUDA Runtime API"
#pragma once

#include <cstddef>

/// What a call of the runtime comes to.
enum cudaError_t {
  cudaSuccess = 0,                       ///< all is well
  cudaErrorInvalidValue = 1,             ///< a size, a direction or a pointer that makes no sense
  cudaErrorMemoryAllocation = 2,         ///< there is no room
  cudaErrorInvalidResourceHandle = 400,  ///< a stream or an event that is not there
  cudaErrorNotReady = 600,               ///< not done yet
  cudaErrorLaunchFailure = 719,          ///< a kernel did what it must not do
};

/// From where to where memory is copied.
enum cudaMemcpyKind {
  cudaMemcpyHostToHost,
  cudaMemcpyHostToDevice,
  cudaMemcpyDeviceToHost,
  cudaMemcpyDeviceToDevice,
  cudaMemcpyDefault  ///< as the pointers say
};

using cudaStream_t = struct EmulatedStream*;  ///< work that is done in order; nullptr is one, too
using cudaEvent_t = struct EmulatedEvent*;    ///< a place in a stream

/// "invalid argument" and the like.
const char* cudaGetErrorString(cudaError_t error);
/// "cudaErrorInvalidValue" and the like.
const char* cudaGetErrorName(cudaError_t error);
/// The last error that was not asked for, which is forgotten.
cudaError_t cudaGetLastError();
/// The same, which is kept.
cudaError_t cudaPeekAtLastError();

/// New bytes on the device, of which nothing is known.
cudaError_t cudaMalloc(void** address, std::size_t size);
/// The same with a type.
template <class T>
cudaError_t cudaMalloc(T** address, std::size_t size) {
  return cudaMalloc(reinterpret_cast<void**>(address), size);
}
/// Gives them back; nullptr is nothing.
cudaError_t cudaFree(void* address);
/// New bytes on the host that the device can copy while it computes ("pinned").
cudaError_t cudaMallocHost(void** address, std::size_t size);
/// The same with a type.
template <class T>
cudaError_t cudaMallocHost(T** address, std::size_t size) {
  return cudaMallocHost(reinterpret_cast<void**>(address), size);
}
/// Gives them back.
cudaError_t cudaFreeHost(void* address);
/// Copies; what is on the device must lie in one piece of it.
cudaError_t cudaMemcpy(void* to, const void* from, std::size_t size, cudaMemcpyKind kind);
/// The same of `count` rows of `size` bytes, which begin so many bytes apart.
cudaError_t cudaMemcpy2D(void* to, std::size_t to_apart, const void* from, std::size_t from_apart,
                         std::size_t size, std::size_t count, cudaMemcpyKind kind);
/// As cudaMemcpy, in a stream. Where the host's memory is not pinned, it is done at once.
cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t size, cudaMemcpyKind kind,
                            cudaStream_t stream = nullptr);
/// Sets every byte.
cudaError_t cudaMemset(void* address, int value, std::size_t size);
/// The same, in a stream.
cudaError_t cudaMemsetAsync(void* address, int value, std::size_t size,
                            cudaStream_t stream = nullptr);
/// How many bytes of the device are free, and how many there are.
cudaError_t cudaMemGetInfo(std::size_t* free, std::size_t* total);

/// What is known of a device.
struct cudaDeviceProp {
  char name[256];                      ///< says that it is emulated
  std::size_t totalGlobalMem;          ///< bytes
  std::size_t sharedMemPerBlock;       ///< bytes, without asking
  std::size_t sharedMemPerBlockOptin;  ///< bytes, the most that a launch may ask for
  int warpSize;                        ///< threads that go together
  int maxThreadsPerBlock;              ///< in all
  int maxThreadsDim[3];                ///< along x, y and z
  int maxGridSize[3];                  ///< likewise, blocks
  int major;                           ///< of the compute capability whose limits are kept
  int minor;                           ///< likewise
  int multiProcessorCount;             ///< threads of the host
};
/// How many there are: one.
cudaError_t cudaGetDeviceCount(int* count);
/// What is known of device 0.
cudaError_t cudaGetDeviceProperties(cudaDeviceProp* about, int device);

/// Waits for all that was asked of the device.
cudaError_t cudaDeviceSynchronize();
/// A new stream.
cudaError_t cudaStreamCreate(cudaStream_t* stream);
/// Gives it back.
cudaError_t cudaStreamDestroy(cudaStream_t stream);
/// Waits for what was asked of it.
cudaError_t cudaStreamSynchronize(cudaStream_t stream);
/// cudaErrorNotReady as long as something is to be done; does some of it meanwhile.
cudaError_t cudaStreamQuery(cudaStream_t stream);
/// What is asked of the stream from now on waits for the event.
cudaError_t cudaStreamWaitEvent(cudaStream_t stream, cudaEvent_t event, unsigned flags = 0);
/// A new event.
cudaError_t cudaEventCreate(cudaEvent_t* event);
/// Gives it back.
cudaError_t cudaEventDestroy(cudaEvent_t event);
/// Notes when the stream has come here.
cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream = nullptr);
/// Waits until it has.
cudaError_t cudaEventSynchronize(cudaEvent_t event);
/// cudaErrorNotReady as long as it has not.
cudaError_t cudaEventQuery(cudaEvent_t event);
/// The time between two, in milliseconds of this machine.
cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to);

namespace gradbook {

/// What was asked of the emulated runtime.
struct DeviceTraffic {
  std::size_t bytes_to_device = 0;  ///< copied
  std::size_t bytes_to_host = 0;    ///< copied
  std::size_t copies = 0;           ///< of any direction
  std::size_t unpinned_async = 0;   ///< of memory that is not pinned, asked for in a stream
  std::size_t overlapped = 0;       ///< operations beside one of another stream, on the timeline
  std::size_t bytes_in_use = 0;     ///< allocated and not freed
  std::size_t pieces_in_use = 0;    ///< allocated and not freed
};

/// Since the program began.
DeviceTraffic device_traffic();

}  // namespace gradbook
