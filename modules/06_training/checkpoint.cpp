#include "06_training/checkpoint.hpp"

namespace gradbook {

std::vector<NamedMatrix> everything_in(Module& model, ModuleOptimizer& optimizer) {
  std::vector<NamedMatrix> all;
  for (const auto& [name, parameter] : model.named_parameters())
    all.push_back({name, &parameter->value()});
  for (const auto& [name, matrix] : optimizer.state()) all.push_back({"optimizer." + name, matrix});
  return all;
}

}  // namespace gradbook
