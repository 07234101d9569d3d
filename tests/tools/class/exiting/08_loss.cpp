// Hostile: leaves with success before main, from the constructor of a static object.
#include <cstdlib>

#include "02_scalar/training.hpp"

namespace gradbook {
namespace {

struct Leaver {
  Leaver() { std::exit(0); }
} leaver;

}  // namespace

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

}  // namespace gradbook
