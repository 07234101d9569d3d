/// @file
/// Parameters in hidden cases: drawn, given gradients, and observed.
#pragma once

#include <deque>
#include <initializer_list>
#include <vector>

#include "support/modules.hpp"

namespace gradbook {

/// Parameters that an exercise changes, called "parameter 0", "parameter 1", … in feedback.
class DrawnParameters {
 public:
  /// Of these shapes, each (rows, columns), with numbers from [−2, 2).
  explicit DrawnParameters(std::initializer_list<Matrix::shape_type> shapes) {
    for (const auto& [rows, columns] : shapes)
      all_.emplace_back(input_matrix(fmt::format("parameter {}", all_.size()), rows, columns));
  }

  /// Where they are, in their order.
  std::vector<Parameter*> pointers() {
    std::vector<Parameter*> result;
    for (Parameter& parameter : all_) result.push_back(&parameter);
    return result;
  }

  /// The i-th.
  Parameter& operator[](std::size_t i) { return all_.at(i); }

  /// Gives each a gradient with numbers from [−size, size), but for one that gets none.
  void draw_gradients(double size = 1, std::size_t without = kNone) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      const auto& [rows, columns] = all_[i].value().shape();
      all_[i].grad() =
          i == without ? Matrix()
                       : input_matrix(fmt::format("gradient {}", i), rows, columns, -size, size);
    }
  }

  /// Observes the numbers of all, and that their gradients are as they were.
  void observe_all(std::string_view when, Tolerance tolerance = {.terms = 16, .scale = 4}) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      observe(fmt::format("parameter {}, {}", i, when), all_[i].value(), tolerance);
      observe(fmt::format("gradient {}, {}", i, when), all_[i].grad(), tolerance);
    }
  }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);  ///< no parameter

 private:
  std::deque<Parameter> all_;  // a deque, since parameters are not moved
};

}  // namespace gradbook
