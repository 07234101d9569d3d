/// @file
/// How a kernel that is right is tried: in both thread orders, on one and on two threads of the
/// host.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "kernels/device.hpp"

namespace gradbook {

/// Small whole numbers without a pattern, from -8 to 8, so that sums are exact in any order.
template <class T = float>
std::vector<T> some_numbers(int n) {
  std::vector<T> numbers;
  unsigned state = 12345;
  for (int i = 0; i < n; ++i) {
    state = state * 1664525u + 1013904223u;
    numbers.push_back(static_cast<T>(static_cast<int>(state >> 16) % 17 - 8));
  }
  return numbers;
}

/// Calls `check`, which launches kernels and looks at what they wrote, in each order and on each
/// number of threads. An alarm of the emulator is a failure of the test.
template <class Check>
void in_every_order(Check check) {
  for (const ThreadOrder order : {ThreadOrder::ascending, ThreadOrder::descending}) {
    for (const int threads : {1, 2}) {
      SCOPED_TRACE(testing::Message()
                   << (order == ThreadOrder::ascending ? "ascending" : "descending") << ", "
                   << threads << " threads of the host");
      use_thread_order(order);
      use_kernel_threads(threads);
      try {
        check();
      } catch (const KernelFault& fault) {
        ADD_FAILURE() << "a false alarm: " << fault.what();
      }
    }
  }
  use_thread_order(ThreadOrder::ascending);
  use_kernel_threads(static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace gradbook
