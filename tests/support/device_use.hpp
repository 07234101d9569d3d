/// @file
/// What is left of memory and copies of the device after a call, for hidden cases of host code.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "kernels/device.hpp"
#include "support/case.hpp"
#ifdef GRADBOOK_GPU
#include "support/not_counted.hpp"
#endif

namespace gradbook {

/// What was asked of the device since this was made.
class Since {
 public:
  /// Observes bytes copied, and what observe_leaks does.
  void observe_all(const std::string& what) const {
    const DeviceTraffic now = device_traffic();
    observe("bytes to the device, " + what, difference(now, &DeviceTraffic::bytes_to_device));
    observe("bytes to the host, " + what, difference(now, &DeviceTraffic::bytes_to_host));
    observe_leaks(what);
  }
  /// Observes memory that was not given back, and errors that nobody looked at.
  void observe_leaks(const std::string& what) const {
    const DeviceTraffic now = device_traffic();
    observe("pieces not given back, " + what, difference(now, &DeviceTraffic::pieces_in_use));
    observe("bytes not given back, " + what, difference(now, &DeviceTraffic::bytes_in_use));
    observe("an error that nobody looked at, " + what,
            std::string_view(cudaGetErrorName(cudaGetLastError())));
  }
  /// Pieces of memory that were not given back yet.
  auto pieces() const { return difference(device_traffic(), &DeviceTraffic::pieces_in_use); }
  /// Copies in streams that had to be done at once.
  auto unpinned() const { return difference(device_traffic(), &DeviceTraffic::unpinned_async); }

 private:
  // Less than before is a negative number once it is observed
  template <class Count>
  Count difference(const DeviceTraffic& now, Count DeviceTraffic::*number) const {
    return now.*number - before_.*number;
  }

  DeviceTraffic before_ = device_traffic();
};

/// A copy of numbers in pinned memory.
inline PinnedBuffer<float> pinned(const std::vector<float>& numbers) {
  PinnedBuffer<float> copy(numbers.size());
  std::ranges::copy(numbers, copy.data());
  return copy;
}

}  // namespace gradbook
