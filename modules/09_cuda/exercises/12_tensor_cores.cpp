#include "00_course/not_started.hpp"

namespace gradbook {

// Declare it in a header of modules/09_cuda, with its contract.
int tensor_cores(int x);

int tensor_cores(int x) {
  // TODO(9.12): say in one sentence what to do, and what to watch for
  not_started("9.12");
}

}  // namespace gradbook
