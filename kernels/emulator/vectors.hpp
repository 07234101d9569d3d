/// @file
/// CUDA's small vectors, for the emulator: two or four numbers that are read or written in one
/// access of up to 16 bytes.
#pragma once

#include "kernels/emulator/device_calls.hpp"

// Copied by the emulator, so that it sees one access and not one for each number
#define GRADBOOK_COPIED_AT_ONCE(Vector)                                                 \
  Vector(const Vector& other) { gradbook::emulator::copy(this, &other, sizeof *this); } \
  Vector& operator=(const Vector& other) {                                              \
    gradbook::emulator::copy(this, &other, sizeof *this);                               \
    return *this;                                                                       \
  }

#define GRADBOOK_VECTOR_OF_2(Number, Vector)   \
  struct alignas(2 * sizeof(Number)) Vector {  \
    Number x, y;                               \
    Vector() = default;                        \
    Vector(Number x, Number y) : x(x), y(y) {} \
    GRADBOOK_COPIED_AT_ONCE(Vector)            \
  };                                           \
  inline Vector make_##Vector(Number x, Number y) { return {x, y}; }

#define GRADBOOK_VECTOR_OF_4(Number, Vector)                                   \
  struct alignas(4 * sizeof(Number)) Vector {                                  \
    Number x, y, z, w;                                                         \
    Vector() = default;                                                        \
    Vector(Number x, Number y, Number z, Number w) : x(x), y(y), z(z), w(w) {} \
    GRADBOOK_COPIED_AT_ONCE(Vector)                                            \
  };                                                                           \
  inline Vector make_##Vector(Number x, Number y, Number z, Number w) { return {x, y, z, w}; }

GRADBOOK_VECTOR_OF_2(float, float2)
GRADBOOK_VECTOR_OF_2(double, double2)
GRADBOOK_VECTOR_OF_2(int, int2)
GRADBOOK_VECTOR_OF_2(unsigned, uint2)
GRADBOOK_VECTOR_OF_4(float, float4)
GRADBOOK_VECTOR_OF_4(int, int4)
GRADBOOK_VECTOR_OF_4(unsigned, uint4)
GRADBOOK_VECTOR_OF_4(unsigned char, uchar4)

/// Three numbers, which are read and written one by one.
struct float3 {
  float x, y, z;  ///< in this order
};
/// The same of whole numbers.
struct int3 {
  int x, y, z;  ///< in this order
};
/// The three of them.
inline float3 make_float3(float x, float y, float z) { return {x, y, z}; }
/// The three of them.
inline int3 make_int3(int x, int y, int z) { return {x, y, z}; }

#undef GRADBOOK_VECTOR_OF_2
#undef GRADBOOK_VECTOR_OF_4
#undef GRADBOOK_COPIED_AT_ONCE
