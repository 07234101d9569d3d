// Hostile: leaves with success before main, from the constructor of a static object.
#include <cstdlib>

#include "01_foundations/slopes.hpp"

namespace gradbook {
namespace {

struct Leaver {
  Leaver() { std::exit(0); }
} leaver;

}  // namespace

GradientCheck gradcheck(function_ref<double(std::span<const double>)>, std::span<const double>,
                        std::span<const double>, double) {
  return {false, 77, -1, -1, -1};
}

}  // namespace gradbook
