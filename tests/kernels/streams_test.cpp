// Streams: what is asked is done when somebody waits, in an order that CUDA promises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "kernels/device.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::HasSubstr;

__global__ void add(float* x, float value, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n) x[i] += value;
}

__global__ void copy_all(const float* from, float* to, int n) {
  const int i = static_cast<int>(threadIdx.x);
  if (i < n) to[i] = from[i];
}

constexpr std::size_t kSize = 32;

PinnedBuffer<float> pinned(float value, std::size_t size = kSize) {
  PinnedBuffer<float> buffer(size);
  std::ranges::fill(buffer.span(), value);
  return buffer;
}

TEST(Streams, WhoDoesNotWaitFindsOldBytes) {
  const PinnedBuffer<float> ones = pinned(1);
  PinnedBuffer<float> result = pinned(-1);
  DeviceBuffer<float> x(kSize);
  const Stream stream;
  x.copy_from_async(ones.span(), stream.get());
  launch_async(add, {1}, {32}, 0, stream.get())(x.data(), 2, 32);
  x.copy_to_async(result.span(), stream.get());
  EXPECT_THAT(result.span(), Each(-1));
  stream.synchronize();
  EXPECT_THAT(result.span(), Each(3));
}

TEST(Streams, WhatIsOverwrittenBeforeItWasCopiedIsLost) {
  PinnedBuffer<float> numbers = pinned(1);
  DeviceBuffer<float> x(kSize);
  const Stream stream;
  x.copy_from_async(numbers.span(), stream.get());
  std::ranges::fill(numbers.span(), 7.0f);  // too early
  stream.synchronize();
  EXPECT_THAT(x.to_host(), Each(7));
}

TEST(Streams, OtherMemoryIsCopiedAtOnce) {
  const std::vector<float> ones(kSize, 1.0f);
  std::vector<float> result(kSize);
  DeviceBuffer<float> x(kSize);
  const Stream stream;
  const std::size_t before = device_traffic().unpinned_async;
  x.copy_from_async(ones, stream.get());
  launch_async(add, {1}, {32}, 0, stream.get())(x.data(), 2, 32);
  x.copy_to_async(result, stream.get());
  EXPECT_THAT(result, Each(3));
  EXPECT_EQ(device_traffic().unpinned_async, before + 2);
}

TEST(Streams, ALaunchWaitsForItsStreamAlone) {
  const PinnedBuffer<float> ones = pinned(1);
  PinnedBuffer<float> result = pinned(-1);
  DeviceBuffer<float> x(kSize), y(std::vector<float>(kSize, 5.0f));
  const Stream one, other;
  x.copy_from_async(ones.span(), one.get());
  x.copy_to_async(result.span(), one.get());
  launch(add, {1}, {32}, 0, other.get())(y.data(), 2, 32);
  EXPECT_THAT(result.span(), Each(-1));
  launch(add, {1}, {32})(y.data(), 2, 32);
  EXPECT_THAT(result.span(), Each(1)) << "the default stream waits for all others";
}

TEST(Streams, AnEventOrdersTwo) {
  const PinnedBuffer<float> ones = pinned(1);
  DeviceBuffer<float> x(kSize), y(kSize);
  const Stream one, other;
  Event copied;
  x.copy_from_async(ones.span(), one.get());
  copied.record(one.get());
  copied.wait_in(other.get());
  launch_async(copy_all, {1}, {32}, 0, other.get())(x.data(), y.data(), 32);
  other.synchronize();
  EXPECT_THAT(y.to_host(), Each(1));
}

TEST(Streams, WithoutAnEventAnotherReadsTooEarly) {
  const PinnedBuffer<float> ones = pinned(1);
  DeviceBuffer<float> x(kSize), y(kSize);
  const Stream one, other;
  x.copy_from_async(ones.span(), one.get());
  launch_async(copy_all, {1}, {32}, 0, other.get())(x.data(), y.data(), 32);
  try {
    other.synchronize();
    FAIL() << "x was read before it came";
  } catch (const KernelFault& fault) {
    EXPECT_EQ(fault.kind(), FaultKind::uninitialised);
    EXPECT_THAT(fault.what(), HasSubstr("copy_all, streams_test.cpp:"));
  }
}

