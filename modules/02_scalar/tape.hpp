/// @file
/// A tape: operations in the order in which they were computed, so that going back needs no sort.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "00_course/error.hpp"
#include "00_course/not_started.hpp"

namespace gradbook {

class Tape;

/// A number whose history is on a tape: its value, and the place of its entry.
///
/// It owns nothing and copies as three words. It is valid until the tape is cleared or destroyed. A
/// plain number converts to a constant, which has no entry.
class Taped {
 public:
  /// A constant.
  Taped(double value = 0) : value_(value) {}  // NOLINT: numbers convert, as in the formula

  /// The value, as a plain number.
  double value() const { return value_; }

  /// The place of its entry on the tape; 0 for a constant.
  std::uint32_t entry() const { return entry_; }

  /// The tape that it is on; null for a constant.
  Tape* tape() const { return tape_; }

 private:
  friend class Tape;
  Taped(double value, Tape* tape, std::uint32_t entry)
      : value_(value), tape_(tape), entry_(entry) {}

  double value_;
  Tape* tape_ = nullptr;
  std::uint32_t entry_ = 0;
};

// ---- exercise 2.14 ------------------------------------------------------------------------------

/// Remembers operations one after the other, and passes gradients back through them. It reads as
///
///     Tape tape;
///     Taped x = tape.variable(2.0);
///     Taped y = log(x * x + 1.0);
///     tape.backward(y);
///     tape.grad(x);  // 2x / (x² + 1) = 0.8
///     tape.clear();  // x and y are void now; the memory waits for the next recording
///
/// An operation is recorded after its inputs were. So entry i has inputs below i, for every i, and
/// the order of recording is an order that topological_sort (2.2) might have found.
///
/// Entry 0 stands for all constants, which nobody wants the gradient of. It lets every entry have
/// two inputs.
class Tape {
 public:
  /// One operation. Its partials were worked out when it was recorded, so the way back needs
  /// neither the values nor the kind of operation.
  struct Entry {
    std::array<double, 2> partials{};       ///< ∂out/∂input k; 0 where there is no such input
    std::array<std::uint32_t, 2> inputs{};  ///< their entries; 0 for a constant, or for none
  };

  /// An empty tape.
  Tape() = default;
  Tape(const Tape&) = delete;  // its numbers refer to it
  Tape& operator=(const Tape&) = delete;

  /// A new leaf, whose gradient backward will find.
  Taped variable(double value) { return {value, this, record()}; }

  /// Exercise 2.14: appends an entry and returns its place, which is 1 for the first after that of
  /// the constants.
  ///
  /// By default it has no input. The four numbers travel in registers: as arrays they would go
  /// through memory, which takes twice as long for the whole recording.
  std::uint32_t record(double by_a = 0, std::uint32_t a = 0, double by_b = 0, std::uint32_t b = 0);

  /// Exercise 2.14: computes d(y)/d(x), times `seed`, for all x on the tape.
  ///
  /// What an earlier pass left is forgotten (other than in 2.5, where leaves add up). Entries that
  /// y does not depend on get 0 and pass nothing on, even where their partials are infinite or NaN.
  /// The grad of constants is 0.
  /// @throws RangeError  where y is on another tape, or was recorded before the last clear
  /// @complexity         O(entries); allocates nothing on a tape that was as long before
  void backward(const Taped& y, double seed = 1.0);

  /// Exercise 2.14: forgets all entries and gradients but keeps the memory, so that the next
  /// recording allocates nothing.
  ///
  /// All numbers recorded so far become void.
  void clear();

  /// d(result)/d(x) of the last backward pass; 0 for a constant, and for what was recorded after
  /// that pass.
  double grad(const Taped& x) const { return x.entry() < grads_.size() ? grads_[x.entry()] : 0; }

  /// All entries, that of the constants first.
  std::span<const Entry> entries() const { return entries_; }

  /// For how many entries there is memory.
  std::size_t capacity() const { return entries_.capacity(); }

  /// The result of an operation on `a` (and `b`), with the partial by each (given).
  static Taped result(double value, const Taped& a, double by_a);
  /// The same for two operands.
  static Taped result(double value, const Taped& a, double by_a, const Taped& b, double by_b);

 private:
  // The tape that a and b are on; null where both are constants, an error where they are on two
  static Tape* common(const Taped& a, const Taped& b);

  // Throws RangeError where y is on another tape, or was recorded before the last clear
  void require_own(const Taped& y) const;

  std::vector<Entry> entries_ = std::vector<Entry>(1);  // entry 0: the constants
  std::vector<double> grads_;                           // one per entry, of the last backward pass
};

// ---- given --------------------------------------------------------------------------------------

inline Taped Tape::result(double value, const Taped& a, double by_a) {
  if (a.tape_ == nullptr) return value;
  return {value, a.tape_, a.tape_->record(by_a, a.entry_)};
}

inline Taped Tape::result(double value, const Taped& a, double by_a, const Taped& b, double by_b) {
  Tape* tape = a.tape_ == b.tape_ ? a.tape_ : common(a, b);
  if (tape == nullptr) return value;
  return {value, tape, tape->record(by_a, a.entry_, by_b, b.entry_)};
}

// ---- operations: the same as those of Scalar (given) --------------------------------------------

/// a + b.
inline Taped operator+(const Taped& a, const Taped& b) {
  return Tape::result(a.value() + b.value(), a, 1, b, 1);
}
/// a − b.
inline Taped operator-(const Taped& a, const Taped& b) {
  return Tape::result(a.value() - b.value(), a, 1, b, -1);
}
/// a · b.
inline Taped operator*(const Taped& a, const Taped& b) {
  return Tape::result(a.value() * b.value(), a, b.value(), b, a.value());
}
/// a / b.
inline Taped operator/(const Taped& a, const Taped& b) {
  const double quotient = a.value() / b.value();
  return Tape::result(quotient, a, 1 / b.value(), b, -quotient / b.value());
}
/// −a.
inline Taped operator-(const Taped& a) { return Tape::result(-a.value(), a, -1); }

/// max(a, 0); the slope at 0 is 0.
inline Taped relu(const Taped& a) {
  return Tape::result(a.value() < 0 ? 0 : a.value(), a, a.value() > 0 ? 1 : 0);
}

/// aⁿ for a constant exponent n; a⁰ has slope 0.
inline Taped pow(const Taped& a, double n) {
  const double x = a.value();
  return Tape::result(std::pow(x, n), a, n == 0 ? 0 : n * std::pow(x, n - 1));
}

/// eᵃ.
inline Taped exp(const Taped& a) {
  const double e = std::exp(a.value());
  return Tape::result(e, a, e);
}

/// The natural logarithm of a.
inline Taped log(const Taped& a) { return Tape::result(std::log(a.value()), a, 1 / a.value()); }

/// 1 / (1 + e⁻ᵃ), without overflow.
inline Taped sigmoid(const Taped& a) {
  const double x = a.value();
  const double small = std::exp(-std::fabs(x));  // at most 1
  const double s = (x < 0 ? small : 1) / (1 + small);
  return Tape::result(s, a, s * (1 - s));
}

/// The hyperbolic tangent of a.
inline Taped tanh(const Taped& a) {
  const double t = std::tanh(a.value());
  return Tape::result(t, a, 1 - t * t);
}

}  // namespace gradbook
