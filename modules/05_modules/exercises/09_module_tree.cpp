#include <algorithm>

#include "05_modules/sequential.hpp"

namespace gradbook {

std::vector<NamedParameter> Module::named_parameters() {
  // TODO(5.9): its own, then its children's with their names before; each parameter once
  not_started("5.9");
}

void Module::train(bool training) {
  // TODO(5.9): itself, and its children
  not_started("5.9");
}

Module& Sequential::operator()(Module& x) {
  // TODO(5.9): what comes out of one goes into the next
  not_started("5.9");
}

}  // namespace gradbook
