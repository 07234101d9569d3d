#include <cmath>
#include <cstdlib>
#include <limits>

#include "01_foundations/slopes.hpp"
#include "support/case.hpp"

namespace gradbook {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::size_t kSizes[] = {1, 2, 3, 7, 13};

std::string of(std::size_t n) { return ", n = " + std::to_string(n); }

// Σ (k + 2) · sin(x_k) · x_{k-1}, where x_{-1} is 1, and its gradient
double waves(std::span<const double> x) {
  double total = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {
    total += static_cast<double>(k + 2) * std::sin(x[k]) * (k > 0 ? x[k - 1] : 1);
  }
  return total;
}

std::vector<double> slopes_of_waves(const std::vector<double>& x) {
  std::vector<double> slopes;
  for (std::size_t k = 0; k < x.size(); ++k) {
    slopes.push_back(static_cast<double>(k + 2) * std::cos(x[k]) * (k > 0 ? x[k - 1] : 1));
    if (k + 1 < x.size()) slopes.back() += static_cast<double>(k + 3) * std::sin(x[k + 1]);
  }
  return slopes;
}

// What differs by rounding alone is compared loosely: ε |f| / h
constexpr Tolerance kRounding{.terms = 1e7, .scale = 30};

void observe_check(const std::string& what, const GradientCheck& check) {
  observe("accepted" + what, check.accepted);
  observe("worst coordinate" + what, check.worst);
  observe("analytic" + what, check.analytic);
  observe("numeric" + what, check.numeric, kRounding);
  observe("error" + what, check.error, kRounding);
}

CASE(gradcheck, right_gradient, "a right gradient is accepted, with any number of arguments") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 2.5));
    const auto gradient = input("gradient" + of(n), slopes_of_waves(x));
    calling("gradcheck of the right gradient" + of(n));
    const GradientCheck check = gradcheck(waves, x, gradient);
    observe("accepted" + of(n), check.accepted);
    observe("error is below 1e-7" + of(n), check.error < 1e-7);
    observe("x afterwards" + of(n), x);
    observe("gradient afterwards" + of(n), gradient);
  }
}

CASE(gradcheck, small_slopes,
     "below 1 the distance itself is the error, so that rounding in a slope of 0 is none") {
  const auto flat = [](std::span<const double> x) { return 5 + std::pow(x[0], 4) + 1e-3 * x[1]; };
  const auto x = input("x", std::vector<double>{0, draw(1, 2)});
  calling("gradcheck at a point where one slope is 0 and one is 0.001");
  observe("right", gradcheck(flat, x, std::vector<double>{0, 1e-3}).accepted);
  observe("right up to rounding", gradcheck(flat, x, std::vector<double>{1e-9, 1e-3}).accepted);
  observe_check(", 0.0002 off", gradcheck(flat, x, std::vector<double>{0, 1.2e-3}));
  observe_check(", 0.02 for 0.001", gradcheck(flat, x, std::vector<double>{0, 0.02}));
}

CASE(gradcheck, far_from_zero,
     "the step grows with x: near 10⁶ a step of 6e-6 is lost in rounding") {
  const auto x = input("x", std::vector<double>{draw(2e6, 5e6), -draw(2e6, 5e6), draw(0.1, 0.9)});
  const auto f = [](std::span<const double> at) {
    return at[0] * at[0] / 1e6 + at[1] * 3 + at[2] * at[2];
  };
  const std::vector<double> gradient = {2 * x[0] / 1e6, 3, 2 * x[2]};
  std::vector<double> seen;
  calling("gradcheck at a point with coordinates of some millions");
  observe("accepted", gradcheck(f, x, gradient).accepted);
  gradcheck([&](std::span<const double> at) { return seen.emplace_back(at[1] - x[1]), f(at); }, x,
            gradient);
  double farthest = 0;
  for (double distance : seen) farthest = std::fmax(farthest, std::fabs(distance));
  observe("the second coordinate is moved by kStep · |x|",
          std::fabs(farthest / std::fabs(x[1]) / kStep - 1) < 0.01);
  observe("calls of f", seen.size());
}

