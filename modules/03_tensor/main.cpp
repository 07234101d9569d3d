// What module 03 can do once it is done: draws a picture with broadcasting, blurs it with two
// matrix products, finds its edges with slices, turns it with permute, and splits it at its mean.
#include <fmt/core.h>

#include <cmath>
#include <exception>
#include <filesystem>
#include <fstream>

#include "03_tensor/loops.hpp"
#include "03_tensor/matmul.hpp"

namespace gradbook {
namespace {

constexpr std::int64_t kSide = 48;  // of the picture, in pixels

// 0, 1, …, n − 1 as a column (n, 1)
Array column(std::int64_t n) {
  Array counted({n, 1});
  std::int64_t next = 0;
  map([&](Real) { return static_cast<Real>(next++); }, counted, counted);
  return counted;
}

// A bright disc, a darker bar across it, and a background that grows lighter to the right:
// each pixel is a function of its row and its column, so (48, 1) and (1, 48) are all it takes
Array drawing() {
  const Array rows = column(kSide), columns = permute(rows, {1, 0});
  const Array disc =
      zip([](Real y, Real x) { return std::hypot(y - 20, x - 19) < 14 ? Real(0.75) : Real(0); },
          rows, columns);
  const Array bar =
      zip([](Real y, Real x) { return std::abs(y + x / 2 - 44) < 4 ? Real(0.55) : Real(0); }, rows,
          columns);
  const Array light = map([](Real x) { return Real(0.35) * x / kSide; }, columns);
  return zip([](Real a, Real b) { return std::max(a, b); },
             zip([](Real a, Real b) { return std::max(a, b); }, disc, bar), light);
}

// Row i of blur · picture is a weighted mean of the rows around i, with the weights of a bell curve
Array blur(std::int64_t n) {
  const Array rows = column(n);
  const Array weights = zip([](Real i, Real j) { return std::exp(-(i - j) * (i - j) / 8); }, rows,
                            permute(rows, {1, 0}));
  return zip([](Real a, Real b) { return a / b; }, weights,
             reduce([](Real a, Real b) { return a + b; }, 0, weights, {1}, true));
}

// How much brighter each pixel is than the one before it along an axis: two slices of one array
Array difference(const Array& a, int axis) {
  return zip([](Real x, Real y) { return x - y; }, slice(a, axis, {.start = 1}),
             slice(a, axis, {.stop = -1}));
}

// Both differences, each cut to the pixels that have both
Array edges(const Array& a) {
  return zip([](Real x, Real y) { return std::hypot(x, y); },
             slice(difference(a, 0), 1, {.start = 1}), slice(difference(a, 1), 0, {.start = 1}));
}

Real mean(const Array& a) {
  return reduce([](Real x, Real y) { return x + y; }, 0, a, all_axes(a.rank())).item() /
         static_cast<Real>(a.size());
}

// As a portable graymap, which any viewer of pictures shows, and as rows of numbers for gnuplot
void write(const std::filesystem::path& folder, const char* name, const Array& a) {
  const auto larger = [](Real x, Real y) { return std::max(x, y); };
  const Real white = reduce(larger, 0, a, {0, 1}).item();
  std::ofstream picture(folder / fmt::format("{}.pgm", name)),
      table(folder / fmt::format("{}.tsv", name));
  picture << fmt::format("P2\n{} {}\n255\n", a.shape()[1], a.shape()[0]);
  for (std::int64_t i = 0; i < a.shape()[0]; ++i) {
    for (std::int64_t j = 0; j < a.shape()[1]; ++j) {
      picture << std::lround(255 * a(i, j) / white) << ' ';
      table << fmt::format("{:.3f}\t", a(i, j) / white);
    }
    picture << '\n';
    table << '\n';
  }
  picture.close(), table.close();
  if (!picture || !table)
    throw std::runtime_error(fmt::format("{}.pgm cannot be written to {}", name, folder.string()));
  fmt::print("{:<12} {:<9} mean {:.4f}\n", name, a.shape().text().c_str(), mean(a));
}

void run(const std::filesystem::path& folder) {
  const Array picture = drawing(), weights = blur(kSide);
  const Array blurred = matmul(matmul(weights, picture), permute(weights, {1, 0}));
  const Real middle = mean(blurred);
  write(folder, "drawing", picture);
  write(folder, "blurred", blurred);
  write(folder, "edges", edges(blurred));
  write(folder, "turned", permute(picture, {1, 0}));
  write(folder, "split", map([&](Real x) { return Real(x > middle); }, blurred));
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    gradbook::run(argc > 1 ? argv[1] : ".");
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
