/// @file
/// What the emulator can do besides CUDA, where nvcc compiles: there is nothing to watch a GPU
/// with. So that the same file compiles for both, switches do nothing here, and who asks for a
/// number that only the emulator knows is told so.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "kernels/emulator/counters.hpp"
#include "kernels/emulator/fault.hpp"

namespace gradbook {

/// Says that nobody counts here, and does not come back: what comes next needs the emulator. Who
/// makes a program for a GPU that asks for such numbers defines it.
[[noreturn]] void only_emulated();

/// A number that only the emulator knows. It can be added and subtracted, and who wants its value
/// is told.
struct EmulatedNumber {
  /// Its value, which nobody knows here.
  template <class T>
  requires std::is_arithmetic_v<T>
  operator T() const { only_emulated(); }
};

/// What is computed of it is not known either.
template <class T>
EmulatedNumber operator+(const EmulatedNumber&, const T&) {
  return {};
}
/// The same.
template <class T>
EmulatedNumber operator-(const EmulatedNumber&, const T&) {
  return {};
}
/// The same.
template <class T>
EmulatedNumber operator*(const EmulatedNumber&, const T&) {
  return {};
}
/// Nor is whether it is another number.
template <class T>
bool operator==(const EmulatedNumber&, const T&) {
  only_emulated();
}

/// As KernelCounters, where nobody counts.
struct EmulatedCounters {
  EmulatedNumber global_reads;        ///< not known, as all of them
  EmulatedNumber global_writes;       ///< likewise
  EmulatedNumber global_read_bytes;   ///< likewise
  EmulatedNumber global_write_bytes;  ///< likewise
  EmulatedNumber shared_reads;        ///< likewise
  EmulatedNumber shared_writes;       ///< likewise
  EmulatedNumber atomics;             ///< likewise
  EmulatedNumber barriers;            ///< likewise
  EmulatedNumber warp_operations;     ///< likewise
  EmulatedNumber global_requests;     ///< likewise
  EmulatedNumber global_sectors;      ///< likewise
  EmulatedNumber shared_requests;     ///< likewise
  EmulatedNumber bank_conflicts;      ///< likewise
  EmulatedNumber divergent;           ///< likewise

  /// All of them at once, for who computes with them.
  operator KernelCounters() const { only_emulated(); }
};

/// Sizes of a launch, where nobody notes them.
struct EmulatedSizes {
  EmulatedNumber x;  ///< not known, as all of them
  EmulatedNumber y;  ///< likewise
  EmulatedNumber z;  ///< likewise
};

/// As the emulator's, of which nothing is known here.
struct LaunchReport {
  EmulatedNumber kernel;        ///< nobody asks a GPU for the name
  EmulatedSizes grid;           ///< likewise
  EmulatedSizes block;          ///< likewise
  EmulatedNumber shared_bytes;  ///< likewise
  EmulatedCounters counters;    ///< likewise
  EmulatedNumber seconds;       ///< likewise
};

/// A launch of which nothing is known.
inline LaunchReport last_launch() { return {}; }

/// As the emulator's, where nobody counts.
struct DeviceTraffic {
  EmulatedNumber bytes_to_device;  ///< not known, as all of them
  EmulatedNumber bytes_to_host;    ///< likewise
  EmulatedNumber copies;           ///< likewise
  EmulatedNumber unpinned_async;   ///< likewise
  EmulatedNumber overlapped;       ///< likewise
  EmulatedNumber bytes_in_use;     ///< likewise
  EmulatedNumber pieces_in_use;    ///< likewise
};

/// Nothing is known of it.
inline DeviceTraffic device_traffic() { return {}; }

// ---- switches, which do nothing: a GPU takes its threads as it likes ----------------------------

/// Nothing.
inline void check_kernels(bool) {}
/// Nothing.
inline void count_warps(bool) {}
/// As the emulator's.
enum class ThreadOrder { ascending, descending };
/// Nothing.
inline void use_thread_order(ThreadOrder) {}
/// Nothing.
inline void compare_thread_orders(bool) {}
/// Nothing.
inline void expect_written_once(const void*) {}
/// Nothing.
inline void limit_kernels(double) {}
/// Nothing.
inline void use_kernel_threads(int) {}
/// Nothing.
inline void record_launches(const std::string&) {}

// ---- the timeline, which is a model's
// --------------------------------------------------------------

/// As the emulator's.
struct DeviceModel {
  double copy_bytes_per_second = 20e9;  ///< not used, as all of them
  double own_bytes_per_second = 1e12;   ///< likewise
  double copy_seconds = 5e-6;           ///< likewise
  double kernel_seconds = 100e-6;       ///< likewise
};

/// As the emulator's.
enum class Engine { to_device, to_host, compute };

/// As the emulator's.
struct TimelineEntry {
  std::string what;  ///< an operation
  int stream;        ///< where it was asked for
  Engine engine;     ///< what did it
  double begin;      ///< in seconds of the model
  double end;        ///< likewise
};

/// Nobody draws one here.
inline std::vector<TimelineEntry> device_timeline() { only_emulated(); }
/// Nothing.
inline void clear_timeline() {}
/// Nothing.
inline void use_device_model(const DeviceModel&) {}

}  // namespace gradbook
