#include "05_modules/initialisation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/case.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

struct Way {
  const char* name;
  void (*fill)(Matrix&, Random&, Gain);
};
constexpr Way kWays[] = {{"xavier_uniform", xavier_uniform},
                         {"xavier_normal", xavier_normal},
                         {"kaiming_uniform", kaiming_uniform},
                         {"kaiming_normal", kaiming_normal}};

struct NamedGain {
  const char* name;
  Gain gain;
  double number;
};
const NamedGain kGains[] = {
    {"linear", Gain::linear, 1}, {"tanh", Gain::tanh, 5.0 / 3}, {"relu", Gain::relu, std::sqrt(2)}};

// A matrix whose old numbers must not count
Matrix old_weight(std::size_t outputs, std::size_t inputs) {
  auto weight = Matrix::from_shape({outputs, inputs});
  weight.fill(std::numeric_limits<Real>::quiet_NaN());
  return weight;
}

void observe_matrix(const std::string& label, const Matrix& m) {
  const std::vector<Real> numbers = listed(m);
  observe(label, std::span<const Real>(numbers), sizes_of(m), {.terms = 4, .scale = 1});
}

void observe_draws(const Way& way) {
  constexpr std::size_t kSizes[][2] = {{1, 1}, {7, 5}, {5, 7}, {1, 4}, {4, 1}, {13, 11}, {0, 3}};
  for (const NamedGain& gain : kGains) {
    for (const auto& [outputs, inputs] : kSizes) {
      const std::string what =
          fmt::format("{} of ({}, {}), gain {}", way.name, outputs, inputs, gain.name);
      Matrix weight = old_weight(outputs, inputs);
      Random random(static_cast<std::uint64_t>(input("seed", draw_integer(1, 1000))));
      calling(what);
      way.fill(weight, random, gain.gain);
      observe_matrix(what, weight);
      observe("the next number, after " + what, random.uniform());
    }
  }
}

CASE(initialisation, xavier_uniform, "uniform in ±gain √(6 / (inputs + outputs)), row by row",
     {.weight = 2}) {
  observe_draws(kWays[0]);
}
CASE(initialisation, xavier_normal,
     "normal with deviation gain √(2 / (inputs + outputs)), row by row", {.weight = 2}) {
  observe_draws(kWays[1]);
}
CASE(initialisation, kaiming_uniform, "uniform in ±gain √(3 / inputs), row by row", {.weight = 2}) {
  observe_draws(kWays[2]);
}
CASE(initialisation, kaiming_normal, "normal with deviation gain / √inputs, row by row",
     {.weight = 2}) {
  observe_draws(kWays[3]);
}

// What 102400 numbers have in common, whatever the order in which they were drawn
void observe_spread(const Way& way) {
  for (const NamedGain& gain : kGains) {
    Matrix weight = old_weight(320, 320);
    Random random(static_cast<std::uint64_t>(input("seed", draw_integer(1, 1000))));
    calling(fmt::format("{} of (320, 320), gain {}", way.name, gain.name));
    way.fill(weight, random, gain.gain);
    double sum = 0, squares = 0;
    for (const Real w : weight) sum += w, squares += double{w} * double{w};
    const auto n = static_cast<double>(weight.size());
    observe(fmt::format("mean, {}", gain.name), sum / n);
    observe(fmt::format("variance, {}", gain.name), squares / n);
    observe(fmt::format("least, {}", gain.name), *std::min_element(weight.begin(), weight.end()));
    observe(fmt::format("largest, {}", gain.name), *std::max_element(weight.begin(), weight.end()));
  }
}

