#include <algorithm>

#include "05_modules/sequential.hpp"

namespace gradbook {

std::vector<NamedParameter> Module::named_parameters() {
  // SOLUTION BEGIN  its own, then those of its children with the child's name and a dot before
  std::vector<NamedParameter> all;
  const auto add_once = [&](const std::string& name, Parameter* parameter) {
    const auto same = [&](const NamedParameter& other) { return other.parameter == parameter; };
    if (std::ranges::none_of(all, same)) all.push_back({name, parameter});
  };
  for (const auto& [name, parameter] : own_parameters_) add_once(name, parameter);
  for (const Child& child : children_) {
    for (const auto& [name, parameter] : child.module->named_parameters())
      add_once(child.name + "." + name, parameter);
  }
  return all;
  // SOLUTION END
}

void Module::train(bool training) {
  // SOLUTION BEGIN  itself, and all within
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
