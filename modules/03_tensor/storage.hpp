/// @file
/// Where the numbers of arrays lie: blocks of memory that several arrays share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

#include "00_course/real.hpp"

namespace gradbook {

/// A handle of a block of numbers. Copies are handles of the same block, which goes back to its
/// pool with the last of them.
///
/// A block that comes back is kept for the next that needs its size: memory that is fresh from the
/// system costs a page fault for every 4 KiB, which takes longer than adding the numbers in it.
class Storage {
 public:
  /// No block; size() is 0.
  Storage() = default;

  /// A block of n numbers, n ≥ 0, aligned to 64 bytes: NaN each where things are checked, so that
  /// what was forgotten shows; whatever was there before in the preset fast.
  /// @throws ShapeError where there is no memory of that size
  explicit Storage(std::int64_t n);

  /// Numbers that belong to somebody else, who keeps them for as long as any handle is there.
  static Storage borrow(Real* data, std::int64_t n);

  /// Another handle of the same block.
  Storage(const Storage& other);
  /// Takes the handle over, and leaves none behind.
  Storage(Storage&& other) noexcept : block_(std::exchange(other.block_, nullptr)) {}
  /// Makes this a handle of what `other` is a handle of.
  Storage& operator=(Storage other) noexcept {
    std::swap(block_, other.block_);
    return *this;
  }
  ~Storage();

  /// The first number; null where there is no block.
  Real* data() const { return block_ == nullptr ? nullptr : block_->data; }
  /// How many numbers there are.
  std::int64_t size() const { return block_ == nullptr ? 0 : block_->size; }

  /// How often numbers of this block were overwritten, as far as it was told.
  std::int64_t version() const { return block_ == nullptr ? 0 : block_->version; }
  /// Says that numbers of this block were overwritten.
  void written() const {
    if (block_ != nullptr) ++block_->version;
  }

  /// Whether both are handles of one block.
  bool operator==(const Storage& other) const { return block_ == other.block_; }

 private:
  // Stands right before its numbers in memory, unless they are borrowed
  struct Block {
    Real* data;
    std::int64_t size;      // numbers in use
    std::int64_t capacity;  // numbers there is room for; 0 where they are borrowed
    std::int64_t version;
    std::int64_t handles;
  };
  friend struct BlockPool;

  Block* block_ = nullptr;
};

/// Memory from the same pool for containers of others, such as xtensor's: what a step of training
/// needs, it finds where the step before left it.
template <class Element>
class PoolAllocator;

/// The one of numbers.
template <>
class PoolAllocator<Real> {
 public:
  using value_type = Real;  ///< what the standard calls it

  /// n numbers, aligned to 64 bytes, as they come out of a Storage.
  /// @throws ShapeError  where there is no memory of that size
  Real* allocate(std::size_t n);

  /// Gives back what allocate gave.
  void deallocate(Real* data, std::size_t n) noexcept;

  /// All of them share one pool.
  bool operator==(const PoolAllocator&) const { return true; }
};

/// Bytes in blocks that somebody holds; borrowed ones do not count.
std::int64_t live_bytes();

/// How many blocks had to be asked of the system since the program began.
std::int64_t system_allocations();

/// Gives the blocks that nobody holds back to the system.
void release_spare_blocks();

}  // namespace gradbook
