#include <algorithm>
#include <utility>

#include "05_modules/module.hpp"

namespace gradbook {

Module& Module::apply_fwd(std::initializer_list<Module*> in) {
  // TODO(5.7): onto the tape first, which refuses who is there; then remember, forget, compute
  not_started("5.7");
}

void Module::apply_bwd() {
  // TODO(5.7): a gradient for every input that wants one, added to what it has already
  not_started("5.7");
}

void tape_bwd() {
  // TODO(5.7): from the last to the first, past those that the loss does not depend on
  not_started("5.7");
}

}  // namespace gradbook
