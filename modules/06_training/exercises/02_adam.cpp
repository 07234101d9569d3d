#include <cmath>

#include "06_training/optimizers.hpp"

namespace gradbook {

void Adam::step() {
  // TODO(6.2): both means, each divided by what it still lacks; AdamW's decay before
  not_started("6.2");
}

}  // namespace gradbook
