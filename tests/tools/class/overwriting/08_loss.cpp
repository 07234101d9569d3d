// Hostile: before main it puts a case that does nothing in the place of every hidden case.
#include <string>
#include <vector>

#include "02_scalar/training.hpp"

namespace gradbook {

struct CaseEntry {  // as the worker's
  std::string name, says;
  double weight;
  std::size_t stack_kib;
  void (*run)();
};

[[gnu::weak]] std::vector<CaseEntry>& all_cases();

namespace {

[[gnu::constructor]] void before_main() {
  if (all_cases == nullptr) return;
  for (CaseEntry& entry : all_cases()) entry.run = [] {};
}

}  // namespace

Scalar mean_squared_error(std::span<const Scalar>, std::span<const double>) { return Scalar{-1.0}; }

}  // namespace gradbook
