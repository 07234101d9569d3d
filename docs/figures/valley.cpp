// Four ways down one valley, J = (a² + 100 b²) / 2, from the same point: where each step leads, and
// J there.
#include <memory>

#include "06_training/optimizers.hpp"
#include "figures/output.hpp"

namespace gradbook {
namespace {

constexpr Real kSteep = 100;
constexpr int kSteps = 100;

// One line a step: number, a, b and J
std::string walk(Parameter& place, ModuleOptimizer& optimizer) {
  std::string table = "step\ta\tb\tJ\n";
  for (int step = 0; step <= kSteps; ++step) {
    const Real a = place.value()(0, 0), b = place.value()(0, 1);
    table += fmt::format("{}\t{}\t{}\t{}\n", step, a, b, (a * a + kSteep * b * b) / 2);
    place.grad() = Matrix{{a, kSteep * b}};
    optimizer.step();
  }
  return table;
}

void draw(const std::filesystem::path& folder) {
  const auto draw_one = [&](const char* name, auto make) {
    Parameter place(Matrix{{-9, 0.8}});
    auto optimizer = make(std::vector<Parameter*>{&place});
    write_output(folder / fmt::format("valley_{}.tsv", name), walk(place, optimizer));
  };
  draw_one("descent", [](auto places) { return SGD(places, {.rate = 0.0185}); });
  draw_one("momentum", [](auto places) { return SGD(places, {.rate = 0.015, .momentum = 0.8}); });
  draw_one("nesterov", [](auto places) {
    return SGD(places, {.rate = 0.0125, .momentum = 0.8, .nesterov = true});
  });
  draw_one("adam", [](auto places) { return Adam(places, {.rate = 0.5}); });
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) { return gradbook::draw_into(argc, argv, gradbook::draw); }
