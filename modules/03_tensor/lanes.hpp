/// @file
/// Registers full of numbers: what the vector instructions of a processor compute with.
#pragma once

#include <cstdint>
#include <xsimd/xsimd.hpp>

#include "00_course/real.hpp"

namespace gradbook {

/// As many numbers as one register holds; what is written with it runs on every processor that
/// xsimd knows. @see  xsimd's documentation, "Batch"
using Lanes = xsimd::batch<Real>;

/// How many that is: 16 floats with AVX-512, 2 doubles with SSE2.
inline constexpr std::int64_t kLanes = Lanes::size;

}  // namespace gradbook
