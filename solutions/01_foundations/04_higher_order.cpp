#include "01_foundations/lists.hpp"
#include "01_foundations/operators.hpp"

namespace gradbook {

std::vector<double> map(function_ref<double(double)> f, std::span<const double> list) {
  // SOLUTION BEGIN  append f of each element to a new list
  std::vector<double> result;
  result.reserve(list.size());
  for (double x : list) result.push_back(f(x));
  return result;
  // SOLUTION END
}

std::vector<double> zip_with(function_ref<double(double, double)> f, std::span<const double> a,
                             std::span<const double> b) {
  // SOLUTION BEGIN  unequal lengths: throw a ShapeError that names both, before any call
  if (a.size() != b.size()) {
    throw ShapeError("zip_with: lists of lengths ", a.size(), " and ", b.size(), " do not pair up");
  }
  std::vector<double> result;
  result.reserve(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) result.push_back(f(a[i], b[i]));
  return result;
  // SOLUTION END
}

double reduce(function_ref<double(double, double)> f, double start, std::span<const double> list) {
  // SOLUTION BEGIN  what was gathered so far goes in as the first argument
  double result = start;
  for (double x : list) result = f(result, x);
  return result;
  // SOLUTION END
}

std::vector<double> neg_list(std::span<const double> list) {
  // SOLUTION BEGIN  one call of map, with an operator of 1.1
  return map(neg, list);
  // SOLUTION END
}

std::vector<double> add_lists(std::span<const double> a, std::span<const double> b) {
  // SOLUTION BEGIN  one call of zip_with
  return zip_with(add, a, b);
  // SOLUTION END
}

double sum(std::span<const double> list) {
  // SOLUTION BEGIN  one call of reduce; what is the sum of no numbers?
  return reduce(add, 0, list);
  // SOLUTION END
}

double prod(std::span<const double> list) {
  // SOLUTION BEGIN  one call of reduce; what is the product of no numbers?
  return reduce(mul, 1, list);
  // SOLUTION END
}

}  // namespace gradbook
