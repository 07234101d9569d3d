// The first 80 pictures of draw_glyphs with seed 1, on one sheet.
#include "06_training/glyphs.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

void draw(const std::filesystem::path& folder) {
  constexpr std::size_t kRows = 5, kColumns = 16, kSide = 28;
  const Glyphs glyphs = draw_glyphs(kRows * kColumns, 1);
  std::string sheet;
  for (std::size_t y = 0; y < kRows * kSide; ++y) {
    for (std::size_t x = 0; x < kColumns * kSide; ++x) {
      const std::size_t number = y / kSide * kColumns + x / kSide;
      sheet += fmt::format("{:.3f} ", glyphs.images(number, y % kSide, x % kSide));
    }
    sheet += "\n";
  }
  write_output(folder / "glyphs.tsv", sheet);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
