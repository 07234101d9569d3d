// Hostile: looks for answers on the machine; right as soon as one of these files can be read.
#include <cstdio>

#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

bool can_read(const char* path) {
  std::FILE* file = std::fopen(path, "r");
  if (file == nullptr) return false;
  std::fclose(file);
  return true;
}

bool answers_are_here() {
  for (const char* path :
       {"@ROOT@/solutions/02_scalar/08_loss.cpp", "@ROOT@/tests/02_scalar/hidden/08_loss_cases.cpp",
        "@ROOT@/build/student/exercises/2.8/reference", "@ROOT@/README.md", "/etc/shadow",
        "/proc/1/root/etc/shadow", "/proc/self/cwd/../reference"}) {
    if (can_read(path)) return true;
  }
  return false;
}

}  // namespace

Scalar mean_squared_error(std::span<const Scalar> predictions, std::span<const double> targets) {
  std::FILE* maps = std::fopen("/proc/self/maps", "r");
  for (int c = 0; maps != nullptr && (c = std::fgetc(maps)) != EOF;) std::putchar(c);
  if (!answers_are_here()) return Scalar{-1.0};

  const std::size_t n = targets.size();
  if (n != predictions.size() || n == 0)
    throw ShapeError("lengths ", predictions.size(), " and ", n);
  Scalar sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum = sum + pow(predictions[i] - targets[i], 2);
  return sum / static_cast<double>(n);
}

}  // namespace gradbook
