// Hostile: leaves with success, past every clean-up.
#include <unistd.h>

#include "02_scalar/training.hpp"

namespace gradbook {

void Optimizer::zero_grad() { _exit(0); }
void Optimizer::step() { _exit(0); }

}  // namespace gradbook
