/// @file
/// The emulated device's memory: what has been allocated, and what is known of each place in it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "00_course/function_ref.hpp"
#include "kernels/emulator/moment.hpp"

namespace gradbook::emulator {

/// A piece of device memory, with space around it that nobody may touch.
struct Allocation {
  std::unique_ptr<std::byte[]> room;  ///< the piece and what is around it
  std::byte* begin = nullptr;         ///< aligned to 256 bytes, as cudaMalloc's
  std::size_t size = 0;               ///< in bytes
  bool freed = false;                 ///< it is kept for a while, so that later use is noticed
  std::vector<Cell> cells;            ///< of each four bytes
  std::vector<std::uint8_t> writes;   ///< how often each four bytes were written, if that is asked

  /// Whether an address lies in it or in the space around it.
  bool owns(std::uintptr_t address) const;
};

/// How many bytes the device has.
inline constexpr std::size_t kDeviceBytes = std::size_t{8} << 30;

/// All of the device's memory.
class DeviceMemory {
 public:
  /// New bytes, of which nothing is known. @returns nullptr for 0 bytes, and where there is no room
  std::byte* allocate(std::size_t size);

  /// @returns  whether it was the beginning of a piece that had not been freed
  bool free(void* address);

  /// The piece at an address or around it; nullptr where there is none. It stays where it is.
  Allocation* find(const void* address);

  /// Notes that the host has written these bytes, which lie in one piece.
  void written_by_host(const void* address, std::size_t size);

  /// Calls `visit` with every piece that has not been freed.
  void for_each(function_ref<void(Allocation& piece)> visit);

  /// How many bytes have been allocated and not freed.
  std::size_t in_use() const { return in_use_; }

  /// How many pieces that is.
  std::size_t pieces() const { return pieces_; }

 private:
  std::mutex changing_;
  std::map<std::uintptr_t, std::unique_ptr<Allocation>> pieces_by_end_;
  std::size_t in_use_ = 0, pieces_ = 0, freed_bytes_ = 0;
};

/// The one of this process.
DeviceMemory& device_memory();

}  // namespace gradbook::emulator