TEST(Streams, AFaultComesToWhoWaitsAndIsOver) {
  DeviceBuffer<float> x(std::vector<float>(kSize, 1.0f));
  const Stream stream;
  launch_async(add, {2}, {32}, 0, stream.get())(x.data(), 2, 40);
  EXPECT_THROW(stream.synchronize(), KernelFault);
  stream.synchronize();
  launch(add, {1}, {32})(x.data(), 2, 32);
}

TEST(Streams, AFaultThatNobodyWaitedForIsToldAtTheNextLaunch) {
  DeviceBuffer<float> y(std::vector<float>(kSize, 1.0f));
  {
    DeviceBuffer<float> x(std::vector<float>(kSize, 1.0f));
    launch_async(add, {2}, {32}, 0, nullptr)(x.data(), 2, 40);
  }
  EXPECT_THROW(launch(add, {1}, {32})(y.data(), 2, 32), KernelFault);
  launch(add, {1}, {32})(y.data(), 2, 32);
  EXPECT_THAT(y.to_host(), Each(3));
}

TEST(Streams, SizesAreLookedAtAtOnce) {
  const Stream stream;
  DeviceBuffer<float> x(kSize);
  EXPECT_THROW(launch_async(add, {1}, {2048}, 0, stream.get())(x.data(), 2, 32), KernelFault);
}

TEST(Streams, MemoryIsFreedBehindWhatNeedsIt) {
  const PinnedBuffer<float> ones = pinned(1);
  PinnedBuffer<float> result = pinned(-1);
  const Stream stream;
  {
    DeviceBuffer<float> x(kSize);
    x.copy_from_async(ones.span(), stream.get());
    x.copy_to_async(result.span(), stream.get());
  }
  EXPECT_THAT(result.span(), Each(1));
  stream.synchronize();
}

TEST(Streams, AQueryComesToAnEnd) {
  PinnedBuffer<float> result = pinned(-1);
  DeviceBuffer<float> x(std::vector<float>(kSize, 4.0f));
  const Stream stream;
  x.copy_to_async(result.span(), stream.get());
  Event copied;
  copied.record(stream.get());
  int turns = 0;
  while (cudaStreamQuery(stream.get()) == cudaErrorNotReady) ++turns;
  EXPECT_EQ(turns, 2);
  EXPECT_THAT(result.span(), Each(4));
}

TEST(Streams, SetBytesInTheirTurn) {
  DeviceBuffer<float> x(std::vector<float>(kSize, 4.0f));
  PinnedBuffer<float> before = pinned(-1), after = pinned(-1);
  const Stream stream;
  x.copy_to_async(before.span(), stream.get());
  EXPECT_EQ(cudaMemsetAsync(x.data(), 0, kSize * sizeof(float), stream.get()), cudaSuccess);
  x.copy_to_async(after.span(), stream.get());
  stream.synchronize();
  EXPECT_THAT(before.span(), Each(4));
  EXPECT_THAT(after.span(), Each(0));
}

TEST(Runtime, CopiesRowsThatLieApart) {
  const std::vector<float> matrix = {1, 2, 3, 4, 5, 6};  // (2, 3)
  DeviceBuffer<float> x(std::vector<float>(8, 0.0f));    // (2, 4)
  EXPECT_EQ(cudaMemcpy2D(x.data(), 16, matrix.data(), 12, 8, 2, cudaMemcpyHostToDevice),
            cudaSuccess);
  EXPECT_EQ(x.to_host(), (std::vector<float>{1, 2, 0, 0, 4, 5, 0, 0}));
  EXPECT_EQ(cudaMemcpy2D(x.data(), 16, matrix.data(), 12, 16, 2, cudaMemcpyHostToDevice),
            cudaErrorInvalidValue)
      << "rows that run into each other";
  EXPECT_EQ(cudaMemcpy2D(x.data(), 16, matrix.data(), 12, 8, 3, cudaMemcpyHostToDevice),
            cudaErrorInvalidValue);
  cudaGetLastError();
}

// ---- the timeline -------------------------------------------------------------------------------

class Timeline : public testing::Test {
 protected:
  // Each copy of kSize floats takes 1 s, as does each kernel
  void SetUp() override {
    use_device_model({.copy_bytes_per_second = kSize * sizeof(float),
                      .own_bytes_per_second = 1e12,
                      .copy_seconds = 0,
                      .kernel_seconds = 1});
    cudaDeviceSynchronize();
    clear_timeline();
    overlapped_ = device_traffic().overlapped;
  }
  void TearDown() override { use_device_model({}); }
  std::size_t overlapped() const { return device_traffic().overlapped - overlapped_; }
  double took() const {
    const std::vector<TimelineEntry> all = device_timeline();
    return all.back().end - all.front().begin;
  }

