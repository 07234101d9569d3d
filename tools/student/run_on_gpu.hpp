/// @file
/// Runs hidden cases on a GPU, once they have passed on the emulator.
#pragma once

#include <optional>

#include "student/check.hpp"
#include "student/gpu_result.hpp"

namespace gradbook {

/// Compiles the file that `verdict` is about by nvcc, and runs its exercise's hidden cases on the
/// GPU with the same seed.
/// @param options  those of the check
/// @returns  nothing, at once, where there is no nvcc, GPU or hidden case, or where the file did
/// not pass on the emulator
std::optional<GpuResult> run_on_gpu(const Workshop& workshop, const Verdict& verdict,
                                    const CheckOptions& options);

}  // namespace gradbook
