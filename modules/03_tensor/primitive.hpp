/// @file
/// A function in two forms: of one element, and of a whole run of neighbours at once.
#pragma once

#include "03_tensor/array.hpp"

namespace gradbook {

/// A function of one number.
struct MapPrimitive {
  const char* name;      ///< "exp"
  Real (*scalar)(Real);  ///< of one element

  /// out[i] = f(a[i]) for i below n; `a` may be `out`.
  void (*run)(const Real* a, Real* out, std::int64_t n);
};

/// A function of two numbers.
struct ZipPrimitive {
  const char* name;            ///< "add"
  Real (*scalar)(Real, Real);  ///< of two elements

  /// out[i] = f(a[i · step_a], b[i · step_b]) for i below n; steps may be 0, 1 or any other.
  void (*run)(const Real* a, std::int64_t step_a, const Real* b, std::int64_t step_b, Real* out,
              std::int64_t n);
};

/// An associative function of two numbers that folds many into one.
struct ReducePrimitive {
  const char* name;            ///< "sum"
  Real start;                  ///< what nothing is folded into: f(start, x) is x
  Real (*scalar)(Real, Real);  ///< of two elements

  /// a[0], …, a[n − 1] folded into one; start where n is 0.
  Real (*run)(const Real* a, std::int64_t n);

  /// into[i] = f(into[i], a[i]) for i below n.
  void (*run_into)(Real* into, const Real* a, std::int64_t n);
};

/// Those that the book uses (given).
namespace primitives {

extern const MapPrimitive neg;      ///< −x
extern const MapPrimitive inv;      ///< 1 / x
extern const MapPrimitive exp;      ///< eˣ
extern const MapPrimitive log;      ///< log x
extern const MapPrimitive sqrt;     ///< √x
extern const MapPrimitive sigmoid;  ///< 1 / (1 + e⁻ˣ), without overflow
extern const MapPrimitive tanh;     ///< tanh x
extern const MapPrimitive relu;     ///< max(x, 0); NaN stays NaN
extern const MapPrimitive copy;     ///< x

extern const ZipPrimitive add;  ///< a + b
extern const ZipPrimitive sub;  ///< a − b
extern const ZipPrimitive mul;  ///< a · b
extern const ZipPrimitive div;  ///< a / b
extern const ZipPrimitive pow;  ///< aᵇ
extern const ZipPrimitive max;  ///< the larger; NaN where one is
extern const ZipPrimitive lt;   ///< 1 where a < b, else 0
extern const ZipPrimitive eq;   ///< 1 where a = b, else 0

extern const ReducePrimitive sum;     ///< Σ x
extern const ReducePrimitive prod;    ///< Π x
extern const ReducePrimitive max_of;  ///< the largest; −∞ of none, NaN where one is

}  // namespace primitives

// ---- exercise 3.15 ------------------------------------------------------------------------------

/// out = f(a) element by element: one call of the run function for each contiguous run, not one of
/// the scalar one for each element.
/// @param f        in both forms
/// @param a        of any strides
/// @param out      of the shape of a, contiguous; it may be `a` itself
/// @param threads  how many share the work, at least 1
/// @throws ShapeError  as map does
void map_runs(const MapPrimitive& f, const Array& a, Array& out, int threads = 1);

/// out = f(a, b), broadcast as zip does, by runs.
/// @param f        in both forms
/// @param a        of any strides
/// @param b        of any strides
/// @param threads  how many share the work, at least 1
/// @param out  of the shape that a and b have together, contiguous; it may be an operand
/// @throws ShapeError  as zip does
void zip_runs(const ZipPrimitive& f, const Array& a, const Array& b, Array& out, int threads = 1);

/// Folds axes away as reduce does, from f.start on, by runs. The elements are taken in an order of
/// its own.
/// @throws RangeError  as reduce does
Array reduce_runs(const ReducePrimitive& f, const Array& a, const Axes& axes, bool keepdim = false,
                  int threads = 1);

}  // namespace gradbook
