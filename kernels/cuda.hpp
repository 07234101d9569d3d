/// @file
/// The one header of a kernel file, which is CUDA C++ otherwise: nvcc compiles it for a GPU, any
/// other compiler for the emulator. Where GRADBOOK_GPU is defined, another compiler compiles what
/// is around kernels for a GPU, but no kernel.
#pragma once

#ifdef __CUDACC__
#ifndef GRADBOOK_GPU
#define GRADBOOK_GPU
#endif
#include <cooperative_groups.h>
#include <cuda_pipeline.h>
#include <mma.h>
#endif
#ifdef GRADBOOK_GPU
#include <cuda_fp16.h>
#include <cuda_runtime.h>
#else
#include "kernels/emulator/atomics.hpp"
#include "kernels/emulator/groups.hpp"
#include "kernels/emulator/half.hpp"
#include "kernels/emulator/language.hpp"
#include "kernels/emulator/pipeline.hpp"
#include "kernels/emulator/wmma.hpp"
#endif
