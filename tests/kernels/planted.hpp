/// @file
/// Kernels with one planted fault each: how a test says what the emulator must find.
#pragma once

#include <functional>
#include <string>
#include <vector>
#include "kernels/source_location.hpp"

#include "kernels/device.hpp"

namespace gradbook {

/// What must be said of a planted fault.
struct Planted {
  FaultKind kind;      ///< what is wrong
  std::string kernel;  ///< in which one
  int line;            ///< of the fault, in the file of the test; 0 where nobody knows it
  std::string who;     ///< "thread (36, 0, 0) of block (1, 0, 0)"; empty for a launch
  std::vector<std::string> facts;  ///< what else a student has to be told
};

/// Runs `action`, which makes its own buffers and launches, with blocks one after the other and
/// threads in ascending order: the message must name kernel, file, line, thread, block and facts.
/// Then in descending order and with two host threads: another thread may be caught in another
/// line, but the kind and the kernel must stay.
void expect_fault(const Planted& planted, const std::function<void()>& action,
                  SourceLocation where = SourceLocation::current());

/// The same of the message, and nothing about other orders: for faults that no thread runs into.
void expect_fault_once(const Planted& planted, const std::function<void()>& action,
                       SourceLocation where = SourceLocation::current());

/// 0, 1, 2, … in device memory.
DeviceBuffer<float> counting(int size);

/// A function that kernels call and that is compiled in another file. @throws std::domain_error
float checked_sqrt(float x);

}  // namespace gradbook
