/// @file
/// The one header of a kernel file, which is CUDA C++ otherwise: nvcc compiles it for a GPU, any
/// other compiler for the emulator.
#pragma once

#ifdef __CUDACC__
#include <cooperative_groups.h>
#include <cuda_fp16.h>
#include <cuda_pipeline.h>
#include <cuda_runtime.h>
#include <mma.h>
#else
#include "kernels/emulator/atomics.hpp"
#include "kernels/emulator/groups.hpp"
#include "kernels/emulator/half.hpp"
#include "kernels/emulator/language.hpp"
#include "kernels/emulator/pipeline.hpp"
#include "kernels/emulator/wmma.hpp"
#endif
