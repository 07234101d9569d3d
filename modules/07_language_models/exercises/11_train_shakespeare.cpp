#include "00_course/not_started.hpp"

namespace gradbook {

// Declare it in a header of modules/07_language_models, with its contract.
int train_shakespeare(int x);

int train_shakespeare(int x) {
  // TODO(7.11): say in one sentence what to do, and what to watch for
  not_started("7.11");
}

}  // namespace gradbook
