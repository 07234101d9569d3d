/// @file
/// What is wrong with a kernel, said so that its writer can mend it.
#pragma once

#include <stdexcept>
#include <string>

namespace gradbook {

/// What can be wrong with a launch, on the emulator.
enum class FaultKind {
  launch,         ///< sizes or arguments that no device takes
  out_of_bounds,  ///< outside of what has been allocated, or of an array
  misaligned,     ///< at an address that is no multiple of the size
  freed,          ///< of memory that was given back
  foreign,        ///< of memory that is not the device's: null, or the host's
  uninitialised,  ///< read before anybody wrote it
  barrier,        ///< that some threads never reach
  warp,           ///< an operation of a warp that some lanes never reach
  race,           ///< two threads at one place, one of which writes, and nothing orders them
  not_once,       ///< what is to be written once by each launch is written twice, or never
  order,          ///< what it leaves depends on the order in which threads run
  endless,        ///< it does not end
  exception,      ///< thrown within
};

/// A kernel did what it must not do.
class KernelFault : public std::runtime_error {
 public:
  /// @param kind     what
  /// @param message  with the kernel, file and line, block and thread, and what to do
  KernelFault(FaultKind kind, const std::string& message)
      : std::runtime_error(message), kind_(kind) {}

  /// What.
  FaultKind kind() const { return kind_; }

 private:
  FaultKind kind_;
};

namespace emulator {

/// "vector_add.cpp:12" of an address in compiled code; empty where that is not known.
std::string source_line(const void* code);

/// "vector_add" of the address of a function; "a kernel" where that is not known.
std::string function_name(const void* function);

}  // namespace emulator
}  // namespace gradbook
