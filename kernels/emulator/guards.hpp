/// @file
/// Where the compiler notes that a variable of a thread has been made, which is no memory of a
/// kernel.
#pragma once

#include <cstdint>
#include <vector>

namespace gradbook::emulator {

/// A byte stands beside each `__shared__` array of a class with constructors, such as float4, and
/// is looked at before the array. Where these lie: offsets into what each thread of the host has of
/// its own; none where the program was stripped.
const std::vector<std::uintptr_t>& guard_bytes();

}  // namespace gradbook::emulator
