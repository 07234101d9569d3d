#include "05_modules/optimizer.hpp"

namespace gradbook {

ModuleOptimizer::~ModuleOptimizer() = default;

ModuleOptimizer::ModuleOptimizer(std::vector<Parameter*> parameters, double rate)
    : rate(rate), parameters_(std::move(parameters)) {}

void ModuleOptimizer::zero_grad() {
  for (Parameter* parameter : parameters_) parameter->grad() = Matrix();
}

}  // namespace gradbook
