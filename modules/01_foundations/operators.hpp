/// @file
/// The operators on plain numbers that all later arithmetic is made of, and some of their slopes.
#pragma once

#include "00_course/not_started.hpp"

namespace gradbook {

// ---- exercise 1.1: operators --------------------------------------------------------------------

/// The product a · b.
double mul(double a, double b);

/// The identity: a itself.
double id(double a);

/// The sum a + b.
double add(double a, double b);

/// The negative −a.
double neg(double a);

/// Whether a < b. Nothing is less than NaN, and NaN is less than nothing.
bool lt(double a, double b);

/// Whether a = b exactly. NaN equals nothing, not even itself.
bool eq(double a, double b);

/// The larger of a and b; NaN if either is NaN, so that a NaN is never lost on the way.
/// @see  IEEE 754-2019, operation "maximum"
double max(double a, double b);

/// How far apart two close numbers may be, as a share of their size.
inline constexpr double kCloseness = 1e-6;

/// Whether a and b agree up to kCloseness: |a − b| ≤ kCloseness · max(1, |a|, |b|).
///
/// is_close(a, b) is is_close(b, a). An infinity is close to itself alone, NaN to nothing.
/// @see  Python's math.isclose, which is symmetric; numpy.isclose is not
bool is_close(double a, double b);

/// The inverse 1 / a; as IEEE 754 has it, that of 0 is infinity and that of −0 is −infinity.
double inv(double a);

/// max(a, 0); the result for −0 is +0, and for NaN it is NaN.
double relu(double a);

/// The natural logarithm: −infinity for 0, NaN for a < 0.
double log(double a);

/// e to the power a.
double exp(double a);

// ---- exercise 1.2: the same values, without overflow --------------------------------------------

/// 1 / (1 + e⁻ˣ), right to the last few digits for every x.
///
/// No intermediate result overflows: exp is only ever called with arguments ≤ 0. NaN gives NaN.
/// @see  chapter 01, "When a right formula is wrong"
double sigmoid(double x);

/// log(1 + eˣ), right to the last few digits for every x; its slope is sigmoid(x).
///
/// It is x for large x and eˣ for very negative x. No intermediate result overflows. NaN gives NaN.
double softplus(double x);

/// log(eᵃ + eᵇ) without overflow: a sum of two numbers of which only the logarithms are kept.
///
/// Two equal infinities give that infinity. If a or b is NaN, so is the result.
/// @see  numpy.logaddexp, the same function
double log_sum_exp(double a, double b);

// ---- exercise 1.3: one step of the chain rule ---------------------------------------------------

// For y = f(x) and d = dJ/dy, each returns dJ/dx = d · f'(x). Here x is what went into f, not y.

/// d · 1/x, for f = log.
double log_back(double x, double d);

/// d · (−1/x²), for f = inv.
double inv_back(double x, double d);

/// d for x > 0 and 0 for x ≤ 0, whatever d is, for f = relu; the slope at 0 is taken to be 0.
double relu_back(double x, double d);

/// d · sigmoid(x) · sigmoid(−x), for f = sigmoid; right to the last few digits where f is flat too.
double sigmoid_back(double x, double d);

/// d · (1 − tanh²x), for f = tanh; right to the last few digits where f is flat too.
///
/// With tanh(x) = 2 · sigmoid(2x) − 1, the slope is 4 · sigmoid(2x) · sigmoid(−2x).
double tanh_back(double x, double d);

}  // namespace gradbook
