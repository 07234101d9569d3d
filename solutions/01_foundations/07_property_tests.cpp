#include <cmath>
#include <numbers>

#include "01_foundations/operators.hpp"
#include "01_foundations/property_tests.hpp"

namespace gradbook {

bool satisfies_properties(const Operators& operators, Random& random) {
  // SOLUTION BEGIN  laws on many numbers of both signs, on equal ones, on 0; then known values
  const Operators& o = operators;

  // Known values: operators can obey every law below and still be others
  if (!is_close(o.add(1, 1), 2) || !is_close(o.exp(1), std::numbers::e)) return false;

  // One number in eight is 0, and one is the same as another: corners that chance alone never meets
  const auto pick = [&](double other) {
    const std::size_t die = random.below(8);
    return die == 0 ? 0 : die == 1 ? other : random.uniform(-10, 10);
  };

  for (int trial = 0; trial < 5000; ++trial) {
    const double a = pick(1), b = pick(a), c = pick(b);
    const double positive = random.uniform(0.001, 10);

    // Laws of arithmetic
    const bool sums = is_close(o.add(a, b), o.add(b, a)) &&
                      is_close(o.add(o.add(a, b), c), o.add(a, o.add(b, c))) &&
                      is_close(o.add(a, 0), a) && is_close(o.add(a, o.neg(a)), 0);
    const bool products = is_close(o.mul(a, b), o.mul(b, a)) &&
                          is_close(o.mul(o.mul(a, b), c), o.mul(a, o.mul(b, c))) &&
                          is_close(o.mul(a, 1), a) && is_close(o.mul(a, 0), 0);
    const bool both = is_close(o.mul(a, o.add(b, c)), o.add(o.mul(a, b), o.mul(a, c)));
    const bool inverses = is_close(o.mul(positive, o.inv(positive)), 1) &&
                          is_close(o.mul(-positive, o.inv(-positive)), 1);

    // Laws of order: of a < b, a = b and b < a, exactly one is true
    const bool order = o.lt(a, b) + o.lt(b, a) + o.eq(a, b) == 1 && o.eq(a, a);
    const bool upwards = o.lt(a, a + 0.001) && !o.eq(a, a + 0.001);
    const bool larger = is_close(o.max(a, b), o.lt(a, b) ? b : a);
    const bool rectified = is_close(o.relu(a), o.max(a, 0));

    // Laws of growth
    const bool powers = is_close(o.mul(o.exp(a / 2), o.exp(b / 2)), o.exp((a + b) / 2));
    const bool logarithm = is_close(o.exp(o.log(positive)), positive);
    const bool squashed = is_close(o.sigmoid(a), o.inv(o.add(1, o.exp(o.neg(a)))));

    if (!(sums && products && both && inverses && order && upwards && larger && rectified &&
          powers && logarithm && squashed)) {
      return false;
    }
  }
  return true;
  // SOLUTION END
}

}  // namespace gradbook
