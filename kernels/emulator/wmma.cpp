// Tiles that the lanes of a warp hold together.
#include "kernels/emulator/wmma.hpp"

#include <fmt/format.h>

#include <array>
#include <cstring>

#include "kernels/emulator/worker.hpp"

namespace gradbook::emulator {
namespace {

constexpr int kSide = 16;
constexpr std::uintptr_t kTileAlignment = 32;  // bytes

struct Place {
  int line, position;
};

// Which numbers a lane holds, as the registers of mma.m16n8k16 do: two side by side, and the same
// 8 further down, 8 further on, and both
constexpr Place place_of(int lane, int i) {
  return {lane / 4 + i / 2 % 2 * 8, lane % 4 * 2 + i % 2 + i / 4 * 8};
}

// All lanes must come, with the same tile
void meet(const MatrixTile& tile, const SourceLocation& where) {
  const auto address = reinterpret_cast<std::uintptr_t>(tile.address);
  const auto multiple = static_cast<unsigned>(16 / tile.size);
  if (tile.leading == 0 || tile.leading % multiple != 0) {
    std::exchange(worker, nullptr)
        ->stop(FaultKind::misaligned,
               fmt::format("gives a tile the leading dimension {}", tile.leading), text(where),
               fmt::format("From one row, or column, to the next it must be a multiple of {} "
                           "numbers of {} bytes: pad the rows",
                           multiple, tile.size));
  }
  if (address % kTileAlignment != 0) {
    std::exchange(worker, nullptr)
        ->stop(FaultKind::misaligned,
               fmt::format("gives a tile that begins {} bytes past a multiple of {}",
                           address % kTileAlignment, kTileAlignment),
               text(where),
               "Let a tile begin at a multiple of 16 rows and columns, and declare shared memory "
               "with __align__(32)");
  }
  worker->meet_all(WarpOp::matrix_place, address, where);
}

// Calls `visit` with each piece of memory that this lane touches, and the first number of it
template <class Visit>
void for_each_piece(const MatrixTile& tile, int lane, Visit visit) {
  const int together = tile.across ? 1 : 2;
  for (int i = 0; i < kOfLane; i += together) {
    const auto [line, position] = place_of(lane, i);
    const auto row = static_cast<std::size_t>(tile.across ? position : line);
    const auto column = static_cast<std::size_t>(tile.across ? line : position);
    visit(static_cast<std::byte*>(tile.address) + (row * tile.leading + column) * tile.size,
          static_cast<std::size_t>(i) * tile.size, static_cast<std::size_t>(together) * tile.size);
  }
}

}  // namespace

void load_matrix(void* numbers, const MatrixTile& tile, const SourceLocation& where) {
  const void* const code = __builtin_return_address(0);
  meet(tile, where);
  for_each_piece(tile, worker->lane(), [&](std::byte* at, std::size_t first, std::size_t size) {
    worker->touch(at, size, false, code);
    std::memcpy(static_cast<std::byte*>(numbers) + first, at, size);
  });
}

void store_matrix(const void* numbers, const MatrixTile& tile, const SourceLocation& where) {
  const void* const code = __builtin_return_address(0);
  meet(tile, where);
  for_each_piece(tile, worker->lane(), [&](std::byte* at, std::size_t first, std::size_t size) {
    worker->touch(at, size, true, code);
    std::memcpy(at, static_cast<const std::byte*>(numbers) + first, size);
  });
}

void multiply_matrices(const MatrixProduct& product, const SourceLocation& where) {
  worker->meet_all(WarpOp::matrix_product, reinterpret_cast<std::uintptr_t>(&product), where);
}

void multiply(const std::array<std::uint64_t, 32>& products) {
  float a[kSide][kSide], b[kSide][kSide], d[kSide][kSide];
  const auto of = [&](int lane) -> const MatrixProduct& {
    return *reinterpret_cast<const MatrixProduct*>(products[static_cast<std::size_t>(lane)]);
  };
  for (int lane = 0; lane < 32; ++lane) {
    const MatrixProduct& own = of(lane);
    for (int i = 0; i < kOfLane; ++i) {
      const auto [line, position] = place_of(lane, i);
      (own.a_turned ? a[position][line] : a[line][position]) = own.a[i];
      (own.b_turned ? b[position][line] : b[line][position]) = own.b[i];
      d[line][position] = own.c[i];
    }
  }
  for (int i = 0; i < kSide; ++i) {
    for (int k = 0; k < kSide; ++k) {
      for (int j = 0; j < kSide; ++j) d[i][j] += a[i][k] * b[k][j];
    }
  }
  for (int lane = 0; lane < 32; ++lane) {
    for (int i = 0; i < kOfLane; ++i) {
      const auto [line, position] = place_of(lane, i);
      of(lane).d[i] = d[line][position];
    }
  }
}

}  // namespace gradbook::emulator
