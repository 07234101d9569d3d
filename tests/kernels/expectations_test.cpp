// What can be asked of a launch: that it writes all outputs once, and that no order of threads
// matters.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kernels/device.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::HasSubstr;

__global__ void fill(float* out, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n) out[i] = 1;
}

__global__ void steps(float* out, int n) {
  for (int i = 0; i < n; ++i) {
    if (threadIdx.x == 0) out[i / 2] = 1;
  }
}

__global__ void take_a_ticket(int* ticket, int* out) { out[threadIdx.x] = atomicAdd(ticket, 1); }
__global__ void sum(const float* in, float* out) { atomicAdd(out, in[threadIdx.x]); }

std::string fault(FaultKind kind, auto&& action) {
  try {
    action();
  } catch (const KernelFault& error) {
    EXPECT_EQ(error.kind(), kind) << error.what();
    return error.what();
  }
  return "no fault";
}

TEST(WrittenOnce, IsSo) {
  DeviceBuffer<float> out(100);
  expect_written_once(out.data());
  launch(fill, {2}, {64})(out.data(), 100);
  launch(steps, {1}, {1})(out.data(), 100);  // the next launch is free
}

TEST(WrittenOnce, FindsWhatIsNeverWritten) {
  DeviceBuffer<float> out(100);
  expect_written_once(out.data());
  EXPECT_THAT(fault(FaultKind::not_once, [&] { launch(fill, {2}, {64})(out.data(), 90); }),
              AllOf(HasSubstr("fill"), HasSubstr("four bytes at 360 of 400 are never written")));
}

TEST(WrittenOnce, FindsWhatIsWrittenTwice) {
  DeviceBuffer<float> out(100);
  expect_written_once(out.data());
  const int line = __LINE__ - 34;
  EXPECT_THAT(fault(FaultKind::not_once, [&] { launch(steps, {1}, {1})(out.data(), 100); }),
              AllOf(HasSubstr("steps"), HasSubstr("written before"),
                    HasSubstr("expectations_test.cpp:" + std::to_string(line))));
}

TEST(WrittenOnce, IsForgottenByALaunchThatFails) {
  DeviceBuffer<float> out(100);
  expect_written_once(out.data());
  fault(FaultKind::launch, [&] { launch(fill, {0}, {64})(out.data(), 100); });
  launch(steps, {1}, {1})(out.data(), 10);
}

TEST(WrittenOnce, RefusesWhatIsNotOfTheDevice) {
  float here = 0;
  EXPECT_THAT(fault(FaultKind::launch, [&] { expect_written_once(&here); }),
              HasSubstr("not the beginning"));
}

class BothOrders : public testing::Test {
 protected:
  void SetUp() override { compare_thread_orders(true); }
  void TearDown() override { compare_thread_orders(false); }
};

TEST_F(BothOrders, FindTicketsThatDependOnIt) {
  DeviceBuffer<int> ticket(std::vector<int>{0}), out(8);
  EXPECT_THAT(
      fault(FaultKind::order, [&] { launch(take_a_ticket, {1}, {8})(ticket.data(), out.data()); }),
      AllOf(HasSubstr("take_a_ticket"), HasSubstr("at byte 0 of 32"),
            HasSubstr("threads run: 0 or 7")));
}

TEST_F(BothOrders, LetASumRound) {
  std::vector<float> numbers(256);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = 1.0f / static_cast<float>(i + 1);
  const DeviceBuffer<float> in(numbers);
  DeviceBuffer<float> out(std::vector<float>{0});
  launch(sum, {1}, {256})(in.data(), out.data());
  EXPECT_NEAR(out.to_host()[0], 6.1243, 1e-3) << "added up once, not twice";
}

}  // namespace
}  // namespace gradbook
