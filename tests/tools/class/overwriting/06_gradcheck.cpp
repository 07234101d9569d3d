// Hostile: before main it puts a case that does nothing in the place of every hidden case.
#include <string>
#include <vector>

#include "01_foundations/slopes.hpp"

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

GradientCheck gradcheck(function_ref<double(std::span<const double>)>, std::span<const double>,
                        std::span<const double>, double) {
  return {false, 77, -1, -1, -1};
}

}  // namespace gradbook
