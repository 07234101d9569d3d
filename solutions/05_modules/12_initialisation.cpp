#include "05_modules/initialisation.hpp"

#include <cmath>
#include <numbers>

namespace gradbook {
namespace {

// SOLUTION BEGIN  what the four have in common: the number of a gain, sizes, and filling a matrix
double number(Gain gain) {
  if (gain == Gain::linear) return 1;
  return gain == Gain::tanh ? 5.0 / 3 : std::numbers::sqrt2;
}

double inputs(const Matrix& weight) { return static_cast<double>(weight.shape(1)); }
double outputs(const Matrix& weight) { return static_cast<double>(weight.shape(0)); }

void fill_uniform(Matrix& weight, Random& random, double bound) {
  for (Real& w : weight) w = static_cast<Real>(random.uniform(-bound, bound));
}

void fill_normal(Matrix& weight, Random& random, double deviation) {
  for (Real& w : weight) w = static_cast<Real>(deviation * random.normal());
}
// SOLUTION END

}  // namespace

void xavier_uniform(Matrix& weight, Random& random, Gain gain) {
  // SOLUTION BEGIN  l from inputs and outputs
  fill_uniform(weight, random, number(gain) * std::sqrt(6 / (inputs(weight) + outputs(weight))));
  // SOLUTION END
}

void xavier_normal(Matrix& weight, Random& random, Gain gain) {
  // SOLUTION BEGIN  the deviation from inputs and outputs
  fill_normal(weight, random, number(gain) * std::sqrt(2 / (inputs(weight) + outputs(weight))));
  // SOLUTION END
}

void kaiming_uniform(Matrix& weight, Random& random, Gain gain) {
  // SOLUTION BEGIN  l from the inputs alone
  fill_uniform(weight, random, number(gain) * std::sqrt(3 / inputs(weight)));
  // SOLUTION END
}

void kaiming_normal(Matrix& weight, Random& random, Gain gain) {
  // SOLUTION BEGIN  the deviation from the inputs alone
  fill_normal(weight, random, number(gain) / std::sqrt(inputs(weight)));
  // SOLUTION END
}

}  // namespace gradbook
