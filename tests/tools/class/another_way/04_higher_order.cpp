// Honest: algorithms of the standard library where the reference writes loops.
#include <algorithm>
#include <functional>
#include <iterator>
#include <numeric>

#include "01_foundations/lists.hpp"

namespace gradbook {

std::vector<double> map(function_ref<double(double)> f, std::span<const double> list) {
  std::vector<double> result;
  std::transform(list.begin(), list.end(), std::back_inserter(result), f);
  return result;
}

std::vector<double> zip_with(function_ref<double(double, double)> f, std::span<const double> a,
                             std::span<const double> b) {
  if (a.size() != b.size()) throw ShapeError("zip_with: ", a.size(), " and ", b.size());
  std::vector<double> result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(), f);
  return result;
}

double reduce(function_ref<double(double, double)> f, double start, std::span<const double> list) {
  return std::accumulate(list.begin(), list.end(), start, f);
}

std::vector<double> neg_list(std::span<const double> list) { return map(std::negate<>{}, list); }

std::vector<double> add_lists(std::span<const double> a, std::span<const double> b) {
  return zip_with(std::plus<>{}, a, b);
}

double sum(std::span<const double> list) { return reduce(std::plus<>{}, 0, list); }
double prod(std::span<const double> list) { return reduce(std::multiplies<>{}, 1, list); }

}  // namespace gradbook
