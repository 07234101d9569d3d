/// @file
/// Memory of the device: an owner of it, and the way there and back.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"
#include "kernels/device.hpp"
#include "kernels/source_location.hpp"

namespace gradbook {

// ---- exercise 9.2 -------------------------------------------------------------------------------

/// Numbers in the memory of the device, and the duty to free them, once. It can be moved, not
/// copied. Write it with cudaMalloc, cudaMemcpy, cudaFree and check_device.
class FloatBuffer {
 public:
  /// `size` numbers that nobody knows. For none nothing is allocated, and data() is nullptr.
  /// @param size   how many
  /// @param where  the line that an error names: that of the caller
  /// @throws DeviceError  where there is no room; it names the bytes and the line
  explicit FloatBuffer(std::size_t size, SourceLocation where = SourceLocation::current());

  /// Gives the memory back.
  ~FloatBuffer();

  /// Takes over what `other` has, which is left with nothing.
  FloatBuffer(FloatBuffer&& other) noexcept;

  /// The same; what this one had is given back at once. Moved to itself, it stays as it is.
  FloatBuffer& operator=(FloatBuffer&& other) noexcept;

  /// Overwrites all numbers by those of the host.
  /// @param numbers  as many as size()
  /// @param where    the line that an error names
  /// @throws ShapeError   where there are not as many
  /// @throws DeviceError  where the copy fails; it names the bytes and the line
  void copy_from(std::span<const float> numbers, SourceLocation where = SourceLocation::current());

  /// A copy on the host. @throws DeviceError  where it fails; it names the bytes and the line
  std::vector<float> to_host(SourceLocation where = SourceLocation::current()) const;

  /// What a kernel is given; nullptr where there are no numbers.
  float* data() { return data_; }
  /// The same, to read.
  const float* data() const { return data_; }
  /// How many numbers.
  std::size_t size() const { return size_; }

 private:
  float* data_ = nullptr;  // of the device
  std::size_t size_ = 0;   // numbers, not bytes
};

/// a + b, computed on the device by vector_add_kernel. Two copies go there, one comes back, and all
/// memory is given back, also where something fails.
/// @param a  (n), of the host
/// @param b  (n), of the host
/// @returns  (n); for n = 0 nothing is asked of the device
/// @throws ShapeError   where the lengths differ, before anything is allocated
/// @throws DeviceError  where a call fails
std::vector<float> add_on_device(std::span<const float> a, std::span<const float> b);

/// c = a + b, chunk by chunk in two streams, so that copies of one chunk go on while another one is
/// computed, or copied the other way.
///
/// Chunk i is the numbers from i · chunk on; the last one may be shorter. It is copied, added by
/// vector_add_kernel and copied back in stream i mod 2, where each stream has memory of its own for
/// one chunk of a, b and c. Nobody waits before all chunks have been asked for.
/// @param a      (n), pinned memory of the host, as a PinnedBuffer's span()
/// @param b      (n), pinned
/// @param c      (n), pinned; it is complete when the function returns
/// @param chunk  numbers of a chunk, at least 1; it may be more than n
/// @throws ShapeError   where the lengths differ, before anything is allocated
/// @throws RangeError   where a chunk has no numbers, likewise
/// @throws DeviceError  where a call fails; all memory is given back
void add_in_chunks(std::span<const float> a, std::span<const float> b, std::span<float> c,
                   std::size_t chunk);

}  // namespace gradbook
