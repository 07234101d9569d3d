/// @file
/// CUDA's atomic operations, for the emulator: what a kernel includes with kernels/cuda.hpp.
#pragma once

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include "kernels/emulator/language.hpp"

namespace gradbook::emulator {

// All of these are inlined: a fault is told of the line of the kernel from which they were called
/// *address = change(*address), by nobody else in between. @returns what was there
template <class T, class Change>
__forceinline__ T atomically(T* address, Change change) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8);
  using Bits = std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t>;
  T before;
  const bool held = hold(address, sizeof(T));
  Bits bits = load_held<Bits>(address);
  __builtin_memcpy(&before, &bits, sizeof before);
  const T after = change(before);
  __builtin_memcpy(&bits, &after, sizeof bits);
  store_held(address, bits);
  let_go(held);
  return before;
}

}  // namespace gradbook::emulator

/// Adds. @returns what was there
template <class T>
__forceinline__ T atomicAdd(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return before + value; });
}
/// Subtracts. @returns what was there
template <class T>
__forceinline__ T atomicSub(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return before - value; });
}
/// Keeps the larger. @returns what was there
template <class T>
__forceinline__ T atomicMax(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return std::max(before, value); });
}
/// Keeps the smaller. @returns what was there
template <class T>
__forceinline__ T atomicMin(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return std::min(before, value); });
}
/// Sets. @returns what was there
template <class T>
__forceinline__ T atomicExch(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T) __attribute__((always_inline)) { return value; });
}
/// Sets where `expected` was there. @returns what was there
template <class T>
__forceinline__ T atomicCAS(T* address, std::type_identity_t<T> expected,
                            std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before)
                   __attribute__((always_inline)) { return before == expected ? value : before; });
}
/// One more, and 0 after `last`. @returns what was there
__forceinline__ unsigned atomicInc(unsigned* address, unsigned last) {
  return gradbook::emulator::atomically(
      address, [=](unsigned before)
                   __attribute__((always_inline)) { return before >= last ? 0 : before + 1; });
}
/// And, bit by bit. @returns what was there
template <class T>
__forceinline__ T atomicAnd(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return before & value; });
}
/// Or, bit by bit. @returns what was there
template <class T>
__forceinline__ T atomicOr(T* address, std::type_identity_t<T> value) {
  return gradbook::emulator::atomically(
      address, [=](T before) __attribute__((always_inline)) { return before | value; });
}
