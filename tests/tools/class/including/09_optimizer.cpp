// Hostile: has the assembler carry the solution into the object, to print it while it runs.
#include <cstdio>

#include "02_scalar/training.hpp"

asm(".section .rodata\n"
    "solution: .incbin \"@ROOT@/solutions/02_scalar/09_optimizer.cpp\"\n"
    ".byte 0\n"
    ".text\n");
extern "C" const char solution[];

namespace gradbook {

void Optimizer::zero_grad() {
  std::puts(solution);
  for (Scalar& parameter : parameters_) parameter.set_grad(0);
}

void Optimizer::step() {
  for (Scalar& parameter : parameters_)
    parameter.set_value(parameter.value() - learning_rate_ * parameter.grad());
}

}  // namespace gradbook
