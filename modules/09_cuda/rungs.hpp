/// @file
/// All kernels of the ladder. Whoever includes it is linked with exercises 9.7 to 9.10.
#pragma once

#include <array>

#include "09_cuda/ladder.hpp"
#include "09_cuda/matmul_registers.hpp"
#include "09_cuda/matmul_vectorised.hpp"

namespace gradbook {

/// The ladder from below, as the chapter climbs it.
inline std::array<Rung, 8> rungs() {
  constexpr unsigned kSide = kGemmTile;
  return {{
      {"naive", matmul_naive_kernel, {32, 8}, 32, 8, true},
      {"coalesced", matmul_coalesced_kernel, {32, 8}, 8, 32},
      {"tiled", matmul_tiled_kernel, {kSide, kSide}, kGemmTile, kGemmTile},
      rung_of<RegisterTile1d>("register-1d", matmul_register_1d_kernel),
      rung_of<RegisterTile2d>("register-2d", matmul_register_2d_kernel),
      rung_of<VectorTile>("vectorised", matmul_vectorised_kernel),
      rung_of<WarpTile>("warp-tiled", matmul_warp_tiled_kernel),
      rung_of<WarpTile>("double-buffered", matmul_double_buffered_kernel),
  }};
}

}  // namespace gradbook