  PinnedBuffer<float> numbers_ = pinned(1), more_ = pinned(2);
  DeviceBuffer<float> x_{kSize}, y_{kSize};

 private:
  std::size_t overlapped_ = 0;
};

TEST_F(Timeline, OneStreamDoesOneAfterTheOther) {
  const Stream stream;
  x_.copy_from_async(numbers_.span(), stream.get());
  launch_async(add, {1}, {32}, 0, stream.get())(x_.data(), 1, 32);
  x_.copy_to_async(numbers_.span(), stream.get());
  stream.synchronize();
  EXPECT_NEAR(took(), 3, 1e-9);
  EXPECT_EQ(overlapped(), 0);
  const std::vector<TimelineEntry> all = device_timeline();
  ASSERT_EQ(all.size(), 3);
  EXPECT_EQ(all[0].what, "copy to device");
  EXPECT_EQ(all[1].what, "add");
  EXPECT_EQ(all[1].engine, Engine::compute);
  EXPECT_EQ(all[2].what, "copy to host");
  EXPECT_EQ(all[1].begin, all[0].end);
}

TEST_F(Timeline, TwoStreamsCopyAndComputeAtTheSameTime) {
  const Stream one, other;
  x_.copy_from_async(numbers_.span(), one.get());
  launch_async(add, {1}, {32}, 0, one.get())(x_.data(), 1, 32);
  y_.copy_from_async(more_.span(), other.get());
  launch_async(add, {1}, {32}, 0, other.get())(y_.data(), 1, 32);
  cudaDeviceSynchronize();
  EXPECT_NEAR(took(), 3, 1e-9) << "copy, copy beside kernel, kernel";
  EXPECT_EQ(overlapped(), 1);
  const std::vector<TimelineEntry> all = device_timeline();
  EXPECT_NE(all[1].stream, all[2].stream);
  EXPECT_EQ(all[1].begin, all[2].begin);
}

TEST_F(Timeline, WhoWaitsInBetweenGainsNothing) {
  const Stream one, other;
  x_.copy_from_async(numbers_.span(), one.get());
  launch_async(add, {1}, {32}, 0, one.get())(x_.data(), 1, 32);
  one.synchronize();
  y_.copy_from_async(more_.span(), other.get());
  launch_async(add, {1}, {32}, 0, other.get())(y_.data(), 1, 32);
  cudaDeviceSynchronize();
  EXPECT_NEAR(took(), 4, 1e-9);
  EXPECT_EQ(overlapped(), 0);
}

TEST_F(Timeline, MemoryThatIsNotPinnedGainsNothing) {
  const std::vector<float> unpinned(kSize, 2.0f);
  const Stream one, other;
  x_.copy_from_async(unpinned, one.get());
  launch_async(add, {1}, {32}, 0, one.get())(x_.data(), 1, 32);
  std::vector<float> back(kSize);
  x_.copy_to_async(back, one.get());
  y_.copy_from_async(unpinned, other.get());
  launch_async(add, {1}, {32}, 0, other.get())(y_.data(), 1, 32);
  cudaDeviceSynchronize();
  EXPECT_NEAR(took(), 5, 1e-9);
  EXPECT_EQ(overlapped(), 0);
}

TEST_F(Timeline, AnEventAndTheDefaultStreamPutOneBehindTheOther) {
  const Stream one, other;
  Event copied;
  x_.copy_from_async(numbers_.span(), one.get());
  copied.record(one.get());
  copied.wait_in(other.get());
  launch_async(add, {1}, {32}, 0, other.get())(x_.data(), 1, 32);
  launch_async(add, {1}, {32}, 0, nullptr)(x_.data(), 1, 32);
  x_.copy_to_async(numbers_.span(), one.get());
  cudaDeviceSynchronize();
  EXPECT_NEAR(took(), 4, 1e-9);
  EXPECT_EQ(overlapped(), 0);
  EXPECT_THAT(numbers_.span(), Each(3));
}

}  // namespace
}  // namespace gradbook
