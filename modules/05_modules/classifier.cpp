#include "05_modules/classifier.hpp"

namespace gradbook {

GradientDescent::~GradientDescent() = default;
GradientDescent::GradientDescent(std::vector<Parameter*> parameters, double rate)
    : ModuleOptimizer(std::move(parameters), rate) {}

FlattenClassifier::~FlattenClassifier() = default;

FlattenClassifier::FlattenClassifier(std::size_t pixels, std::size_t hidden, std::size_t classes,
                                     Random& random)
    : first(pixels, hidden, random), second(hidden, classes, random) {
  register_module("first", first);
  register_module("sigmoid", sigmoid);
  register_module("second", second);
}

const char* FlattenClassifier::name() const { return "FlattenClassifier"; }

}  // namespace gradbook
