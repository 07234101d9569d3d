/// @file
/// What the calls of the runtime share.
#pragma once

#include "kernels/emulator/cuda_runtime.hpp"
#include "kernels/emulator/streams.hpp"

namespace gradbook::emulator {

/// Remembers an error for cudaGetLastError. @returns  it
cudaError_t result(cudaError_t error);

/// What a call comes to that has waited for the device.
/// @param well  whether what it has waited for went well
inline cudaError_t done(bool well) { return result(well ? cudaSuccess : cudaErrorLaunchFailure); }

}  // namespace gradbook::emulator