CASE(gradcheck, one_percent_off,
     "a gradient of which one coordinate is 1% off is rejected, and that coordinate named") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    const std::size_t i = input("wrong coordinate" + of(n), generator().below(n));
    gradient[i] *= 1.01;
    calling("gradcheck of a gradient with one coordinate 1% too large" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
    gradient[i] *= 0.98;
    calling("gradcheck of a gradient with one coordinate 1% too small" + of(n));
    observe_check(of(n) + ", too small", gradcheck(waves, x, gradient));
  }
}

CASE(gradcheck, first_and_last, "the first and the last coordinate are checked like all others") {
  for (std::size_t n : {2, 3, 7}) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> first = slopes_of_waves(x), last = first;
    first.front() *= 1.5;
    last.back() *= 1.5;
    calling("gradcheck with the first, then with the last coordinate wrong" + of(n));
    observe_check(of(n) + ", first wrong", gradcheck(waves, x, first));
    observe_check(of(n) + ", last wrong", gradcheck(waves, x, last));
    observe("x" + of(n), x);
  }
}

CASE(gradcheck, wrong_sign,
     "a coordinate of the wrong sign is rejected: the distance counts, and it has no sign") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    const std::size_t i = input("turned round" + of(n), generator().below(n));
    gradient[i] = -gradient[i];
    calling("gradcheck with the sign of one coordinate turned round" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
    observe("gradient" + of(n), gradient);
  }
  const auto falls = [](std::span<const double> at) { return -3 * at[0]; };
  calling("gradcheck of -3x with the gradient 3");
  observe_check(" where the slope is -3",
                gradcheck(falls, draw_list(1, 0, 1), std::vector<double>{3}));
}

CASE(gradcheck, missing_coordinate,
     "a coordinate that was forgotten is 0 where the slope is not, and is rejected") {
  for (std::size_t n : kSizes) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    gradient[input("missing coordinate" + of(n), generator().below(n))] = 0;
    calling("gradcheck of a gradient with a 0 in it" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
  }
}

CASE(gradcheck, unequal_lengths,
     "a gradient of another length than x is a ShapeError, whichever is longer, before f is "
     "called") {
  std::int64_t calls = 0;
  const auto f = [&](std::span<const double>) { return static_cast<double>(++calls); };
  const auto n = static_cast<std::size_t>(input("arguments", draw_integer(2, 9)));
  const std::vector<double> x = draw_list(n, 0, 1);
  calling("gradcheck with gradients of other lengths than x");
  observe_error("one coordinate short", [&] { gradcheck(f, x, draw_list(n - 1, 0, 1)); });
  observe_error("one coordinate too many", [&] { gradcheck(f, x, draw_list(n + 1, 0, 1)); });
  observe_error("no gradient", [&] { gradcheck(f, x, {}); });
  observe_error("no arguments", [&] { gradcheck(f, {}, x); });
  observe("calls of f before the error", calls);
}

CASE(gradcheck, error_names_both,
     "the error names the number of arguments and the length of the gradient") {
  const auto n = static_cast<std::size_t>(input("arguments", draw_integer(100, 499)));
  const auto m = static_cast<std::size_t>(input("length of the gradient", draw_integer(500, 999)));
  std::string message;
  calling("gradcheck with a gradient of another length");
  try {
    gradcheck(waves, std::vector<double>(n), std::vector<double>(m));
  } catch (const std::exception& error) {
    message = error.what();
  }
  observe("names the number of arguments", message.find(std::to_string(n)) != std::string::npos);
  observe("names the length of the gradient", message.find(std::to_string(m)) != std::string::npos);
}

CASE(gradcheck, worst_of_several,
     "of several wrong coordinates the one with the largest relative error is reported") {
  for (std::size_t n : {3, 7, 13}) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    const std::size_t bad = input("worst coordinate" + of(n), generator().below(n));
    for (std::size_t i = 0; i < n; ++i) gradient[i] *= i == bad ? 2 : 1.1;
    calling("gradcheck of a gradient that is 10% off, and 100% in one coordinate" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
    observe("x" + of(n), x);
  }
}

CASE(gradcheck, relative_to_size,
     "errors are compared for their size: 5 in 1000 is less than 1 in 10") {
  const auto plane = [](std::span<const double> x) {
    return 1000 * x[0] + 10 * x[1] + 0.01 * x[2];
  };
  const auto x = input("x", draw_list(3, -1, 1));
  calling("gradcheck of a plane with slopes 1000, 10 and 0.01");
  observe_check(", off by 5, 1 and 0", gradcheck(plane, x, std::vector<double>{1005, 11, 0.01}));
  observe_check(", off by -500, 6 and 0", gradcheck(plane, x, std::vector<double>{500, 16, 0.01}));
}

