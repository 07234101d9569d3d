/// @file
/// What the program's own table of symbols says: the names of kernels, and where the compiler notes
/// that a variable of a thread has been made, which is no memory of a kernel.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace gradbook::emulator {

/// A byte stands beside each `__shared__` array of a class with constructors, such as float4, and
/// is looked at before the array. Where these lie: offsets into what each thread of the host has of
/// its own; none where the program was stripped.
const std::vector<std::uintptr_t>& guard_bytes();

/// What the compiler calls the function that begins at this address; empty where that is not known.
std::string symbol_of(const void* function);

}  // namespace gradbook::emulator
