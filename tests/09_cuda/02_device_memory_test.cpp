#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "09_cuda/device_memory.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

std::size_t pieces() { return device_traffic().pieces_in_use; }

PinnedBuffer<float> pinned(std::size_t size, float value) {
  PinnedBuffer<float> numbers(size);
  std::ranges::fill(numbers.span(), value);
  return numbers;
}

TEST(FloatBuffer, BringsNumbersThereAndBack) {
  FloatBuffer buffer(3);
  EXPECT_EQ(buffer.size(), 3u);
  buffer.copy_from(std::vector<float>{1, 2, 3});
  EXPECT_THAT(buffer.to_host(), ElementsAre(1, 2, 3)) << "3 floats are 12 bytes";
  EXPECT_THROW(buffer.copy_from(std::vector<float>{1, 2}), ShapeError);
}

TEST(FloatBuffer, GivesItsMemoryBack) {
  const std::size_t before = pieces();
  {
    const FloatBuffer buffer(100);
    EXPECT_EQ(pieces(), before + 1);
    const FloatBuffer none(0);
    EXPECT_EQ(pieces(), before + 1) << "for no numbers nothing is allocated";
  }
  EXPECT_EQ(pieces(), before) << "a leak: who calls cudaFree?";
}

TEST(FloatBuffer, HandsItsMemoryOver) {
  const std::size_t before = pieces();
  {
    FloatBuffer first(2);
    first.copy_from(std::vector<float>{4, 5});
    FloatBuffer second(std::move(first));
    EXPECT_THAT(second.to_host(), ElementsAre(4, 5));
    // NOLINTNEXTLINE: what a move leaves behind is what is tested
    EXPECT_EQ(first.data(), nullptr) << "two owners would free the same memory";
    EXPECT_EQ(first.size(), 0u);  // NOLINT
    FloatBuffer third(7);
    third = std::move(second);
    EXPECT_EQ(pieces(), before + 1) << "what the third had before is given back at once";
    FloatBuffer& itself = third;
    third = std::move(itself);
    EXPECT_EQ(third.size(), 2u) << "moved to itself";
    EXPECT_THAT(third.to_host(), ElementsAre(4, 5)) << "moved to itself";
  }
  EXPECT_EQ(pieces(), before);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess) << "memory was freed twice, and nobody looked";
}

TEST(FloatBuffer, SaysWhatItHasNoRoomFor) {
  const std::string says = message_of<DeviceError>([] { FloatBuffer(std::size_t{1} << 40); });
  EXPECT_TRUE(names(says, "4398046511104", "02_device_memory_test.cpp"))
      << "the bytes, and the line of the caller, for which `where` is handed on; it says: " << says;
  cudaGetLastError();
}

TEST(AddOnDevice, GoesThereAndBack) {
  const DeviceTraffic before = device_traffic();
  EXPECT_THAT(add_on_device(std::vector<float>{1, 2, 3}, std::vector<float>{10, 20, 30}),
              ElementsAre(11, 22, 33));
  EXPECT_EQ(device_traffic().bytes_to_device - before.bytes_to_device, 24u)
      << "two lists of three floats";
  EXPECT_EQ(device_traffic().bytes_to_host - before.bytes_to_host, 12u) << "one comes back";
  EXPECT_EQ(device_traffic().pieces_in_use, before.pieces_in_use);
}

TEST(AddOnDevice, RefusesListsThatDoNotGoTogether) {
  const DeviceTraffic before = device_traffic();
  EXPECT_THROW(add_on_device(std::vector<float>(3), std::vector<float>(4)), ShapeError);
  EXPECT_EQ(device_traffic().copies, before.copies) << "lengths are looked at first";
  EXPECT_THAT(add_on_device({}, {}), IsEmpty()) << "a grid of no blocks cannot be launched";
}

TEST(AddOnDevice, LeaksNothingWhereACopyFails) {
  const std::size_t before = pieces();
  const std::span<const float> nowhere(static_cast<const float*>(nullptr), 5);
  EXPECT_THROW(add_on_device(std::vector<float>(5, 1), nowhere), DeviceError);
  EXPECT_EQ(pieces(), before) << "what was allocated before is given back on the way out";
  cudaGetLastError();
}

TEST(AddInChunks, AddsAllChunksAndARest) {
  const PinnedBuffer<float> a = pinned(70, 1), b = pinned(70, 2);
  PinnedBuffer<float> c = pinned(70, -1);
  const DeviceTraffic before = device_traffic();
  add_in_chunks(a.span(), b.span(), c.span(), 32);
  EXPECT_THAT(c.span(), Each(3)) << "chunks of 32, 32 and 6; −1: one of them never came back";
  EXPECT_EQ(device_traffic().bytes_to_device - before.bytes_to_device, 560u)
      << "the last chunk has 6 numbers, and no more are copied";
  EXPECT_EQ(device_traffic().unpinned_async, before.unpinned_async)
      << "only pinned memory can be copied while the host goes on";
  EXPECT_EQ(device_traffic().pieces_in_use, before.pieces_in_use);
}

TEST(AddInChunks, CopiesWhileItComputes) {
  // A copy of one chunk takes 1 s on the timeline of the model, and so does a kernel
  use_device_model({.copy_bytes_per_second = 128, .copy_seconds = 0, .kernel_seconds = 1});
  const PinnedBuffer<float> a = pinned(256, 1), b = pinned(256, 2);
  PinnedBuffer<float> c = pinned(256, -1);
  clear_timeline();
  add_in_chunks(a.span(), b.span(), c.span(), 32);
  const std::vector<TimelineEntry> all = device_timeline();
  ASSERT_EQ(all.size(), 32u) << "8 chunks: two copies there, a kernel, a copy back";
  const auto last = std::ranges::max_element(all, {}, &TimelineEntry::end);
  EXPECT_LT(last->end - all.front().begin, 20)
      << "32 s one after the other, 18 s where the second stream copies while the first computes: "
         "ask for all chunks before you wait, and launch without waiting";
  use_device_model({});
}

}  // namespace
}  // namespace gradbook
