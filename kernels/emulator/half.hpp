/// @file
/// CUDA's numbers of 16 bits, for the emulator: 1 bit of sign, 5 of the exponent, 10 behind the
/// point. They are stored; sums and products are computed as float and rounded.
#pragma once

#include <bit>
#include <cstdint>

namespace gradbook::emulator {

/// The nearest number of 16 bits; of two that are as near, the one whose last bit is 0.
constexpr std::uint16_t round_to_half(float x) {
  const auto bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t sign = bits >> 16 & 0x8000, size = bits & 0x7fffffff;
  std::uint32_t half = 0;
  if (size > 0x7f800000)
    half = 0x7e00;  // no number
  else if (size >= 0x477ff000)
    half = 0x7c00;  // 65520 and more is infinite
  else if (size < 0x38800000)
    // Below 2⁻¹⁴ all lie 2⁻²⁴ apart, as floats do from 1/2 on: the sum is rounded to them
    half = std::bit_cast<std::uint32_t>(std::bit_cast<float>(size) + 0.5f) - 0x3f000000;
  else
    half = (size - 0x38000000 + 0xfff + (size >> 13 & 1)) >> 13;
  return static_cast<std::uint16_t>(sign | half);
}

/// The number of 16 bits as a float, which can be all of them.
constexpr float widen_half(std::uint16_t half) {
  const std::uint32_t sign = std::uint32_t{half} << 16 & 0x80000000, size = half & 0x7fff;
  // A float's exponent counts from 127, that of a half from 15
  const float wide = std::bit_cast<float>(size << 13) * 0x1p112f;
  const std::uint32_t bits =
      size >= 0x7c00 ? 0x7f800000 | size << 13 : std::bit_cast<std::uint32_t>(wide);
  return std::bit_cast<float>(sign | bits);
}

}  // namespace gradbook::emulator

/// A number of 16 bits.
struct __half {
  std::uint16_t bits;  ///< as it is stored

  __half() = default;
  /// The nearest one.
  constexpr __half(float x) : bits(gradbook::emulator::round_to_half(x)) {}
  /// The same number.
  constexpr operator float() const { return gradbook::emulator::widen_half(bits); }
};
using half = __half;

/// The sum, rounded.
constexpr __half operator+(__half a, __half b) { return float(a) + float(b); }
/// The difference, rounded.
constexpr __half operator-(__half a, __half b) { return float(a) - float(b); }
/// The product, rounded.
constexpr __half operator*(__half a, __half b) { return float(a) * float(b); }
/// The quotient, rounded.
constexpr __half operator/(__half a, __half b) { return float(a) / float(b); }
/// The nearest number of 16 bits.
constexpr __half __float2half(float x) { return {x}; }
/// The same number.
constexpr float __half2float(__half x) { return x; }
