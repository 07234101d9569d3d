// What module 01 can do once it is done: shows how the error of a difference falls and rises again
// as its step shrinks, and finds a mistake in a gradient.
#include <fmt/core.h>

#include <cmath>
#include <exception>
#include <filesystem>
#include <fstream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "01_foundations/operators.hpp"
#include "01_foundations/slopes.hpp"

namespace gradbook {
namespace {

// The errors of one-sided and central differences of softplus at x, where the slope is sigmoid(x)
struct Errors {
  double step, forward, central;
};

Errors errors_at(double x, double step) {
  const auto f = [](std::span<const double> at) { return softplus(at[0]); };
  const double forward = (softplus(x + step) - softplus(x)) / step;
  const double central = central_difference(f, std::vector<double>{x}, 0, step);
  return {step, std::fabs(forward - sigmoid(x)), std::fabs(central - sigmoid(x))};
}

void show_errors(const std::filesystem::path& folder) {
  fmt::print("error of the slope of softplus at 1, by the step h\n\n");
  fmt::print("      h   forward   central\n");
  std::string table = "h\tforward\tcentral\n";
  for (int quarter = 4; quarter <= 48; ++quarter) {  // four steps for each power of ten
    const auto [h, forward, central] = errors_at(1, std::pow(10, -quarter / 4.0));
    table += fmt::format("{}\t{}\t{}\n", h, forward, central);
    if (quarter % 4 == 0) fmt::print("  {:.0e}   {:.1e}   {:.1e}\n", h, forward, central);
  }

  const std::filesystem::path path = folder / "central_difference.tsv";
  std::ofstream file(path);
  file << table;
  file.close();
  if (!file) throw std::runtime_error(fmt::format("{} cannot be written", path.string()));
  fmt::print("\n");
}

// log(eˣ + eʸ) + x softplus(z)
double example(std::span<const double> at) {
  return log_sum_exp(at[0], at[1]) + at[0] * softplus(at[2]);
}

void report(const char* what, std::span<const double> at, std::span<const double> gradient) {
  const GradientCheck check = gradcheck(example, at, gradient);
  fmt::print("{}: {}\n", what, check.accepted ? "accepted" : "rejected");
  fmt::print("  worst in coordinate {}: analytic {:.9f}, numeric {:.9f}, error {:.1e}\n",
             check.worst, check.analytic, check.numeric, check.error);
}

void check_gradients() {
  const double x = 0.5, y = -1, z = 2;
  const std::vector<double> at = {x, y, z};
  const std::vector<double> right = {sigmoid(x - y) + softplus(z), sigmoid(y - x), x * sigmoid(z)};
  std::vector<double> wrong = right;
  wrong[1] = -wrong[1];

  fmt::print("gradcheck of log(e^x + e^y) + x softplus(z) at ({}, {}, {})\n\n", x, y, z);
  report("the right gradient", at, right);
  report("with one sign turned round", at, wrong);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    gradbook::show_errors(argc > 1 ? argv[1] : ".");
    gradbook::check_gradients();
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
