#include "kernels/emulator/memory.hpp"

#include <algorithm>
#include <new>

namespace gradbook::emulator {
namespace {

constexpr std::size_t kAround = 4096;    // bytes before and behind a piece
constexpr std::size_t kAlignment = 256;  // of cudaMalloc

// How much of freed pieces is kept, all that they take counted: every launch goes through the
// pieces
constexpr std::size_t kKeptFreed = std::size_t{32} << 20;

std::size_t bytes_taken(const Allocation& piece) {
  return piece.size + 2 * kAround + kAlignment + piece.cells.size() * sizeof(Cell);
}

}  // namespace

bool Allocation::owns(std::uintptr_t address) const {
  const auto first = reinterpret_cast<std::uintptr_t>(begin);
  return address >= first - kAround && address < first + size + kAround;
}

std::byte* DeviceMemory::allocate(std::size_t size) {
  const std::lock_guard lock(changing_);
  if (size == 0 || size > kDeviceBytes || in_use_ + size > kDeviceBytes) return nullptr;
  auto piece = std::make_unique<Allocation>();
  piece->room.reset(new (std::nothrow) std::byte[size + 2 * kAround + kAlignment]);
  if (!piece->room) return nullptr;
  const auto after = reinterpret_cast<std::uintptr_t>(piece->room.get()) + kAround;
  piece->begin = piece->room.get() + kAround + (kAlignment - after % kAlignment) % kAlignment;
  piece->size = size;
  piece->cells.resize((size + 3) / 4);
  in_use_ += size;
  ++pieces_;
  std::byte* const begin = piece->begin;
  pieces_by_end_.emplace(reinterpret_cast<std::uintptr_t>(begin) + size + kAround,
                         std::move(piece));
  return begin;
}

bool DeviceMemory::free(void* address) {
  Allocation* const piece = find(address);
  const std::lock_guard lock(changing_);
  if (piece == nullptr || piece->freed || piece->begin != address) return false;
  piece->freed = true;
  in_use_ -= piece->size;
  --pieces_;
  freed_bytes_ += bytes_taken(*piece);
  for (auto i = pieces_by_end_.begin(); freed_bytes_ > kKeptFreed && i != pieces_by_end_.end();) {
    if (!i->second->freed || i->second.get() == piece) {
      ++i;
      continue;
    }
    freed_bytes_ -= bytes_taken(*i->second);
    i = pieces_by_end_.erase(i);
  }
  return true;
}

Allocation* DeviceMemory::find(const void* address) {
  const auto a = reinterpret_cast<std::uintptr_t>(address);
  const std::lock_guard lock(changing_);
  const auto i = pieces_by_end_.upper_bound(a);
  return i != pieces_by_end_.end() && i->second->owns(a) ? i->second.get() : nullptr;
}

void DeviceMemory::for_each(function_ref<void(Allocation& piece)> visit) {
  const std::lock_guard lock(changing_);
  for (const auto& [end, piece] : pieces_by_end_) {
    if (!piece->freed) visit(*piece);
  }
}

void DeviceMemory::written_by_host(const void* address, std::size_t size) {
  Allocation* const piece = find(address);
  if (piece == nullptr || size == 0) return;
  const auto first =
      static_cast<std::size_t>(static_cast<const std::byte*>(address) - piece->begin);
  Cell cell;
  cell.write = Moment::by_host();
  std::fill(piece->cells.begin() + static_cast<std::ptrdiff_t>(first / 4),
            piece->cells.begin() + static_cast<std::ptrdiff_t>((first + size + 3) / 4), cell);
}

DeviceMemory& device_memory() {
  static DeviceMemory memory;
  return memory;
}

}  // namespace gradbook::emulator
