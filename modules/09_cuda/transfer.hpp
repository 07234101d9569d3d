/// @file
/// Arrays of module 03 on the device, and back: in float, and as they lie.
#pragma once

#include <optional>

#include "03_tensor/matmul.hpp"
#include "03_tensor/primitive.hpp"
#include "09_cuda/strided.hpp"

namespace gradbook {

/// An array on the device: the stretch of memory that its elements lie in, and how they lie there.
struct OnDevice {
  DeviceBuffer<float> numbers;  ///< from the lowest element to the highest, and what is between
  std::size_t first;            ///< which of them is element (0, 0, …)
  StridedLayout layout;         ///< from there on

  /// Element (0, 0, …), as a kernel is given it; nullptr where there are no elements.
  const float* data() const { return numbers.data() + first; }
};

/// Copies an array as it lies: a broadcast view takes no more room than what it repeats.
/// @param a  of any strides
/// @throws RangeError   as layout_of does
///         DeviceError  where the device has no room
OnDevice to_device(const Array& a);

/// The same of a matrix of modules 05 and up.
OnDevice to_device(const MatrixView& a);

/// Whether elements lie in row-major order without gaps; where there are none they do.
bool lies_in_rows(const StridedLayout& layout);

/// Overwrites an array by numbers of the device in row-major order.
/// @param numbers  (out.size())
/// @param out      of any strides
/// @throws ShapeError   for a broadcast view
///         DeviceError  where there are not as many
void to_host(const DeviceBuffer<float>& numbers, Array& out);

/// Overwrites numbers of the host by those of the device.
void to_host(const DeviceBuffer<float>& numbers, Real* out);

/// Room for n numbers of the device, of which nothing is known.
inline DeviceBuffer<float> room_for(std::int64_t n) {
  return DeviceBuffer<float>(static_cast<std::size_t>(n));
}

/// What kernels call a function; nothing for one that they do not know, such as a reader's own.
std::optional<MapOp> op_of(const MapPrimitive& f);
/// The same of two numbers.
std::optional<ZipOp> op_of(const ZipPrimitive& f);
/// The same of many.
std::optional<ReduceOp> op_of(const ReducePrimitive& f);

/// Sizes of a launch.
struct Threads {
  unsigned blocks;  ///< at least 1
  unsigned block;   ///< threads of each
};

/// Enough threads for n elements, or as many as a GPU can well use: whole warps, at most 128
/// threads in a block and 1024 blocks.
/// @param n  at least 1
inline Threads threads_for(int n) {
  const auto warps = (static_cast<unsigned>(n) + 31) / 32, blocks = (warps + 3) / 4;
  return {blocks < 1024 ? blocks : 1024, warps < 4 ? 32 * warps : 128};
}

}  // namespace gradbook
