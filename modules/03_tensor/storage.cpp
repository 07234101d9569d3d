#include "03_tensor/storage.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <vector>

#include "00_course/error.hpp"

namespace gradbook {

namespace {

constexpr std::size_t kLine = 64;                         // bytes in a cache line
constexpr std::int64_t kSmallest = kLine / sizeof(Real);  // numbers in it

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
    static_assert(sizeof(Storage::Block) <= kLine);
    std::byte* const memory = static_cast<std::byte*>(
        std::aligned_alloc(kLine, kLine + static_cast<std::size_t>(capacity) * sizeof(Real)));
    if (memory == nullptr) {
      live -= capacity * static_cast<std::int64_t>(sizeof(Real));
      return nullptr;
    }
    ++from_system;
    return new (memory) Storage::Block{reinterpret_cast<Real*>(memory + kLine), n, capacity, 0, 1};
  }

  static Storage::Block* block_of(Real* data) {
    return reinterpret_cast<Storage::Block*>(reinterpret_cast<std::byte*>(data) - kLine);
  }

  // As they come to whoever asked
  static Storage::Block* fresh(std::int64_t n) {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max() / 16;
    Storage::Block* const block = n >= 0 && n < kMost ? instance().take(n) : nullptr;
    if (block == nullptr) throw ShapeError("there is no memory for ", n, " numbers");
#ifndef GRADBOOK_FAST
    std::fill_n(block->data, n, std::numeric_limits<Real>::quiet_NaN());
#endif
    return block;
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
      for (Storage::Block* block : blocks) std::free(block);
      blocks.clear();
    }
  }
};

Storage::Storage(std::int64_t n) : block_(BlockPool::fresh(n)) {}

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

Real* PoolAllocator<Real>::allocate(std::size_t n) {
  return BlockPool::fresh(static_cast<std::int64_t>(n))->data;
}

void PoolAllocator<Real>::deallocate(Real* data, std::size_t) noexcept {
  BlockPool::instance().give_back(BlockPool::block_of(data));
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
