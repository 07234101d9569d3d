// A product for compute capability 9.0 by wgmma, fed by the copy engine (TMA). It was compiled and
// never run: no machine with such a GPU was there.
#include <map>
#include <utility>

#include "contenders.hpp"
#include "hopper.hpp"
#include "hopper_instructions.hpp"
#include "kernels/device.hpp"

namespace gradbook::bench {
namespace {

using Tile = HopperTile;

constexpr int kAtATime = 16;                    // of k, in an instruction
constexpr int kGroup = 128;                     // threads that multiply together
constexpr int kGroupRows = 64;                  // of the tile of C
constexpr int kRowBytes = 128;                  // of a box that the copy engine brings
constexpr int kBoxColumns = kRowBytes / 2;      // numbers of 16 bits
constexpr int kEightRows = 8 * kRowBytes;       // the pattern of the swizzle
constexpr int kBox = Tile::kDepth * kRowBytes;  // bytes of a box of B
constexpr int kBytesOfA = Tile::kRows * kRowBytes;
constexpr int kBytesOfB = Tile::kColumns / kBoxColumns * kBox;
static_assert(Tile::kDepth == kBoxColumns, "a row of A's tile is a row of its box");

// A pair of tiles in the ring
struct alignas(1024) Stage {
  unsigned char a[kBytesOfA];  // (kRows, kDepth): a row along k is 128 bytes
  unsigned char b[kBytesOfB];  // four boxes side by side, each (kDepth, 64)
};
constexpr std::size_t kSharedBytes = Tile::kStages * sizeof(Stage) + alignof(Stage);

// Where in the ring somebody is, and how often it has come round
struct Place {
  int stage = 0;
  unsigned parity = 0;
  __device__ void next() {
    if (++stage < Tile::kStages) return;
    stage = 0;
    parity ^= 1;
  }
};

// Which tile of C is number `at`. Sixteen rows of tiles at a time, column after column: blocks that
// run at the same time find each other's tiles of A and B in the cache
struct TileOrder {
  int rows, columns;
  __device__ int2 operator()(int at) const {
    constexpr int kTogether = 16;
    const int of_group = kTogether * columns, first = at / of_group * kTogether,
              together = min(kTogether, rows - first), within = at % of_group;
    return {first + within % together, within / together};
  }
};

__device__ void bring_tiles(const CUtensorMap& a, const CUtensorMap& b, Stage* stages,
                            Barrier* full, Barrier* empty, TileOrder order, int depth) {
  Place place;
  for (int at = static_cast<int>(blockIdx.x); at < order.rows * order.columns;
       at += static_cast<int>(gridDim.x)) {
    const int2 tile = order(at);
    for (int k = 0; k < depth; k += Tile::kDepth, place.next()) {
      Stage& stage = stages[place.stage];
      empty[place.stage].wait(place.parity ^ 1);  // at first all are
      full[place.stage].arrive_and_expect(kBytesOfA + kBytesOfB);
      bring(stage.a, a, k, tile.x * Tile::kRows, full[place.stage]);
      for (int box = 0; box < Tile::kColumns / kBoxColumns; ++box)
        bring(stage.b + box * kBox, b, tile.y * Tile::kColumns + box * kBoxColumns, k,
              full[place.stage]);
    }
  }
}

// 64 × 256 elements of C by four warps: rows lie 8 apart, columns in pairs
__device__ void store(const float (&sums)[128], float* c, int n) {
  const int t = static_cast<int>(threadIdx.x) % kGroup, lane = t % 32, row = t / 32 * 16 + lane / 4;
  for (int i = 0; i < 32; ++i) {
    for (int r = 0; r < 2; ++r) {
      float* to = c + static_cast<long long>(row + 8 * r) * n + 8 * i + 2 * (lane % 4);
      *reinterpret_cast<float2*>(to) = {sums[4 * i + 2 * r], sums[4 * i + 2 * r + 1]};
    }
  }
}

__device__ void multiply_what_comes(const Stage* stages, Barrier* full, Barrier* empty,
                                    TileOrder order, int depth, float* c) {
  const int group_row = (static_cast<int>(threadIdx.x) / kGroup - 1) * kGroupRows,
            n = order.columns * Tile::kColumns;
  const bool tells = threadIdx.x % 32 == 0;  // one lane for each warp
  float sums[128];
  Place place;
  for (int at = static_cast<int>(blockIdx.x); at < order.rows * order.columns;
       at += static_cast<int>(gridDim.x)) {
    int before = -1;
    for (int k = 0; k < depth; k += Tile::kDepth, place.next()) {
      const Stage& stage = stages[place.stage];
      full[place.stage].wait(place.parity);
      begin_products();
      for (int step = 0; step < Tile::kDepth / kAtATime; ++step)
        multiply_tiles(
            sums,
            swizzled_tile(stage.a + group_row * kRowBytes + step * kAtATime * 2, 0, kEightRows),
            swizzled_tile(stage.b + step * kAtATime * kRowBytes, kBox, kEightRows), k + step > 0);
      end_products();

      // While these are on their way, those before have ended: their tiles can be overwritten
      wait_for_products<1>();
      if (before >= 0 && tells) empty[before].arrive();
      before = place.stage;
    }
    wait_for_products<0>();
    if (tells) empty[before].arrive();
    const int2 tile = order(at);
    store(
        sums,
        c + static_cast<long long>(tile.x * Tile::kRows + group_row) * n + tile.y * Tile::kColumns,
        n);
  }
}

// C = A · B, m × n, of bfloat16 with sums of 32 bits: blocks of kThreads threads, of which the
// first group brings tiles and the others multiply them. A block computes tile after tile, so that
// tiles of the next come while this one is stored
__global__ void __launch_bounds__(Tile::kThreads, 1)
    matmul_hopper_kernel(const __grid_constant__ CUtensorMap a,
                         const __grid_constant__ CUtensorMap b, float* c, TileOrder order,
                         int depth) {
  extern __shared__ unsigned char room[];
  __shared__ Barrier full[Tile::kStages], empty[Tile::kStages];
  const unsigned beyond = shared_address(room) % alignof(Stage);
  auto* stages = reinterpret_cast<Stage*>(room + (beyond == 0 ? 0 : alignof(Stage) - beyond));
  if (threadIdx.x == 0) {
    constexpr unsigned kWarpsThatMultiply = (Tile::kThreads - kGroup) / 32;
    for (int stage = 0; stage < Tile::kStages; ++stage) {
      full[stage].make(1);
      empty[stage].make(kWarpsThatMultiply);
    }
    Barrier::publish();
  }
  __syncthreads();

  // 65,536 registers for 384 threads are 168 each; the products need more, the copies hardly any
  if (threadIdx.x < kGroup) {
    give_registers<24>();
    if (threadIdx.x == 0) bring_tiles(a, b, stages, full, empty, order, depth);
  } else {
    take_registers<240>();
    multiply_what_comes(stages, full, empty, order, depth, c);
  }
}

// A matrix in row-major order, and the boxes in which it is brought
CUtensorMap map_of(const void* matrix, int rows, int columns, int box_rows) {
  using Encode = decltype(&cuTensorMapEncodeTiled);
  static const auto encode = [] {
    void* found = nullptr;
    cudaDriverEntryPointQueryResult result{};
    constexpr unsigned kSince = 12000;
    check_device(cudaGetDriverEntryPointByVersion("cuTensorMapEncodeTiled", &found, kSince,
                                                  cudaEnableDefault, &result),
                 "look for cuTensorMapEncodeTiled");
    if (result != cudaDriverEntryPointSuccess)
      throw DeviceError("the driver has no cuTensorMapEncodeTiled: it is older than CUDA 12");
    return reinterpret_cast<Encode>(found);
  }();
  CUtensorMap map{};
  const cuuint64_t sizes[] = {static_cast<cuuint64_t>(columns), static_cast<cuuint64_t>(rows)};
  const cuuint64_t row_bytes[] = {2 * sizes[0]};
  const cuuint32_t box[] = {kBoxColumns, static_cast<cuuint32_t>(box_rows)}, steps[] = {1, 1};
  const CUresult result =
      encode(&map, CU_TENSOR_MAP_DATA_TYPE_BFLOAT16, 2, const_cast<void*>(matrix), sizes, row_bytes,
             box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_128B,
             CU_TENSOR_MAP_L2_PROMOTION_L2_256B, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  if (result != CUDA_SUCCESS)
    throw DeviceError("cuTensorMapEncodeTiled refuses a matrix of " + std::to_string(rows) + " x " +
                      std::to_string(columns) + ": error " + std::to_string(result));
  return map;
}

int attribute(cudaDeviceAttr what) {
  int device = 0, value = 0;
  check_device(cudaGetDevice(&device), "ask which device it is");
  check_device(cudaDeviceGetAttribute(&value, what, device), "ask the device about itself");
  return value;
}

class HopperProduct final : public Candidate {
 public:
  explicit HopperProduct(int n)
      : n_(n), blocks_(static_cast<unsigned>(attribute(cudaDevAttrMultiProcessorCount))) {}

  void run(const float* a, const float* b, float* c) override {
    const Maps& maps = maps_of(a, b);
    const TileOrder order{n_ / Tile::kRows, n_ / Tile::kColumns};
    launch_async(matmul_hopper_kernel, {blocks_}, {Tile::kThreads}, kSharedBytes, nullptr)(
        maps.a, maps.b, c, order, n_);
  }

 private:
  struct Maps {
    CUtensorMap a, b;
  };

  // They say where matrices are and nothing of what is in them, so they are made once
  const Maps& maps_of(const float* a, const float* b) {
    const auto known = maps_.find({a, b});
    if (known != maps_.end()) return known->second;
    return maps_
        .emplace(std::pair(a, b),
                 Maps{map_of(a, n_, n_, Tile::kRows), map_of(b, n_, n_, Tile::kDepth)})
        .first->second;
  }

  int n_;
  unsigned blocks_;
  std::map<std::pair<const float*, const float*>, Maps> maps_;
};

std::string why_absent(int n) {
  const int major = attribute(cudaDevAttrComputeCapabilityMajor),
            minor = attribute(cudaDevAttrComputeCapabilityMinor);
  if (major != 9 || minor != 0)
    return "compute capability " + std::to_string(major) + "." + std::to_string(minor) +
           " has no wgmma";
  if (n % Tile::kColumns != 0)
    return std::to_string(n) + " is no multiple of its tile's " + std::to_string(Tile::kColumns) +
           " columns";
  return "";
}

}  // namespace

Contender hopper_rung() {
  return {
      .name = kHopperName, .numbers = Numbers::bfloat16, .absent = why_absent, .make = [](int n) {
        return std::make_unique<HopperProduct>(n);
      }};
}

}  // namespace gradbook::bench
