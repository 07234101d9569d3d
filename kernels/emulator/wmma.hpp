/// @file
/// Tensor cores under CUDA's names, for the emulator: the 32 lanes of a warp hold tiles of 16 × 16
/// numbers together, and multiply them in one operation.
/// @see  NVIDIA, "CUDA C++ Programming Guide", Warp Matrix Functions
#pragma once

#include <cstddef>
#include <limits>
#include <type_traits>

#include "kernels/emulator/half.hpp"
#include "kernels/emulator/language.hpp"
#include "kernels/source_location.hpp"

namespace gradbook::emulator {

/// How many numbers of a tile each lane holds.
inline constexpr int kOfLane = 8;

/// A tile in memory, as the lanes of a warp read or write it together.
struct MatrixTile {
  void* address;     ///< of its first number, the same for all lanes
  unsigned leading;  ///< numbers from the beginning of a row to that of the next, or of a column
  std::size_t size;  ///< bytes of a number
  bool across;       ///< whether what a lane holds side by side lies `leading` apart
};

/// Reads what this lane holds of a tile.
void load_matrix(void* numbers, const MatrixTile& tile, const gradbook::SourceLocation& where);
/// Writes it.
void store_matrix(const void* numbers, const MatrixTile& tile,
                  const gradbook::SourceLocation& where);

/// What a lane brings to d = a b + c.
struct MatrixProduct {
  const __half *a, *b;      ///< kOfLane numbers each
  const float* c;           ///< likewise
  float* d;                 ///< likewise; may be c
  bool a_turned, b_turned;  ///< whether they are held by columns
};

/// d = a b + c, all lanes together.
void multiply_matrices(const MatrixProduct& product, const gradbook::SourceLocation& where);

}  // namespace gradbook::emulator

namespace nvcuda::wmma {

struct matrix_a {};     ///< the left factor
struct matrix_b {};     ///< the right factor
struct accumulator {};  ///< what products are added to
struct row_major {};    ///< a row lies side by side
struct col_major {};    ///< a column lies side by side
/// How an accumulator lies in memory.
enum layout_t { mem_row_major, mem_col_major };

/// A tile of 16 × 16 numbers that the lanes of a warp hold together. Which lane holds which is not
/// said, but it is the same for all accumulators. As long as nothing was loaded, they are no
/// numbers.
template <class Use, int kM, int kN, int kK, class T, class Layout = void>
class fragment {
 public:
  static_assert(kM == 16 && kN == 16 && kK == 16, "the emulator has tiles of 16 × 16 × 16");
  static_assert(std::is_same_v<Use, accumulator>
                    ? std::is_same_v<T, float> && std::is_same_v<Layout, void>
                    : std::is_same_v<T, __half> && !std::is_same_v<Layout, void>,
                "factors are __half and have a layout, an accumulator is float and has none");
  using element_type = T;                                                ///< of its numbers
  static constexpr int num_elements = gradbook::emulator::kOfLane;       ///< of this lane
  static constexpr bool kByColumns = std::is_same_v<Layout, col_major>;  ///< for factors
  /// No numbers.
  fragment() {
    for (T& number : x) number = std::numeric_limits<float>::quiet_NaN();
  }
  T x[num_elements];  ///< what this lane holds
};

/// Sets all numbers.
template <class Use, class T, class Layout>
__forceinline__ void fill_fragment(fragment<Use, 16, 16, 16, T, Layout>& tile,
                                   const std::type_identity_t<T>& value) {
  for (int i = 0; i < tile.num_elements; ++i) tile.x[i] = value;
}

/// Loads a factor. All lanes call it with the same arguments.
/// @param tile     what is loaded
/// @param from     its first number, on the device or in shared memory, at a multiple of 32 bytes
/// @param leading  numbers from one row to the next, or from one column; a multiple of 8
/// @param where    the line
template <class Use, class Layout>
__forceinline__ void load_matrix_sync(
    fragment<Use, 16, 16, 16, __half, Layout>& tile, const __half* from, unsigned leading,
    gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::load_matrix(
      tile.x, {const_cast<__half*>(from), leading, sizeof(__half), false}, where);
}

/// Loads an accumulator. All lanes call it with the same arguments.
/// @param tile     what is loaded
/// @param from     its first number, on the device or in shared memory, at a multiple of 32 bytes
/// @param leading  numbers from one row to the next, or from one column; a multiple of 4
/// @param layout   which of the two
/// @param where    the line
__forceinline__ void load_matrix_sync(
    fragment<accumulator, 16, 16, 16, float>& tile, const float* from, unsigned leading,
    layout_t layout, gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::load_matrix(
      tile.x, {const_cast<float*>(from), leading, sizeof(float), layout == mem_col_major}, where);
}

/// Stores an accumulator; the arguments are those of load_matrix_sync.
__forceinline__ void store_matrix_sync(
    float* to, const fragment<accumulator, 16, 16, 16, float>& tile, unsigned leading,
    layout_t layout, gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::store_matrix(tile.x, {to, leading, sizeof(float), layout == mem_col_major},
                                   where);
}

/// d = a b + c, summed up as float. d may be c.
template <class A, class B>
__forceinline__ void mma_sync(
    fragment<accumulator, 16, 16, 16, float>& d, const fragment<matrix_a, 16, 16, 16, __half, A>& a,
    const fragment<matrix_b, 16, 16, 16, __half, B>& b,
    const fragment<accumulator, 16, 16, 16, float>& c,
    gradbook::SourceLocation where = gradbook::SourceLocation::current()) {
  gradbook::emulator::multiply_matrices({a.x, b.x, c.x, d.x, a.kByColumns, b.kByColumns}, where);
}

}  // namespace nvcuda::wmma
