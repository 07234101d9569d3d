#include "05_modules/layer_check.hpp"

#include <cmath>

namespace gradbook {

std::optional<LayerFault> layer_check(Module& module, const std::vector<Module*>& inputs,
                                      Random& random, double within) {
  // TODO(5.8): no tape: call forward and backward, then nudge every element of every input
  not_started("5.8");
}

}  // namespace gradbook
