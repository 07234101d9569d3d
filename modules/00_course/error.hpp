/// @file
/// The errors that functions of the workbook throw; each message says what was asked and both
/// facts.
#pragma once

#include <stdexcept>

namespace gradbook {

/// Sizes that do not go together, such as two lists of lengths 3 and 4 added up.
class ShapeError : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
  ~ShapeError() override;
};

/// An index or argument outside of what a function takes.
class RangeError : public std::out_of_range {
 public:
  using std::out_of_range::out_of_range;
  ~RangeError() override;
};

}  // namespace gradbook
