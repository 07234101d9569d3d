#include "05_modules/initialisation.hpp"

#include <cmath>
#include <numbers>

namespace gradbook {
namespace {

// TODO(5.12): what the four have in common: the number of a gain, sizes, and filling a matrix

}  // namespace

void xavier_uniform(Matrix& weight, Random& random, Gain gain) {
  // TODO(5.12): l from inputs and outputs
  not_started("5.12");
}

void xavier_normal(Matrix& weight, Random& random, Gain gain) {
  // TODO(5.12): the deviation from inputs and outputs
  not_started("5.12");
}

void kaiming_uniform(Matrix& weight, Random& random, Gain gain) {
  // TODO(5.12): l from the inputs alone
  not_started("5.12");
}

void kaiming_normal(Matrix& weight, Random& random, Gain gain) {
  // TODO(5.12): the deviation from the inputs alone
  not_started("5.12");
}

}  // namespace gradbook
