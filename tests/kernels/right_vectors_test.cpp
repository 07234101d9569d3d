// Small vectors and single words of CUDA: the right numbers, and one access for each vector.
#include "right.hpp"

namespace gradbook {
namespace {

template <class Vector>
__global__ void turn_round(const Vector* in, Vector* out, int n) {
  const int i = static_cast<int>(threadIdx.x);
  out[n - 1 - i] = in[i];
}

template <class Vector>
void expect_one_access_each(const std::vector<Vector>& numbers) {
  const int n = static_cast<int>(numbers.size());
  in_every_order([&] {
    const DeviceBuffer<Vector> in(numbers);
    DeviceBuffer<Vector> out(numbers.size());
    launch(turn_round<Vector>, {1}, {static_cast<unsigned>(n)})(in.data(), out.data(), n);
    const std::vector<Vector> turned = out.to_host();
    for (int i = 0; i < n; ++i) {
      EXPECT_EQ(turned[n - 1 - i].x, numbers[i].x);
      EXPECT_EQ(turned[n - 1 - i].y, numbers[i].y);
    }
    EXPECT_EQ(last_launch().counters.global_reads, n);
    EXPECT_EQ(last_launch().counters.global_read_bytes, n * std::int64_t{sizeof(Vector)});
    EXPECT_EQ(last_launch().counters.global_writes, n);
  });
}

TEST(RightVectors, AreReadAndWrittenInOneAccess) {
  expect_one_access_each<float2>({{1, 2}, {3, 4}, {5, 6}});
  expect_one_access_each<double2>({{1, 2}, {3, 4}, {5, 6}});
  expect_one_access_each<int2>({{1, 2}, {3, 4}});
  expect_one_access_each<uint2>({{1, 2}, {3, 4}});
  expect_one_access_each<float4>({{1, 2, 3, 4}, {5, 6, 7, 8}});
  expect_one_access_each<int4>({{1, 2, 3, 4}, {5, 6, 7, 8}});
  expect_one_access_each<uint4>({{1, 2, 3, 4}, {5, 6, 7, 8}});
  expect_one_access_each<uchar4>({{1, 2, 3, 4}, {5, 6, 7, 8}});
}

__global__ void reverse_vectors(const float4* in, float4* out) {
  __shared__ float4 tile[64];
  tile[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = tile[63 - threadIdx.x];
}

TEST(RightVectors, LieInSharedMemory) {
  std::vector<float4> numbers;
  for (int i = 0; i < 64; ++i) numbers.push_back(make_float4(float(i), 1, 2, 3));
  in_every_order([&] {
    const DeviceBuffer<float4> in(numbers);
    DeviceBuffer<float4> out(64);
    launch(reverse_vectors, {1}, {64})(in.data(), out.data());
    const std::vector<float4> reversed = out.to_host();
    for (int i = 0; i < 64; ++i) EXPECT_EQ(reversed[i].x, float(63 - i));
    EXPECT_EQ(last_launch().counters.shared_reads, 64) << "and nothing of the compiler's";
  });
}

__global__ void invert_root(float* x) {
  const float y = rsqrtf(x[threadIdx.x]);
  x[threadIdx.x] = __int_as_float(__float_as_int(y) + 0);
}

TEST(RightWords, KnowRootsAndBits) {
  in_every_order([] {
    DeviceBuffer<float> x(std::vector<float>{1, 4, 16, 0.25f});
    launch(invert_root, {1}, {4})(x.data());
    EXPECT_EQ(x.to_host(), (std::vector<float>{1, 0.5f, 0.25f, 2}));
  });
}

}  // namespace
}  // namespace gradbook
