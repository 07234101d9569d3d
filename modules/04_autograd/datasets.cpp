#include "04_autograd/datasets.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "00_course/random.hpp"

namespace gradbook {
namespace {

struct Point {
  double x, y;
  bool label;
};

// Whether a point of the unit square is of class 1
using Rule = bool (*)(double x, double y);

struct Named {
  std::string_view name;
  Rule rule;
};

constexpr Named kRules[] = {
    {"simple", [](double x, double) { return x < 0.5; }},
    {"diag", [](double x, double y) { return x + y < 0.5; }},
    {"split", [](double x, double) { return x < 0.2 || x > 0.8; }},
    {"xor", [](double x, double y) { return (x < 0.5) != (y < 0.5); }},
    {"circle", [](double x, double y) { return std::hypot(x - 0.5, y - 0.5) > std::sqrt(0.1); }},
};

// Two arms that wind around the middle: the second is the first, turned by half a turn
std::vector<Point> spiral(std::int64_t n) {
  std::vector<Point> points;
  const std::int64_t half = (n + 1) / 2;
  for (std::int64_t i = 0; i < n; ++i) {
    const bool second = i >= half;
    const double t = 10 * (0.25 + static_cast<double>(second ? i - half : i) / half);
    const double x = t * std::cos(t) / 20, y = t * std::sin(t) / 20;
    points.push_back({0.5 + (second ? -x : x), 0.5 + (second ? -y : y), second});
  }
  return points;
}

PointSet to_arrays(std::vector<Point> points, Random& random) {
  // In no order, so that each batch has points of both classes
  for (std::size_t i = points.size(); i > 1; --i) std::swap(points[i - 1], points[random.below(i)]);

  const auto n = static_cast<std::int64_t>(points.size());
  PointSet set{Array({n, 2}), Array({n})};
  Real* const coordinates = set.points.mutable_data();
  Real* const labels = set.labels.mutable_data();
  for (std::int64_t i = 0; i < n; ++i) {
    coordinates[2 * i] = static_cast<Real>(points[i].x);
    coordinates[2 * i + 1] = static_cast<Real>(points[i].y);
    labels[i] = points[i].label ? 1 : 0;
  }
  return set;
}

}  // namespace

PointSet draw_point_set(const char* name, std::int64_t n, std::uint64_t seed) {
  if (n < 0) throw RangeError("a set of ", n, " points cannot be drawn");
  Random random(seed);
  if (std::string_view(name) == "spiral") return to_arrays(spiral(n), random);

  const auto* const found = std::ranges::find(kRules, std::string_view(name), &Named::name);
  if (found == std::end(kRules)) throw RangeError("there is no set of points called ", name);
  std::vector<Point> points;
  for (std::int64_t i = 0; i < n; ++i) {
    const double x = random.uniform(), y = random.uniform();
    points.push_back({x, y, found->rule(x, y)});
  }
  return to_arrays(std::move(points), random);
}

}  // namespace gradbook