// For each gain: five sigma about mean 0 and the right variance, and the ends of a uniform
// distribution, of which so many draws come closer than 1e-3
[[maybe_unused]] Verdict judge_spread(const Observations& student, double variance, bool uniform) {
  constexpr double n = 320 * 320;
  for (const NamedGain& gain : kGains) {
    const double expected = variance * gain.number * gain.number, kurtosis = uniform ? 9.0 / 5 : 3,
                 mean = real(student, fmt::format("mean, {}", gain.name)),
                 got = real(student, fmt::format("variance, {}", gain.name)),
                 least = real(student, fmt::format("least, {}", gain.name)),
                 largest = real(student, fmt::format("largest, {}", gain.name));
    if (!(std::abs(mean) <= 5 * std::sqrt(expected / n)))
      return fail(fmt::format("gain {}: the mean of 102400 numbers is {:.4g}, not near 0",
                              gain.name, mean));
    if (!(std::abs(got - expected) <= 5 * expected * std::sqrt((kurtosis - 1) / n)))
      return fail(fmt::format(
          "gain {}: the variance of 102400 numbers is {:.5g}, where {:.5g} is asked for", gain.name,
          got, expected));
    const double bound = std::sqrt(3 * expected);
    const bool reaches = -least > 0.999 * bound && largest > 0.999 * bound,
               stays = -least <= bound && largest <= bound;
    if (uniform && !(reaches && stays))
      return fail(
          fmt::format("gain {}: the numbers go from {:.4g} to {:.4g}, not from {:.4g} to "
                      "{:.4g}",
                      gain.name, least, largest, -bound, bound));
    if (!uniform && !(-least > 3 * bound / std::sqrt(3) && largest > 3 * bound / std::sqrt(3)))
      return fail(
          fmt::format("gain {}: the numbers go from {:.4g} to {:.4g}, and normal ones "
                      "reach three deviations of {:.4g}",
                      gain.name, least, largest, bound / std::sqrt(3)));
  }
  return pass();
}

CASE(initialisation, xavier_uniform_spread, "bounds, mean and variance of 102400 numbers") {
  observe_spread(kWays[0]);
}
JUDGE(initialisation, xavier_uniform_spread) {
  static_cast<void>(reference);
  return judge_spread(student, 1.0 / 320, true);
}

CASE(initialisation, xavier_normal_spread, "mean and variance of 102400 numbers") {
  observe_spread(kWays[1]);
}
JUDGE(initialisation, xavier_normal_spread) {
  static_cast<void>(reference);
  return judge_spread(student, 1.0 / 320, false);
}

CASE(initialisation, kaiming_uniform_spread, "bounds, mean and variance of 102400 numbers") {
  observe_spread(kWays[2]);
}
JUDGE(initialisation, kaiming_uniform_spread) {
  static_cast<void>(reference);
  return judge_spread(student, 1.0 / 320, true);
}

CASE(initialisation, kaiming_normal_spread, "mean and variance of 102400 numbers") {
  observe_spread(kWays[3]);
}
JUDGE(initialisation, kaiming_normal_spread) {
  static_cast<void>(reference);
  return judge_spread(student, 1.0 / 320, false);
}

PROOF(initialisation, literals) {
  // The same draws as from a generator with the same seed, by the formulas of the papers
  Matrix weight = old_weight(2, 3);
  Random random(5), again(5);
  xavier_uniform(weight, random);
  const double xavier = std::sqrt(6.0 / (3 + 2));
  for (const Real w : weight) prove_close("Glorot", w, again.uniform(-xavier, xavier), 1e-15);
  kaiming_uniform(weight, random);
  const double he = std::sqrt(6.0 / 3);  // relu: the gain √2 is in it
  for (const Real w : weight) prove_close("He", w, again.uniform(-he, he), 1e-15);
  xavier_normal(weight, random);
  for (const Real w : weight) prove_close("Glorot", w, std::sqrt(0.4) * again.normal(), 1e-15);
  kaiming_normal(weight, random);
  for (const Real w : weight) prove_close("He", w, std::sqrt(2.0 / 3) * again.normal(), 1e-15);
}

}  // namespace
}  // namespace gradbook
