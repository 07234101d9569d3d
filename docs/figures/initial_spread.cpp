// The size of what comes out of each of ten layers, for weights that were drawn in four ways.
#include <cmath>

#include "05_modules/activations.hpp"
#include "05_modules/initialisation.hpp"
#include "05_modules/layers.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kWidth = 256;
constexpr int kLayers = 10;

double root_mean_square(const Matrix& m) {
  double squares = 0;
  for (const Real x : m) squares += double{x} * double{x};
  return std::sqrt(squares / static_cast<double>(m.size()));
}

// Ten layers with weights by `fill`, the input first
template <class Activation>
std::string sizes(void (*fill)(Matrix&, Random&)) {
  Random random(1);
  Matrix a = Matrix::from_shape({kWidth, kWidth});
  for (Real& x : a) x = static_cast<Real>(random.normal());
  std::string line = fmt::format("{}", root_mean_square(a));
  const NoTape quiet;
  for (int layer = 0; layer < kLayers; ++layer) {
    Input x(a);
    Linear linear(kWidth, kWidth, random, false);
    if (fill != nullptr) fill(linear.weight.value(), random);
    Activation activation;
    a = activation(linear(x)).out_tensor;
    line += fmt::format("\t{}", root_mean_square(a));
  }
  return line + "\n";
}

void small(Matrix& weight, Random& random) {
  for (Real& w : weight) w = static_cast<Real>(0.01 * random.normal());
}

template <class Activation>
std::string table() {
  return sizes<Activation>(small) + sizes<Activation>(nullptr) +
         sizes<Activation>([](Matrix& w, Random& random) { xavier_normal(w, random); }) +
         sizes<Activation>([](Matrix& w, Random& random) { kaiming_normal(w, random); });
}

void draw(const std::filesystem::path& folder) {
  write_output(folder / "tanh.tsv", table<Tanh>());
  write_output(folder / "relu.tsv", table<ReLU>());
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
