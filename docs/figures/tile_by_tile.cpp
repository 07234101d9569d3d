// What one block reads of two matrices, by a kernel without tiles and by one with them: counted by
// the emulator, element by element.
#include <map>
#include <sstream>
#include <tuple>
#include <vector>

#include "09_cuda/matmul.hpp"
#include "figures/output.hpp"
#include "kernels/emulator/recording.hpp"

namespace gradbook {
namespace {

constexpr int kSize = 32, kSide = 16;  // of the matrices, of a block
constexpr std::size_t kElements = 1024;

// Panel, column and row of an element, and how often the first block reads it
using Reads = std::map<std::tuple<int, int, int>, int>;

// Adds what a launch read. The panel of A in phase p is first + p / 2, that of B three further on
void count(const std::filesystem::path& accesses, int first, Reads& reads) {
  std::ifstream file(accesses);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    int phase = 0, thread = 0, array = 0, element = 0, elements = 0, writes = 0;
    fields >> phase >> thread >> array >> element >> elements >> writes;
    const bool of_a = array == 2, of_b = array == 3;
    if (writes == 0 && (of_a || of_b))
      ++reads[{first + phase / 2 + (of_b ? 3 : 0), element % kSize, element / kSize}];
  }
}

void draw(const std::filesystem::path& folder) {
  const std::vector<float> ones(kElements, 1);
  const DeviceBuffer<float> a(ones), b(ones);
  DeviceBuffer<float> c(ones.size());
  const Gemm g = {.m = kSize, .n = kSize, .k = kSize};
  const dim3 grid(kSize / kSide, kSize / kSide), block(kSide, kSide);

  record_launches(folder.string());
  launch(matmul_coalesced_kernel, grid, block)(g, a.data(), b.data(), c.data());
  launch(matmul_tiled_kernel, grid, block)(g, a.data(), b.data(), c.data());
  record_launches("");

  Reads reads;
  count(folder / "accesses_1.tsv", 0, reads);
  count(folder / "accesses_2.tsv", 1, reads);
  std::string table = "panel\tcolumn\trow\treads\n";
  for (const auto& [place, times] : reads) {
    const auto [panel, column, row] = place;
    table += fmt::format("{}\t{}\t{}\t{}\n", panel, column, row, times);
  }
  write_output(folder / "tile_by_tile.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
