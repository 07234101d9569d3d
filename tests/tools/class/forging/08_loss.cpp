// Hostile: writes the end of a case to every open file descriptor, and leaves as a worker does.
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) {
  const char frame[42] = {38, 0, 0, 0, 'e', 't'};
  for (int file = 0; file < 64; ++file) {
    if (write(file, frame, sizeof frame) < 0) continue;
  }
  _exit(0);
}

}  // namespace gradbook
