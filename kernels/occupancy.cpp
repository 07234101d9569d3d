#include "kernels/occupancy.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace gradbook {
namespace {

constexpr int kRegistersAtOnce = 256, kWarpsAtOnce = 4;  // what registers are given out by
constexpr std::size_t kSharedAtOnce = 128, kSharedOfSystem = 1024;  // of each block

template <class T>
T rounded_up(T n, T unit) {
  return (n + unit - 1) / unit * unit;
}

}  // namespace

const Multiprocessor sm_80 = {"sm_80", 64, 32, 65536, 164 * 1024};
const Multiprocessor sm_90 = {"sm_90", 64, 32, 65536, 228 * 1024};
const Multiprocessor sm_100 = {"sm_100", 64, 32, 65536, 228 * 1024};

Occupancy occupancy(const Multiprocessor& on, int threads, int registers,
                    std::size_t shared_bytes) {
  if (threads < 1 || threads > 1024)
    throw std::invalid_argument("occupancy: " + std::to_string(threads) +
                                " threads: a block has 1 to 1024");
  if (registers < 1 || registers > 255)
    throw std::invalid_argument("occupancy: " + std::to_string(registers) +
                                " registers: a thread has 1 to 255");
  const int warps = (threads + 31) / 32;
  const int of_a_warp = rounded_up(registers * 32, kRegistersAtOnce);
  const int by_registers = on.registers / of_a_warp / kWarpsAtOnce * kWarpsAtOnce / warps;
  const std::size_t of_a_block = rounded_up(shared_bytes + kSharedOfSystem, kSharedAtOnce);
  const std::pair<int, const char*> limits[] = {
      {on.warps / warps, "warps"},
      {on.blocks, "blocks"},
      {by_registers, "registers"},
      {static_cast<int>(on.shared_bytes / of_a_block), "shared memory"}};
  const auto [blocks, limited_by] =
      *std::ranges::min_element(limits, {}, &std::pair<int, const char*>::first);
  return {blocks, blocks * warps, static_cast<double>(blocks * warps) / on.warps, limited_by};
}

}  // namespace gradbook
