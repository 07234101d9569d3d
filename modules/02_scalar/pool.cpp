#include <memory>

#include "02_scalar/scalar.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kChunk = 4096;  // nodes allocated at a time: 256 KiB

// Slots are never moved, and a slot that comes back is the next to go out, while it is still in
// cache
struct Pool {
  std::vector<std::unique_ptr<Node[]>> chunks;
  std::size_t used_in_last = kChunk;
  Node* free = nullptr;  // a list through inputs[0]
  std::size_t live = 0;
};

Pool& pool() {
  static Pool* const pool =
      new Pool;  // never destroyed: a static Scalar may outlive every other static
  return *pool;
}

}  // namespace

Node* new_node(double value, const Operation* operation, Node* first, Node* second) {
  Pool& p = pool();
  Node* node = p.free;
  if (node != nullptr) {
    p.free = node->inputs[0];
  } else {
    if (p.used_in_last == kChunk) {
      p.chunks.push_back(std::make_unique<Node[]>(kChunk));
      p.used_in_last = 0;
    }
    node = &p.chunks.back()[p.used_in_last++];
  }
  ++p.live;

  *node = {.value = value, .inputs = {first, second}, .operation = operation};
  if (first != nullptr) ++first->references;
  if (second != nullptr) ++second->references;
  return node;
}

void recycle(Node* node) {
  Pool& p = pool();
  node->inputs[0] = p.free;
  p.free = node;
  --p.live;
}

std::size_t live_nodes() { return pool().live; }

Marker::Marker() {
  static std::uint32_t last = 0;
  number_ = ++last;  // four billion sorts from now it starts again; a node keeps no mark that long
}

}  // namespace gradbook
