#include "06_training/optimizers.hpp"

#include <fmt/format.h>

namespace gradbook {
namespace {

void check(bool fits, const char* optimizer, const char* what, double value) {
  if (!fits) throw RangeError(optimizer, ": ", what, " is ", value);
}

}  // namespace

SGD::~SGD() = default;
Adam::~Adam() = default;
AdamW::~AdamW() = default;

SGD::SGD(std::vector<Parameter*> parameters, const SGDOptions& options)
    : ModuleOptimizer(std::move(parameters), options.rate),
      options_(options),
      velocities_(parameters_.size()) {
  check(rate >= 0, "SGD", "the rate", rate);
  check(options.momentum >= 0, "SGD", "the momentum", options.momentum);
  check(options.weight_decay >= 0, "SGD", "the weight decay", options.weight_decay);
  check(!options.nesterov || options.momentum > 0, "SGD", "nesterov needs momentum, which",
        options.momentum);
}

std::vector<NamedMatrix> SGD::state() {
  std::vector<NamedMatrix> all;
  for (std::size_t i = 0; i < velocities_.size(); ++i)
    all.push_back({fmt::format("velocity.{}", i), &velocities_[i]});
  return all;
}

Adam::Adam(std::vector<Parameter*> parameters, const AdamOptions& options, bool decoupled)
    : ModuleOptimizer(std::move(parameters), options.rate),
      options_(options),
      decoupled_(decoupled),
      means_(parameters_.size()),
      squares_(parameters_.size()),
      steps_(xt::zeros<Real>({std::size_t{1}, parameters_.size()})) {
  const auto within = [](double beta) { return beta >= 0 && beta < 1; };
  const char* const name = decoupled ? "AdamW" : "Adam";
  check(rate >= 0, name, "the rate", rate);
  check(within(options.beta1), name, "beta1", options.beta1);
  check(within(options.beta2), name, "beta2", options.beta2);
  check(options.epsilon >= 0, name, "epsilon", options.epsilon);
  check(options.weight_decay >= 0, name, "the weight decay", options.weight_decay);
}

Adam::Adam(std::vector<Parameter*> parameters, const AdamOptions& options)
    : Adam(std::move(parameters), options, false) {}

AdamW::AdamW(std::vector<Parameter*> parameters, const AdamOptions& options)
    : Adam(std::move(parameters), options, true) {}

std::vector<NamedMatrix> Adam::state() {
  std::vector<NamedMatrix> all;
  for (std::size_t i = 0; i < means_.size(); ++i) {
    all.push_back({fmt::format("mean.{}", i), &means_[i]});
    all.push_back({fmt::format("square.{}", i), &squares_[i]});
  }
  all.push_back({"steps", &steps_});
  return all;
}

}  // namespace gradbook
