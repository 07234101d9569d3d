// Hostile: kills the process that started it, and its own group.
#include <signal.h>
#include <unistd.h>

#include "01_foundations/slopes.hpp"

namespace gradbook {

GradientCheck gradcheck(function_ref<double(std::span<const double>)>, std::span<const double>,
                        std::span<const double>, double) {
  kill(getppid(), SIGKILL);
  kill(0, SIGTERM);
  return {false, 77, -1, -1, -1};
}

}  // namespace gradbook
