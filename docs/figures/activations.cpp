// The three activations of 2.4 and their derivatives, from −5 to 5, as the engine finds them.
#include "02_scalar/scalar.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

void draw(const std::filesystem::path& folder) {
  std::string table = "x\trelu\tsigmoid\ttanh\trelu'\tsigmoid'\ttanh'\n";
  for (int i = -200; i <= 200; ++i) {
    const double at = i / 40.0;
    std::string values, slopes;
    for (Scalar (*f)(const Scalar&) : {&relu, &sigmoid, &tanh}) {
      const Scalar x{at}, y = f(x);
      y.backward();
      values += fmt::format("\t{}", y.value());
      slopes += fmt::format("\t{}", x.grad());
    }
    table += fmt::format("{}{}{}\n", at, values, slopes);
  }
  write_output(folder / "activations.tsv", table);
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
