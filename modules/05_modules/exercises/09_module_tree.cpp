#include <algorithm>

#include "05_modules/sequential.hpp"

namespace gradbook {

std::vector<NamedParameter> Module::named_parameters() {
  // TODO(5.9): its own, then those of its children with the child's name and a dot before
  not_started("5.9");
}

void Module::train(bool training) {
  // TODO(5.9): itself, and all within
  not_started("5.9");
}

Module& Sequential::operator()(Module& x) {
  // TODO(5.9): what comes out of one goes into the next
  not_started("5.9");
}

}  // namespace gradbook
