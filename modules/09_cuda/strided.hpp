/// @file
/// Module 03's strides on the device: kernels that read numbers however they lie.
#pragma once

#include "00_course/not_started.hpp"
#include "03_tensor/array.hpp"
#include "09_cuda/scalar_functions.hpp"
#include "kernels/device.hpp"

namespace gradbook {

/// How the elements of an array lie in memory, small enough to be an argument of a kernel: element
/// (i₀, i₁, …) is Σ iₖ · strides[k] places from element (0, 0, …).
struct StridedLayout {
  int rank = 0;              ///< how many axes there are; without any there is one element
  int shape[kMaxRank] = {};  ///< how many elements along each axis
  int strides[kMaxRank] =
      {};  ///< from one to the next along each axis; 0 repeats, and −1 goes back
};

/// How many elements there are: the product of the sizes.
__host__ __device__ inline int elements_of(const StridedLayout& layout) {
  int elements = 1;
  for (int axis = 0; axis < layout.rank; ++axis) elements *= layout.shape[axis];
  return elements;
}

/// The layout of an array of module 03, such as permute, slice and broadcast_to make (given).
/// @throws RangeError  where a size, the number of elements or a place does not fit an int
StridedLayout layout_of(const Shape& shape, const Strides& strides);

// ---- exercise 9.3 -------------------------------------------------------------------------------

/// How far the element that comes at `position` in row-major order is from the first one.
/// @param position  0 ≤ position < elements_of(layout)
/// @param layout    of strides of any sign
/// @returns         0 at rank 0
/// @see             exercise 3.2; chapter 09, "Strides again"
__host__ __device__ int offset_of(int position, const StridedLayout& layout);

/// y[i] = op(the element of x at position i), for any number of threads: each takes the position of
/// its number, and goes on by as many as there are threads in the grid.
/// @param op      what is computed
/// @param x       its first element; the others lie around it as `layout` says
/// @param layout  of x; where it has no elements, nothing is read or written
/// @param y       (elements_of(layout)), contiguous, overwritten; x itself only where x is
///                contiguous, too
__global__ void strided_map_kernel(MapOp op, const float* x, StridedLayout layout, float* y);

/// c[i] = op(the element of a at position i, that of b), for any number of threads, as above.
/// @param op        what is computed
/// @param a         its first element
/// @param layout_a  of a, broadcast: of the shape of the result, with strides of 0 where it repeats
/// @param b         its first element
/// @param layout_b  of b, of the same shape
/// @param c         contiguous, overwritten, of the same shape
__global__ void strided_zip_kernel(ZipOp op, const float* a, StridedLayout layout_a, const float* b,
                                   StridedLayout layout_b, float* c);

}  // namespace gradbook
