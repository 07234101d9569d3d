/// @file
/// Parameters in hidden cases: drawn, given gradients, and observed.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "05_modules/module.hpp"
#include "support/case.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {

/// Parameters that an exercise changes, called "parameter 0", "parameter 1", … in feedback.
class DrawnParameters {
 public:
  /// Of these shapes, each (rows, columns), with numbers from [−2, 2).
  explicit DrawnParameters(std::initializer_list<Matrix::shape_type> shapes) {
    for (const auto& shape : shapes) {
      const auto numbers = draw_list(shape[0] * shape[1], -2, 2);
      all_.emplace_back(
          filled<Matrix>(shape, input(fmt::format("parameter {}", all_.size()), numbers)));
    }
  }

  /// Where they are, in their order.
  std::vector<Parameter*> pointers() {
    std::vector<Parameter*> result;
    for (Parameter& parameter : all_) result.push_back(&parameter);
    return result;
  }

  /// The i-th.
  Parameter& operator[](std::size_t i) { return all_.at(i); }

  /// How many there are.
  std::size_t size() const { return all_.size(); }

  /// Gives all but some a gradient with numbers from [−size, size), and those none.
  void draw_gradients(double size = 1, std::initializer_list<std::size_t> without = {}) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      bool wanted = true;
      for (const std::size_t none : without) wanted = wanted && none != i;
      Matrix& grad = all_[i].grad();
      grad = Matrix();
      if (!wanted) continue;
      const Matrix& value = all_[i].value();
      grad = filled<Matrix>(value.shape(), input(fmt::format("gradient {}", i),
                                                 draw_list(value.size(), -size, size)));
    }
  }

  /// Observes the numbers of all, and that their gradients are what they are.
  void observe_all(std::string_view when, Tolerance tolerance = {.terms = 16, .scale = 4}) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      observe_matrix(fmt::format("parameter {}, {}", i, when), all_[i].value(), tolerance);
      observe_matrix(fmt::format("its gradient, {}", when), all_[i].grad(), {});
    }
  }

  /// Observes every number of a matrix, and its shape.
  static void observe_matrix(std::string_view label, const Matrix& m, Tolerance tolerance) {
    const std::vector<Real> numbers = listed(m);
    observe(label, std::span<const Real>(numbers), sizes_of(m), tolerance);
  }

 private:
  std::deque<Parameter> all_;  // a deque, since parameters are not moved
};

}  // namespace gradbook
