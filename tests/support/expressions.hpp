/// @file
/// The same expressions for every kind of number (Scalar, Dual, Taped), for the cases of 2.12
/// to 2.14.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "support/case.hpp"

namespace gradbook {

/// A formula in x and y, as text and as code.
template <class T>
struct Expression {
  const char* text;
  T (*of)(const T& x, const T& y);
};

/// Every operation, with a number on either side and one input twice, then formulas of several; for
/// x, y in [0.5, 2].
template <class T>
std::vector<Expression<T>> function_table() {
  return {
      {"x + y", [](const T& x, const T& y) -> T { return x + y; }},
      {"x - y", [](const T& x, const T& y) -> T { return x - y; }},
      {"x * y", [](const T& x, const T& y) -> T { return x * y; }},
      {"x / y", [](const T& x, const T& y) -> T { return x / y; }},
      {"-x", [](const T& x, const T&) -> T { return -x; }},
      {"pow(x, 3)", [](const T& x, const T&) -> T { return pow(x, 3); }},
      {"pow(y, -1.5)", [](const T&, const T& y) -> T { return pow(y, -1.5); }},
      {"exp(x)", [](const T& x, const T&) -> T { return exp(x); }},
      {"log(y)", [](const T&, const T& y) -> T { return log(y); }},
      {"relu(x)", [](const T& x, const T&) -> T { return relu(x); }},
      {"relu(-x)", [](const T& x, const T&) -> T { return relu(-x); }},
      {"sigmoid(x)", [](const T& x, const T&) -> T { return sigmoid(x); }},
      {"tanh(x)", [](const T& x, const T&) -> T { return tanh(x); }},
      {"3 - x", [](const T& x, const T&) -> T { return 3.0 - x; }},
      {"x - 3", [](const T& x, const T&) -> T { return x - 3.0; }},
      {"2 / y", [](const T&, const T& y) -> T { return 2.0 / y; }},
      {"y / 2", [](const T&, const T& y) -> T { return y / 2.0; }},
      {"1.5 * x + 1", [](const T& x, const T&) -> T { return 1.5 * x + 1.0; }},
      {"x + x", [](const T& x, const T&) -> T { return x + x; }},
      {"x * x * x", [](const T& x, const T&) -> T { return x * x * x; }},
      {"x / (x + y)", [](const T& x, const T& y) -> T { return x / (x + y); }},
      {"log(x^2 + 1) * exp(y) + y^2 * x",
       [](const T& x, const T& y) -> T { return log(pow(x, 2) + 1.0) * exp(y) + pow(y, 2) * x; }},
      {"sigmoid(x * y) / (1 + exp(-y))",
       [](const T& x, const T& y) -> T { return sigmoid(x * y) / (1.0 + exp(-y)); }},
      {"tanh(log(x) - y) * relu(y - x / 8)",
       [](const T& x, const T& y) -> T { return tanh(log(x) - y) * relu(y - x / 8.0); }},
  };
}

/// What a random graph is made of: step k computes one more number from the numbers at places a and
/// b.
struct Step {
  std::size_t kind, a, b;
};

/// n steps on `leaves` leaves, drawn from the generator of the case.
inline std::vector<Step> draw_steps(std::size_t n, std::size_t leaves) {
  std::vector<Step> steps;
  for (std::size_t made = leaves; made < leaves + n; ++made) {
    steps.push_back({generator().below(10), generator().below(made), generator().below(made)});
  }
  return steps;
}

/// Takes the steps from the leaves on: all numbers, leaves first. From leaves in [-1, 1] every
/// number stays there.
template <class T>
std::vector<T> follow(const std::vector<Step>& steps, std::vector<T> made) {
  for (const Step& step : steps) {
    const T a = made[step.a], b = made[step.b];
    switch (step.kind) {
      case 0:
        made.push_back(0.5 * (a + b));
        break;
      case 1:
        made.push_back((a - b) / 2.0);
        break;
      case 2:
        made.push_back(a * b);
        break;
      case 3:
        made.push_back(a / (2.0 + b));
        break;
      case 4:
        made.push_back(pow(a, 2));
        break;
      case 5:
        made.push_back(exp(a) / 3.0);
        break;
      case 6:
        made.push_back(-log(a * b + 1.5));
        break;
      case 7:
        made.push_back(relu(a));
        break;
      case 8:
        made.push_back(sigmoid(a - b));
        break;
      default:
        made.push_back(tanh(a + b));
        break;
    }
  }
  return made;
}

/// The shares of the numbers in a sum that depends on most of a graph.
template <class T>
T weighted_sum(const std::vector<T>& numbers, const std::vector<double>& weights) {
  T sum = 0.0;
  for (std::size_t i = 0; i < numbers.size(); ++i) sum = sum + weights[i] * numbers[i];
  return sum;
}

}  // namespace gradbook
