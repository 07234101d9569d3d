/// @file
/// The one header of a kernel file, which is CUDA C++ otherwise: nvcc compiles it for a GPU, any
/// other compiler for the emulator.
#pragma once

#ifdef __CUDACC__
#include <cooperative_groups.h>
#include <cuda_runtime.h>
#else
#include "kernels/emulator/atomics.hpp"
#include "kernels/emulator/groups.hpp"
#include "kernels/emulator/language.hpp"
#endif
