/// @file
/// What one hidden case may use.
#pragma once

namespace gradbook {

struct WorkerLimits {
  int cpu_seconds = 10;
  int wall_seconds = 30;
  int memory_mib = 0;  // 0: not limited here
};

}  // namespace gradbook
