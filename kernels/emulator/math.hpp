/// @file
/// CUDA's functions of numbers that C++ has under other names or not at all, for the emulator.
/// expf, sqrtf, fmaxf and their like come with the host's header.
#pragma once

#include <math.h>

#define GRADBOOK_LESS_AND_MORE(T)                     \
  constexpr T min(T a, T b) { return b < a ? b : a; } \
  constexpr T max(T a, T b) { return a < b ? b : a; }

GRADBOOK_LESS_AND_MORE(int)
GRADBOOK_LESS_AND_MORE(unsigned)
GRADBOOK_LESS_AND_MORE(long)
GRADBOOK_LESS_AND_MORE(unsigned long)
GRADBOOK_LESS_AND_MORE(long long)
GRADBOOK_LESS_AND_MORE(unsigned long long)
#undef GRADBOOK_LESS_AND_MORE

/// The smaller; the other one where one is no number.
inline float min(float a, float b) { return fminf(a, b); }
/// The larger; the other one where one is no number.
inline float max(float a, float b) { return fmaxf(a, b); }
/// The smaller; the other one where one is no number.
inline double min(double a, double b) { return fmin(a, b); }
/// The larger; the other one where one is no number.
inline double max(double a, double b) { return fmax(a, b); }
/// The smaller, as unsigned numbers.
constexpr unsigned min(unsigned a, int b) { return min(a, static_cast<unsigned>(b)); }
/// The smaller, as unsigned numbers.
constexpr unsigned min(int a, unsigned b) { return min(static_cast<unsigned>(a), b); }
/// The larger, as unsigned numbers.
constexpr unsigned max(unsigned a, int b) { return max(a, static_cast<unsigned>(b)); }
/// The larger, as unsigned numbers.
constexpr unsigned max(int a, unsigned b) { return max(static_cast<unsigned>(a), b); }

/// 1 / √x.
inline float rsqrtf(float x) { return 1 / sqrtf(x); }
/// eˣ, on a GPU faster and less exact than expf.
inline float __expf(float x) { return expf(x); }
/// ln x, likewise.
inline float __logf(float x) { return logf(x); }
/// aᵇ, likewise.
inline float __powf(float a, float b) { return powf(a, b); }
/// sin x, likewise.
inline float __sinf(float x) { return sinf(x); }
/// cos x, likewise.
inline float __cosf(float x) { return cosf(x); }
/// a / b, likewise.
inline float __fdividef(float a, float b) { return a / b; }
