#include "00_course/progress.hpp"

#include <cstdio>
#include <cstdlib>

namespace gradbook {

void report_progress(int done, int all, double loss) {
  // The listener names the file descriptor that it reads lines from
  static const char* const listener = std::getenv("GRADBOOK_PROGRESS");
  if (listener == nullptr) return;
  std::fflush(stdout);
  dprintf(std::atoi(listener), "epoch %d %d %.9g\n", done, all, loss);
}

}  // namespace gradbook
