#include "06_training/glyphs.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "00_course/random.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSide = 28;

// In a box of width and height 1, with y downwards; on the picture, in pixels
struct Point {
  double x, y;
};
using Line = std::vector<Point>;
using Strokes = std::vector<Line>;

// Part of an ellipse; angles are in turns, from the right over the bottom
Line arc(Point centre, double width, double height, double from, double to) {
  constexpr int kPieces = 12;
  Line line;
  for (int i = 0; i <= kPieces; ++i) {
    const double angle = 2 * std::numbers::pi * (from + (to - from) * i / kPieces);
    line.push_back(
        {centre.x + width / 2 * std::cos(angle), centre.y + height / 2 * std::sin(angle)});
  }
  return line;
}

Line joined(Line first, const Line& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

const std::array<Strokes, 10>& digits() {
  static const std::array<Strokes, 10> all = {{
      {arc({0.5, 0.5}, 0.8, 1, 0, 1)},
      {{{0.25, 0.22}, {0.55, 0}, {0.55, 1}}},
      {joined(arc({0.5, 0.29}, 0.76, 0.58, 0.5, 1.1), {{0.1, 1}, {0.92, 1}})},
      {arc({0.47, 0.25}, 0.7, 0.5, 0.55, 1.25), arc({0.47, 0.74}, 0.8, 0.52, 0.75, 1.45)},
      {{{0.66, 1}, {0.66, 0}, {0.06, 0.68}, {0.94, 0.68}}},
      {joined({{0.85, 0}, {0.22, 0}}, arc({0.47, 0.68}, 0.78, 0.64, 0.62, 1.42))},
      {arc({0.5, 0.68}, 0.74, 0.64, 0, 1), {{0.72, 0}, {0.4, 0.24}, {0.2, 0.48}, {0.13, 0.68}}},
      {{{0.1, 0}, {0.9, 0}, {0.4, 1}}},
      {arc({0.5, 0.25}, 0.62, 0.5, 0, 1), arc({0.5, 0.74}, 0.78, 0.52, 0, 1)},
      {arc({0.5, 0.32}, 0.74, 0.64, 0, 1), {{0.87, 0.32}, {0.8, 0.52}, {0.6, 0.76}, {0.28, 1}}},
  }};
  return all;
}

double distance(Point p, Point a, Point b) {
  const double x = b.x - a.x, y = b.y - a.y, length = x * x + y * y;
  const double along =
      length > 0 ? std::clamp(((p.x - a.x) * x + (p.y - a.y) * y) / length, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - along * x, p.y - a.y - along * y);
}

double distance(Point p, const Strokes& strokes) {
  double least = std::numeric_limits<double>::infinity();
  for (const Line& line : strokes) {
    for (std::size_t i = 1; i < line.size(); ++i)
      least = std::min(least, distance(p, line[i - 1], line[i]));
  }
  return least;
}

// Somewhere near the middle, of some size, leaning a little
Strokes placed(Strokes strokes, Random& random) {
  const double x = kSide / 2.0 + random.uniform(-2, 2), y = kSide / 2.0 + random.uniform(-2, 2),
               width = random.uniform(8, 13), height = random.uniform(14, 20),
               lean = random.uniform(-0.25, 0.25);
  for (Line& line : strokes) {
    for (Point& p : line) {
      const double up = height * (0.5 - p.y);
      p = {x + width * (p.x - 0.5) + lean * up, y - up};
    }
  }
  return strokes;
}

}  // namespace

Glyphs draw_glyphs(std::size_t n, std::uint64_t seed) {
  Random random(seed);
  Glyphs glyphs{Array3::from_shape({n, kSide, kSide}), {}};
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t digit = random.below(10);
    glyphs.labels.push_back(static_cast<Label>(digit));
    const Strokes strokes = placed(digits()[digit], random);
    const double thickness = random.uniform(1.5, 4), strength = random.uniform(0.6, 1),
                 noise = random.uniform(0.02, 0.2);
    for (std::size_t row = 0; row < kSide; ++row) {
      for (std::size_t column = 0; column < kSide; ++column) {
        // A border is a pixel wide: half of it lies inside
        const double away = distance({column + 0.5, row + 0.5}, strokes);
        const double ink = strength * std::clamp(thickness / 2 + 0.5 - away, 0.0, 1.0);
        glyphs.images(i, row, column) =
            static_cast<Real>(std::clamp(ink + noise * random.normal(), 0.0, 1.0));
      }
    }
  }
  return glyphs;
}

}  // namespace gradbook
