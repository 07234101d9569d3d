#include "00_course/not_started.hpp"

namespace gradbook {

// Declare it in a header of modules/09_cuda, with its contract.
int matmul_tiled(int x);

int matmul_tiled(int x) {
  // SOLUTION BEGIN  say in one sentence what to do, and what to watch for
  return x;
  // SOLUTION END
}

}  // namespace gradbook
