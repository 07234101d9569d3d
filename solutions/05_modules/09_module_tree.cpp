#include <algorithm>

#include "05_modules/sequential.hpp"

namespace gradbook {

std::vector<NamedParameter> Module::named_parameters() {
  // SOLUTION BEGIN  its own, then its children's with their names before; each parameter once
  std::vector<NamedParameter> all = own_parameters_;
  for (const Child& child : children_) {
    for (const NamedParameter& within : child.module->named_parameters())
      all.push_back({child.name + "." + within.name, within.parameter});
  }
  for (auto it = all.begin(); it != all.end();) {
    const bool again =
        std::ranges::find(all.begin(), it, it->parameter, &NamedParameter::parameter) != it;
    it = again ? all.erase(it) : it + 1;
  }
  return all;
  // SOLUTION END
}

void Module::train(bool training) {
  // SOLUTION BEGIN  itself, and its children
  training_ = training;
  for (const Child& child : children_) child.module->train(training);
  // SOLUTION END
}

Module& Sequential::operator()(Module& x) {
  // SOLUTION BEGIN  what comes out of one goes into the next
  Module* out = &x;
  for (const auto& module : modules_) out = &(*module)(*out);
  return *out;
  // SOLUTION END
}

}  // namespace gradbook
