// Words that every kernel may use without std::, and what is known of the device.
#include <cstring>

#include "right.hpp"

namespace gradbook {
namespace {

__global__ void words(const float3* in, float* out, int n) {
  const int i = min(static_cast<int>(threadIdx.x), n - 1);
  const float3 v = in[i];
  const float largest = fmaxf(v.x, max(v.y, v.z)), smallest = fminf(v.x, min(v.y, v.z));
  out[4 * threadIdx.x] = largest;
  out[4 * threadIdx.x + 1] = smallest;
  out[4 * threadIdx.x + 2] = __fdividef(fmaf(largest, 2.0f, 1.0f), 2.0f) + fabsf(smallest);
  out[4 * threadIdx.x + 3] =
      __expf(logf(largest)) + tanhf(0.0f) + sqrtf(4.0f) * rsqrtf(4.0f) + expf(0.0f);
}

TEST(RightWords, NeedNoNamespace) {
  in_every_order([] {
    const DeviceBuffer<float3> in(std::vector<float3>{{1, 2, 3}, make_float3(-5, 4, 0)});
    DeviceBuffer<float> out(12);
    launch(words, {1}, {3})(in.data(), out.data(), 2);
    const std::vector<float> numbers = out.to_host();
    const std::vector<float> expected = {3, 1, 4.5f, 5, 4, -5, 9.5f, 6, 4, -5, 9.5f, 6};
    for (int i = 0; i < 12; ++i) EXPECT_NEAR(numbers[i], expected[i], 1e-5) << i;
  });
}

TEST(RightWords, TakeTheSmallerAndTheLargerOfEachType) {
  EXPECT_EQ(min(3, 2), 2);
  EXPECT_EQ(max(3u, 2u), 3u);
  EXPECT_EQ(max(-1, 2u), 0xffffffffu) << "as unsigned, as CUDA does";
  EXPECT_EQ(min(1ull << 40, 2ull), 2ull);
  EXPECT_EQ(max(1.0, 2.0), 2.0);
  EXPECT_EQ(max(NAN, 1.0f), 1.0f);
  const int3 v = make_int3(1, 2, 3);
  EXPECT_EQ(v.x + v.y + v.z, 6);
}

TEST(Device, SaysThatItIsNoGpu) {
  int count = 0;
  ASSERT_EQ(cudaGetDeviceCount(&count), cudaSuccess);
  EXPECT_EQ(count, 1);
  cudaDeviceProp about;
  ASSERT_EQ(cudaGetDeviceProperties(&about, 0), cudaSuccess);
  EXPECT_STREQ(about.name, "gradbook's emulator, no GPU");
  EXPECT_EQ(about.warpSize, 32);
  EXPECT_EQ(about.maxThreadsPerBlock, 1024);
  EXPECT_EQ(cudaGetDeviceProperties(&about, 1), cudaErrorInvalidValue);
  cudaGetLastError();
}

}  // namespace
}  // namespace gradbook
