/// @file
/// Errors of the calls around kernels, which name the line.
#pragma once

#include <stdexcept>
#include <string>

#include "kernels/cuda.hpp"
#include "kernels/source_location.hpp"
#ifndef GRADBOOK_GPU
#include "kernels/emulator/cuda_runtime.hpp"
#include "kernels/emulator/streams.hpp"
#endif

namespace gradbook {

/// A call of the CUDA runtime that failed.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws what a call of the runtime came to, if it failed.
/// @param error  what it returned
/// @param what   what was tried, such as "copy 400 bytes to the device"
/// @param where  the line
/// @throws DeviceError  "copy 400 bytes to the device, net.cpp:12: invalid argument"
/// @throws KernelFault  on the emulator, where a kernel failed: what is wrong with it
inline void check_device(cudaError_t error, const std::string& what,
                         SourceLocation where = SourceLocation::current()) {
  if (error == cudaSuccess) return;
  cudaGetLastError();  // it is told here, and is no earlier error of the next launch
#ifndef GRADBOOK_GPU
  if (error == cudaErrorLaunchFailure) emulator::streams().rethrow();
#endif
  const std::string file = where.file_name();
  throw DeviceError(what + ", " + file.substr(file.rfind('/') + 1) + ":" +
                    std::to_string(where.line()) + ": " + cudaGetErrorString(error));
}

/// An error of a call that nobody looked at would be blamed on the next one: throws it now.
inline void check_earlier_calls(const std::string& before, SourceLocation where) {
  check_device(cudaGetLastError(), "an earlier call failed, and nobody looked, before " + before,
               where);
}

}  // namespace gradbook