CASE(gradcheck, nan_then_numbers,
     "NaN is rejected even if good coordinates follow: it is an infinite error, and stays the "
     "worst") {
  for (std::size_t n : {3, 7}) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    gradient[input("NaN in coordinate" + of(n), generator().below(n - 1))] = kNaN;
    calling("gradcheck of a gradient with NaN before its end" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
    observe("gradient" + of(n), gradient);
  }
}

CASE(gradcheck, nan_at_the_end,
     "NaN is rejected in the last coordinate too, and reported as an infinite error") {
  for (std::size_t n : {1, 2, 7}) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    gradient.back() = kNaN;
    calling("gradcheck of a gradient with NaN at its end" + of(n));
    observe_check(of(n), gradcheck(waves, x, gradient));
    observe("gradient" + of(n), gradient);
  }
}

CASE(gradcheck, infinite_errors,
     "a function that is NaN, and an infinite slope, are infinite errors; of two the first is "
     "reported") {
  const auto broken = [](std::span<const double> at) { return at[0] + 0 / (at[1] - at[1]); };
  for (std::size_t n : {3, 7}) {
    const auto x = input("x" + of(n), draw_list(n, 0.5, 1.2));
    std::vector<double> gradient = slopes_of_waves(x);
    gradient[n - 2] = kInfinity;
    gradient[n - 1] = kNaN;
    calling(
        "gradcheck of a function that is NaN, then of a gradient that ends in infinity and NaN" +
        of(n));
    observe_check(of(n) + ", f is NaN", gradcheck(broken, x, std::vector<double>(n, 1.0)));
    observe_check(of(n) + ", infinite slope", gradcheck(waves, x, gradient));
    observe("gradient" + of(n), gradient);
  }
}

CASE(gradcheck, given_tolerance,
     "the largest error may be as large as the tolerance that is given, 1e-6 if none is") {
  const auto plane = [](std::span<const double> x) { return 2 * x[0] - 4 * x[1]; };
  const auto x = input("x", draw_list(2, -1, 1));
  for (const char* text : {"0.1", "0.01", "0.001", "1e-5"}) {
    const double tolerance = std::atof(text);
    calling(std::string("gradcheck with tolerance ") + text);
    observe(std::string("0.9 of the tolerance ") + text + " off",
            gradcheck(plane, x, std::vector<double>{2, -4 * (1 - 0.9 * tolerance)}, tolerance)
                .accepted);
    observe(std::string("1.2 of the tolerance ") + text + " off",
            gradcheck(plane, x, std::vector<double>{2, -4 * (1 - 1.2 * tolerance)}, tolerance)
                .accepted);
  }
  observe("4e-7 off", gradcheck(plane, x, std::vector<double>{2, -4 * (1 + 4e-7)}).accepted);
  observe("4e-6 off", gradcheck(plane, x, std::vector<double>{2, -4 * (1 + 4e-6)}).accepted);
}

CASE(gradcheck, nothing_to_check,
     "a function of no arguments has an empty gradient, and that one is right") {
  const auto constant = [](std::span<const double>) { return 4.0; };
  calling("gradcheck of a constant of no arguments, and of one that f ignores");
  observe_check(" of no arguments", gradcheck(constant, {}, {}));
  observe("accepted, of an argument that f ignores",
          gradcheck(constant, draw_list(1, 0, 1), std::vector<double>{0}).accepted);
}

PROOF(gradcheck, finds_what_was_planted) {
  Random random(6);
  for (int trial = 0; trial < 50; ++trial) {
    const std::size_t n = 1 + random.below(7), wrong = random.below(n);
    std::vector<double> x(n);
    for (double& value : x) value = random.uniform(0.5, 1.2);
    std::vector<double> gradient = slopes_of_waves(x);
    prove(gradcheck(waves, x, gradient).accepted, "a right gradient is accepted");
    const double right = gradient[wrong];
    gradient[wrong] += 0.01;
    const GradientCheck check = gradcheck(waves, x, gradient);
    prove(!check.accepted && check.worst == wrong, "a planted error is found");
    prove_close("the numeric slope", check.numeric, right, 1e-7);
  }
}

}  // namespace
}  // namespace gradbook
