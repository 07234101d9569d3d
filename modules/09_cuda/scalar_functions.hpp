/// @file
/// The functions of one number, of two, and of many, that kernels are told to compute: module 04's,
/// in float.
#pragma once

#include <cmath>

#include "kernels/cuda.hpp"

namespace gradbook {

/// A function of one number.
enum class MapOp {
  neg,      ///< −x
  inv,      ///< 1 / x
  exp,      ///< eˣ
  log,      ///< log x
  sqrt,     ///< √x
  sigmoid,  ///< 1 / (1 + e⁻ˣ), without overflow
  tanh,     ///< tanh x
  relu,     ///< max(x, 0); NaN stays NaN
  copy      ///< x
};

/// A function of two numbers.
enum class ZipOp {
  add,  ///< a + b
  sub,  ///< a − b
  mul,  ///< a · b
  div,  ///< a / b
  pow,  ///< aᵇ
  max,  ///< the larger; NaN where one is
  lt,   ///< 1 where a < b, else 0
  eq    ///< 1 where a = b, else 0
};

/// A function that folds many numbers into one.
enum class ReduceOp {
  sum,    ///< Σ x
  prod,   ///< Π x
  max_of  ///< the largest; −∞ of none, NaN where one is
};

/// op of x.
__host__ __device__ inline float apply(MapOp op, float x) {
  switch (op) {
    case MapOp::neg:
      return -x;
    case MapOp::inv:
      return 1 / x;
    case MapOp::exp:
      return std::exp(x);
    case MapOp::log:
      return std::log(x);
    case MapOp::sqrt:
      return std::sqrt(x);
    case MapOp::sigmoid: {
      const float e = std::exp(-std::fabs(x));
      return (x < 0 ? e : 1) / (1 + e);
    }
    case MapOp::tanh:
      return std::tanh(x);
    case MapOp::relu:
      return x < 0 ? 0 : x;
    case MapOp::copy:
      break;
  }
  return x;
}

/// op of a and b.
__host__ __device__ inline float apply(ZipOp op, float a, float b) {
  switch (op) {
    case ZipOp::add:
      return a + b;
    case ZipOp::sub:
      return a - b;
    case ZipOp::mul:
      return a * b;
    case ZipOp::div:
      return a / b;
    case ZipOp::pow:
      return std::pow(a, b);
    case ZipOp::max:
      return a > b || a != a ? a : b;
    case ZipOp::lt:
      return a < b;
    case ZipOp::eq:
      break;
  }
  return a == b;
}

/// What nothing is folded into: apply(op, start_of(op), x) is x.
__host__ __device__ inline float start_of(ReduceOp op) {
  return op == ReduceOp::sum ? 0 : op == ReduceOp::prod ? 1 : -INFINITY;
}

/// Folds a and b into one.
__host__ __device__ inline float apply(ReduceOp op, float a, float b) {
  return op == ReduceOp::sum ? a + b : op == ReduceOp::prod ? a * b : apply(ZipOp::max, a, b);
}

}  // namespace gradbook
