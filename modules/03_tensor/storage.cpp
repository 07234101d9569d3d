#include "03_tensor/storage.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

#include "00_course/error.hpp"

namespace gradbook {

namespace {

constexpr std::int64_t kSmallest = 64 / sizeof(Real);  // numbers in a cache line

// Powers of two up to a page, then an eighth of the power below at a time: a block of the right
// class wastes an eighth at most
std::int64_t capacity_for(std::int64_t n) {
  if (n <= kSmallest) return kSmallest;
  const auto power = std::bit_ceil(static_cast<std::uint64_t>(n));
  if (power <= 512) return static_cast<std::int64_t>(power);
  const auto step = static_cast<std::int64_t>(power / 16);
  return (n + step - 1) / step * step;
}

}  // namespace

// Spare blocks by capacity. Threads of one program may share arrays, so it is locked
struct BlockPool {
  std::mutex mutex;
  std::map<std::int64_t, std::vector<Storage::Block*>> spare;
  std::int64_t live = 0, from_system = 0;

  static BlockPool& instance() {
    static BlockPool* const pool =
        new BlockPool;  // never destroyed: a static array may outlive every other static
    return *pool;
  }

  Storage::Block* take(std::int64_t n) {
    const std::int64_t capacity = capacity_for(n);
    const std::lock_guard lock(mutex);
    live += capacity * static_cast<std::int64_t>(sizeof(Real));
    auto& blocks = spare[capacity];
    if (!blocks.empty()) {
      Storage::Block* const block = blocks.back();
      blocks.pop_back();
      *block = {block->data, n, capacity, 0, 1};
      return block;
    }
    void* const memory = std::aligned_alloc(64, static_cast<std::size_t>(capacity) * sizeof(Real));
    if (memory == nullptr) {
      live -= capacity * static_cast<std::int64_t>(sizeof(Real));
      return nullptr;
    }
    ++from_system;
    return new Storage::Block{static_cast<Real*>(memory), n, capacity, 0, 1};
  }

  void give_back(Storage::Block* block) {
    if (block->capacity == 0) {
      delete block;
      return;
    }
    const std::lock_guard lock(mutex);
    live -= block->capacity * static_cast<std::int64_t>(sizeof(Real));
    spare[block->capacity].push_back(block);
  }

  void empty() {
    const std::lock_guard lock(mutex);
    for (auto& [capacity, blocks] : spare) {
      for (Storage::Block* block : blocks) {
        std::free(block->data);
        delete block;
      }
      blocks.clear();
    }
  }
};

Storage::Storage(std::int64_t n) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 16;
  block_ = n >= 0 && n < kMost ? BlockPool::instance().take(n) : nullptr;
  if (block_ == nullptr) throw ShapeError("there is no memory for ", n, " numbers");
#ifndef GRADBOOK_FAST
  std::fill_n(block_->data, n, std::numeric_limits<Real>::quiet_NaN());
#endif
}

Storage Storage::borrow(Real* data, std::int64_t n) {
  Storage result;
  result.block_ = new Block{data, n, 0, 0, 1};
  return result;
}

Storage::Storage(const Storage& other) : block_(other.block_) {
  if (block_ != nullptr) std::atomic_ref(block_->handles).fetch_add(1, std::memory_order_relaxed);
}

Storage::~Storage() {
  if (block_ != nullptr &&
      std::atomic_ref(block_->handles).fetch_sub(1, std::memory_order_acq_rel) == 1)
    BlockPool::instance().give_back(block_);
}

std::int64_t live_bytes() {
  const std::lock_guard lock(BlockPool::instance().mutex);
  return BlockPool::instance().live;
}

std::int64_t system_allocations() {
  const std::lock_guard lock(BlockPool::instance().mutex);
  return BlockPool::instance().from_system;
}

void release_spare_blocks() { BlockPool::instance().empty(); }

}  // namespace gradbook
