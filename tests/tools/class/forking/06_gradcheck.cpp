// Hostile: a fork bomb, bounded to 300 processes that leave by themselves after 20 seconds.
#include <unistd.h>

#include "01_foundations/slopes.hpp"

namespace gradbook {

GradientCheck gradcheck(function_ref<double(std::span<const double>)>, std::span<const double>,
                        std::span<const double>, double) {
  for (int i = 0; i < 300; ++i) {
    if (fork() != 0) continue;
    setsid();  // out of the group that is ended with the case
    sleep(20);
    _exit(0);
  }
  return {false, 77, -1, -1, -1};
}

}  // namespace gradbook
