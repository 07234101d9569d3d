#include "03_tensor/lanes.hpp"
#include "03_tensor/panels.hpp"
#include "03_tensor/threads.hpp"

namespace gradbook {
namespace {

// A tile of the result is kept in registers: of AVX-512 there are 32, of others at least 16
constexpr std::int64_t kTileRows = sizeof(Lanes) == 64 ? 8 : 4;
constexpr std::int64_t kTileColumns = 3 * kLanes;

// A block of a stays in the second cache, and one of b in the third, while they are multiplied
constexpr std::int64_t kBlockRows = 192, kBlockInner = 352, kBlockColumns = 40 * kTileColumns;

// So many products of two numbers are worth waking a thread for, by row of a tile
constexpr std::int64_t kWork = 50000;

// Adds a tile of a product to out, of which `rows` rows and `columns` columns are there, the
// columns in kWide registers. a: a panel of `inner` rows of kTileRows numbers; b: one of
// kTileColumns
template <std::int64_t kWide>
[[maybe_unused]] void add_tile(const Real* a, const Real* b, std::int64_t inner, Real* out,
                               std::int64_t stride, std::int64_t rows, std::int64_t columns) {
  // TODO(3.11): for each k, every number of a's row times all registers of b's; then add to out
  not_started("3.11");
}

// out += a · b, by one thread
[[maybe_unused]] void multiply(const MatrixView& a, const MatrixView& b, Real* out,
                               std::int64_t stride) {
  // TODO(3.11): for blocks of b, and blocks of a within: pack both, then tile by tile
  not_started("3.11");
}

}  // namespace

void matmul_blocked(const MatrixView& a, const MatrixView& b, Real* out, int threads) {
  // TODO(3.11): start from zeros; threads share the rows, in whole tiles
  not_started("3.11");
}

}  // namespace gradbook
