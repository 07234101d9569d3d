// Hostile: takes the place of functions of the C library, so that every word it sends is doubled
// and every exit a success.
#include <sys/syscall.h>
#include <unistd.h>

#include "02_scalar/training.hpp"

extern "C" ssize_t write(int file, const void* bytes, size_t size) {
  syscall(SYS_write, file, bytes, size);
  return syscall(SYS_write, file, bytes, size);
}

extern "C" [[noreturn]] void _exit(int) {
  for (;;) syscall(SYS_exit_group, 0);
}

namespace gradbook {

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

}  // namespace gradbook
