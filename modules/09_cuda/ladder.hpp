/// @file
/// How kernels of the ladder are launched: what each needs, and what is looked at before.
#pragma once

#include "00_course/error.hpp"
#include "09_cuda/matmul.hpp"

namespace gradbook {

/// A kernel of the ladder, and the blocks that it is written for.
struct Rung {
  const char* name;        ///< as the chapter has it
  GemmKernel kernel;       ///< what is launched
  dim3 block;              ///< threads of a block
  int rows;                ///< of C that a block computes
  int columns;             ///< of C that a block computes
  bool down = false;       ///< blockIdx.x goes down the rows and y along the columns; else x along
  std::size_t shared = 0;  ///< bytes of `extern __shared__` memory
};

/// A rung whose blocks have threads along x alone, by the constants of its tile.
/// @tparam Tile   with kThreads, kRows and kColumns, as matmul_registers.hpp has them
/// @param name    as the chapter has it
/// @param kernel  what is launched
template <class Tile>
constexpr Rung rung_of(const char* name, GemmKernel kernel) {
  return {name, kernel, {Tile::kThreads}, Tile::kRows, Tile::kColumns};
}

/// How many blocks of the rung hold C, along x and y; along z one for each matrix.
/// @param rung   whose blocks
/// @param g      its m and n, both at least 1
/// @param batch  matrices, at least 1
dim3 grid_of(const Rung& rung, const Gemm& g, int batch = 1);

/// C = α · A · B + β · C by one kernel, for each matrix of the batch. What a kernel could only get
/// wrong is refused before anything is launched; where C has no elements nothing is.
/// @param rung   whose kernel and blocks
/// @param g      sizes, factors, leading dimensions and strides
/// @param a      (m, k) in device memory; may be nullptr where k is 0
/// @param b      (k, n) in device memory; may be nullptr where k is 0
/// @param c      (m, n) in device memory
/// @param batch  matrices, at least 0
/// @throws ShapeError  where a size is negative or above 2³⁰, a leading dimension is less than a
///                     row, matrices C of the batch share elements, or blocks are more than a GPU
///                     takes; names the values
/// @throws RangeError  where a pointer is null, or C lies where A or B is; names which
void multiply(const Rung& rung, const Gemm& g, const float* a, const float* b, float* c,
              int batch = 1);

}  // namespace gradbook
