/// @file
/// A few whole numbers, one an axis: the sizes, strides or index of an array.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "00_course/error.hpp"

namespace gradbook {

/// The most axes that an array may have.
inline constexpr int kMaxRank = 8;

/// One whole number for each axis, kept in place: no memory is allocated. Its aliases say which.
class Dims {
 public:
  /// Of rank 0.
  Dims() = default;

  /// {2, 3, 4} has rank 3. @throws ShapeError above kMaxRank
  Dims(std::initializer_list<std::int64_t> values);

  /// `rank` times the same number. @throws ShapeError above kMaxRank or below 0
  explicit Dims(int rank, std::int64_t value);

  /// How many axes there are.
  int rank() const { return rank_; }

  /// The number of an axis, 0 ≤ axis < rank(), which is not checked.
  std::int64_t& operator[](int axis) { return values_[axis]; }
  /// The same, to look at.
  std::int64_t operator[](int axis) const { return values_[axis]; }

  /// One axis more, after the last. @throws ShapeError above kMaxRank
  void push_back(std::int64_t value);

  /// One axis more, before the first. @throws ShapeError above kMaxRank
  void push_front(std::int64_t value);

  /// The first number.
  const std::int64_t* begin() const { return values_; }
  /// After the last number.
  const std::int64_t* end() const { return values_ + rank_; }
  /// The first number, to write.
  std::int64_t* begin() { return values_; }
  /// After the last number, to write.
  std::int64_t* end() { return values_ + rank_; }

  /// Whether rank and all numbers are equal.
  bool operator==(const Dims& other) const {
    bool equal = rank_ == other.rank_;
    for (int i = 0; equal && i < rank_; ++i) equal = values_[i] == other.values_[i];
    return equal;
  }

  /// What text() returns: room for any Dims, and its final 0.
  struct Text {
    char characters[kMaxRank * 22 + 3];               ///< "(2, 3, 4)"
    const char* c_str() const { return characters; }  ///< the same
  };

  /// "(2, 3, 4)", "(5)" or "()", as in error messages: a Dims may be a part of an Error.
  Text text() const;

 private:
  std::int64_t values_[kMaxRank] = {};
  int rank_ = 0;
};

using Shape = Dims;    ///< how many elements along each axis
using Strides = Dims;  ///< how many elements of storage from one to the next along each axis
using Index = Dims;    ///< which element along each axis
using Axes = Dims;     ///< numbers of axes; −1 is the last

}  // namespace gradbook
