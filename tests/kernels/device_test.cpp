// Device memory and the calls of the runtime around kernels.
#include "kernels/device.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

template <class Error>
std::string message_of(auto&& action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was thrown";
}

TEST(DeviceBuffer, KeepsNumbersUntilItIsGone) {
  const std::size_t before = device_traffic().bytes_in_use;
  {
    DeviceBuffer<float> buffer(std::vector<float>{1, 2, 3});
    EXPECT_EQ(device_traffic().bytes_in_use, before + 12);
    EXPECT_THAT(buffer.to_host(), ElementsAre(1, 2, 3));
    DeviceBuffer<float> moved = std::move(buffer);
    EXPECT_THAT(moved.to_host(), ElementsAre(1, 2, 3));
    moved.clear();
    EXPECT_THAT(moved.to_host(), ElementsAre(0, 0, 0));
  }
  EXPECT_EQ(device_traffic().bytes_in_use, before);
}

TEST(DeviceBuffer, NamesSizesThatDoNotMatch) {
  DeviceBuffer<double> buffer(3);
  const std::vector<double> four(4);
  EXPECT_THAT(message_of<DeviceError>([&] { buffer.copy_from(four); }),
              AllOf(HasSubstr("3 elements of the device and 4 of the host"),
                    HasSubstr("device_test.cpp:"), HasSubstr("invalid argument")));
}

TEST(DeviceBuffer, HoldsNothingAndRefusesTooMuch) {
  DeviceBuffer<int> none(0);
  EXPECT_EQ(none.data(), nullptr);
  EXPECT_TRUE(none.to_host().empty());
  EXPECT_THAT(message_of<DeviceError>([] { DeviceBuffer<int> all(std::size_t{1} << 40); }),
              HasSubstr("out of memory"));
  cudaGetLastError();
}

TEST(Runtime, CountsWhatIsCopied) {
  const DeviceTraffic before = device_traffic();
  DeviceBuffer<int> buffer(std::vector<int>(10));
  buffer.to_host();
  EXPECT_EQ(device_traffic().bytes_to_device, before.bytes_to_device + 40);
  EXPECT_EQ(device_traffic().bytes_to_host, before.bytes_to_host + 40);
  EXPECT_EQ(device_traffic().copies, before.copies + 2);
}

TEST(Runtime, RefusesWhatMakesNoSense) {
  int on_host = 0;
  DeviceBuffer<int> buffer(4);
  EXPECT_EQ(cudaMemcpy(buffer.data(), &on_host, 4, cudaMemcpyDeviceToHost), cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemcpy(buffer.data(), &on_host, 400, cudaMemcpyHostToDevice),
            cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemcpy(nullptr, &on_host, 4, cudaMemcpyHostToDevice), cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemset(&on_host, 0, 4), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(&on_host), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(buffer.data() + 1), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(nullptr),
            cudaGetLastError() == cudaErrorInvalidValue ? cudaSuccess : cudaErrorInvalidValue);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess) << "it is forgotten once it was asked for";
}

TEST(Runtime, TellsPinnedMemoryFromOther) {
  const DeviceTraffic before = device_traffic();
  DeviceBuffer<float> buffer(4);
  float* pinned = nullptr;
  ASSERT_EQ(cudaMallocHost(&pinned, 16), cudaSuccess);
  std::fill_n(pinned, 4, 2.0f);
  const Stream stream;
  EXPECT_EQ(cudaMemcpyAsync(buffer.data(), pinned, 16, cudaMemcpyHostToDevice, stream.get()),
            cudaSuccess);
  EXPECT_EQ(device_traffic().unpinned_async, before.unpinned_async);
  std::vector<float> other(4);
  EXPECT_EQ(cudaMemcpyAsync(other.data(), buffer.data(), 16, cudaMemcpyDeviceToHost, stream.get()),
            cudaSuccess);
  EXPECT_EQ(device_traffic().unpinned_async, before.unpinned_async + 1);
  stream.synchronize();
  EXPECT_THAT(other, ElementsAre(2, 2, 2, 2));
  EXPECT_EQ(cudaFreeHost(pinned), cudaSuccess);
  EXPECT_EQ(cudaFreeHost(pinned), cudaErrorInvalidValue);
  cudaGetLastError();
}

TEST(Runtime, MeasuresTimeBetweenEvents) {
  Event begin, end;
  begin.record();
  end.record();
  EXPECT_GE(end.since(begin), 0);
  const Event never;
  EXPECT_THAT(message_of<DeviceError>([&] { static_cast<void>(end.since(never)); }),
              HasSubstr("invalid resource handle"));
  cudaGetLastError();
}

__global__ void fill(int* out, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n) out[i] = i;
}

TEST(Launch, RunsEveryThreadOfEveryBlock) {
  DeviceBuffer<int> out(1000);
  launch(fill, {4}, {256})(out.data(), 1000);
  const std::vector<int> numbers = out.to_host();
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(numbers[i], i);
  EXPECT_EQ(last_launch().kernel, "fill");
  EXPECT_EQ(last_launch().counters.global_writes, 1000);
  EXPECT_EQ(last_launch().counters.global_write_bytes, 4000);
  EXPECT_EQ(last_launch().counters.global_reads, 0);
}

TEST(Launch, BlamesAnEarlierCallOnItself) {
  DeviceBuffer<int> out(4);
  int on_host = 0;
  static_cast<void>(cudaMemset(&on_host, 0, 4));  // nobody looks
  EXPECT_THAT(
      message_of<DeviceError>([&] { launch(fill, {1}, {4})(out.data(), 4); }),
      AllOf(HasSubstr("an earlier call failed, and nobody looked"), HasSubstr("invalid argument")));
  launch(fill, {1}, {4})(out.data(), 4);
}

}  // namespace
}  // namespace gradbook
