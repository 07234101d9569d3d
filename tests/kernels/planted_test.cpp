// What the tests of planted faults share, and that it fails where it should.
#include "planted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <thread>

namespace gradbook {
namespace {

using testing::HasSubstr;

std::optional<KernelFault> fault_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const KernelFault& fault) {
    return fault;
  } catch (const std::exception& other) {
    ADD_FAILURE() << "no KernelFault, but: " << other.what();
  }
  return std::nullopt;
}

// What the caller chose comes back, whatever happens
struct DefaultSettings {
  ~DefaultSettings() {
    use_thread_order(ThreadOrder::ascending);
    use_kernel_threads(static_cast<int>(std::thread::hardware_concurrency()));
  }
};

}  // namespace

void expect_fault_once(const Planted& planted, const std::function<void()>& action,
                       SourceLocation where) {
  const testing::ScopedTrace trace(where.file_name(), static_cast<int>(where.line()), "planted");
  const DefaultSettings back;
  use_kernel_threads(1);
  const std::optional<KernelFault> fault = fault_of(action);
  ASSERT_TRUE(fault) << "the fault was not found";
  const std::string message = fault->what(), path = where.file_name();
  EXPECT_EQ(fault->kind(), planted.kind) << message;
  if (planted.line == 0)
    EXPECT_THAT(message, HasSubstr(planted.kernel + ": "));
  else
    EXPECT_THAT(message, HasSubstr(planted.kernel + ", " + path.substr(path.rfind('/') + 1) + ":" +
                                   std::to_string(planted.line) + ": "));
  EXPECT_THAT(message, HasSubstr(planted.who));
  for (const std::string& fact : planted.facts) EXPECT_THAT(message, HasSubstr(fact));
  // To read them as a student does
  if (std::getenv("GRADBOOK_SHOW_FAULTS") != nullptr) std::printf("  %s\n", message.c_str());
}

void expect_fault(const Planted& planted, const std::function<void()>& action,
                  SourceLocation where) {
  expect_fault_once(planted, action, where);
  const testing::ScopedTrace trace(where.file_name(), static_cast<int>(where.line()), "planted");
  const DefaultSettings back;
  for (const ThreadOrder order : {ThreadOrder::ascending, ThreadOrder::descending}) {
    for (const int host_threads : {1, 2}) {
      use_thread_order(order);
      use_kernel_threads(host_threads);
      const std::optional<KernelFault> fault = fault_of(action);
      ASSERT_TRUE(fault) << "not found with " << host_threads << " host threads, "
                         << (order == ThreadOrder::ascending ? "ascending" : "descending");
      EXPECT_EQ(fault->kind(), planted.kind)
          << host_threads << " host threads, "
          << (order == ThreadOrder::ascending ? "ascending: " : "descending: ") << fault->what();
      EXPECT_THAT(fault->what(), HasSubstr(planted.kernel));
    }
  }
}

DeviceBuffer<float> counting(int size) {
  std::vector<float> numbers(static_cast<std::size_t>(size));
  std::iota(numbers.begin(), numbers.end(), 0.0f);
  return DeviceBuffer<float>(numbers);
}

float checked_sqrt(float x) {
  if (x < 0) throw std::domain_error("square root of a negative number");
  return std::sqrt(x);
}

namespace {

__global__ void add_one(float* x) { x[threadIdx.x] += 1; }
constexpr int kOfTheNext = __LINE__ + 1;
__global__ void add_two(float* x, int n) { x[n] += 2; }

TEST(Planted, AKernelWithoutAFaultIsNotTakenForOneWithIt) {
  EXPECT_FATAL_FAILURE(expect_fault_once({FaultKind::race, "add_one", kOfTheNext, "", {}},
                                         [] { launch(add_one, {1}, {32})(counting(32).data()); }),
                       "the fault was not found");
}

TEST(Planted, AnotherKindIsNotTakenForTheOneThatIsMeant) {
  EXPECT_NONFATAL_FAILURE(
      expect_fault_once({FaultKind::race, "add_two", kOfTheNext, "", {}},
                        [] { launch(add_two, {1}, {32})(counting(32).data(), 32); }),
      "planted.kind");
}

TEST(Planted, AnotherLineIsNotTakenForTheOneThatIsMeant) {
  EXPECT_NONFATAL_FAILURE(
      expect_fault_once({FaultKind::out_of_bounds, "add_two", kOfTheNext + 1, "", {}},
                        [] { launch(add_two, {1}, {32})(counting(32).data(), 32); }),
      "add_two, planted_test.cpp:");
}

}  // namespace
}  // namespace gradbook
