// Hostile: sends nonsense on the way of the observations, and promises four gigabytes more of it.
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

void Optimizer::zero_grad() { step(); }

void Optimizer::step() {
  const unsigned char frame[12] = {255, 255, 255, 255, 'o', 'r', 255, 255, 255, 255, 1, 2};
  if (write(3, frame, sizeof frame) < 0) _exit(1);
}

}  // namespace gradbook
