// Kernels that are right, with elements of all sizes: bytes, 16 and 64 bits, structs. No alarm.
#include <cstdint>
#include <numeric>

#include "right.hpp"

namespace gradbook {
namespace {

__global__ void invert(const unsigned char* in, unsigned char* out, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i < n) out[i] = static_cast<unsigned char>(255 - in[i]);
}

TEST(RightTypes, NeighboursWriteNeighbouringBytes) {
  const std::vector<unsigned char> in = some_numbers<unsigned char>(203);
  std::vector<unsigned char> expected(in);
  for (unsigned char& byte : expected) byte = static_cast<unsigned char>(255 - byte);
  in_every_order([&] {
    const DeviceBuffer<unsigned char> there(in);
    DeviceBuffer<unsigned char> out(in.size());
    launch(invert, {5}, {50})(there.data(), out.data(), 203);  // blocks share words, too
    EXPECT_EQ(out.to_host(), expected);
  });
}

__global__ void turn_bytes(unsigned char* x) {
  __shared__ unsigned char held[96];
  __shared__ bool odd[96];
  const unsigned i = threadIdx.x, next = (i + 1) % blockDim.x;
  held[i] = x[i];
  odd[i] = held[i] % 2 != 0;
  __syncthreads();
  const unsigned char neighbour = held[next];
  __syncthreads();
  held[i] = odd[next] ? neighbour : 0;
  x[i] = held[i];
}

TEST(RightTypes, BytesOfSharedMemoryAreTheirThreads) {
  const std::vector<unsigned char> in = some_numbers<unsigned char>(96);
  std::vector<unsigned char> expected;
  for (int i = 0; i < 96; ++i) {
    const unsigned char next = in[(i + 1) % 96];
    expected.push_back(next % 2 != 0 ? next : 0);
  }
  in_every_order([&] {
    DeviceBuffer<unsigned char> x(in);
    launch(turn_bytes, {1}, {96})(x.data());
    EXPECT_EQ(x.to_host(), expected);
  });
}

template <class T>
__global__ void prefix_pairs(const T* in, T* out, int n) {
  __shared__ T held[64];
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  held[threadIdx.x] = i < n ? in[i] : T(0);
  __syncthreads();
  const T left = threadIdx.x > 0 ? held[threadIdx.x - 1] : T(0);
  if (i < n) out[i] = static_cast<T>(held[threadIdx.x] + left);
}

template <class T>
void try_prefix_pairs() {
  const std::vector<T> in = some_numbers<T>(150);
  std::vector<T> expected(in);
  for (int i = 0; i < 150; ++i)
    if (i % 64 != 0) expected[i] = static_cast<T>(in[i] + in[i - 1]);
  in_every_order([&] {
    const DeviceBuffer<T> there(in);
    DeviceBuffer<T> out(150);
    launch(prefix_pairs<T>, {3}, {64})(there.data(), out.data(), 150);
    EXPECT_EQ(out.to_host(), expected);
  });
}

TEST(RightTypes, ElementsHave8Bits) { try_prefix_pairs<signed char>(); }
TEST(RightTypes, ElementsHave16Bits) { try_prefix_pairs<std::uint16_t>(); }
TEST(RightTypes, ElementsHave64Bits) { try_prefix_pairs<std::int64_t>(); }
TEST(RightTypes, ElementsAreDoubles) { try_prefix_pairs<double>(); }

__global__ void sum_exactly(const double* in, double* sum, unsigned long long* count, int n) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (i >= n) return;
  atomicAdd(sum, in[i]);
  atomicAdd(count, 1ull);
}

TEST(RightTypes, AtomicsHave64Bits) {
  const std::vector<double> in = some_numbers<double>(200);
  in_every_order([&] {
    const DeviceBuffer<double> there(in);
    DeviceBuffer<double> sum(1);
    DeviceBuffer<unsigned long long> count(1);
    sum.clear();
    count.clear();
    launch(sum_exactly, {2}, {128})(there.data(), sum.data(), count.data(), 200);
    EXPECT_EQ(sum.to_host()[0], std::accumulate(in.begin(), in.end(), 0.0));
    EXPECT_EQ(count.to_host()[0], 200u);
  });
}

struct Colour {
  unsigned char red, green, blue;
  bool operator==(const Colour&) const = default;
};
struct Point {
  float x, y, z;
  bool operator==(const Point&) const = default;
};
struct Pair {
  int first, second;
  bool operator==(const Pair&) const = default;
};
struct Named {
  int name;
  Pair pair;  // 8 bytes that begin at a multiple of 4
  bool operator==(const Named&) const = default;
};
struct Box {
  float low[2], high[2];  // 16 bytes that begin at a multiple of 4
  bool operator==(const Box&) const = default;
};
struct Boxed {
  float weight;
  Box box;
  bool operator==(const Boxed&) const = default;
};
struct Wide {
  float numbers[12];
  bool operator==(const Wide&) const = default;
};

template <class T>
__global__ void reverse(const T* in, T* out) {
  __shared__ T held[32];
  held[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = held[blockDim.x - 1 - threadIdx.x];
}

template <class T>
void try_reverse(T (*make)(int)) {
  std::vector<T> in;
  for (int i = 0; i < 32; ++i) in.push_back(make(i));
  in_every_order([&] {
    const DeviceBuffer<T> there(in);
    DeviceBuffer<T> out(32);
    launch(reverse<T>, {1}, {32})(there.data(), out.data());
    EXPECT_TRUE(std::ranges::equal(out.to_host(), std::vector<T>(in.rbegin(), in.rend())));
  });
}

TEST(RightTypes, StructsOf3BytesAreCopied) {
  try_reverse<Colour>([](int i) {
    const auto byte = static_cast<unsigned char>(i);
    return Colour{byte, static_cast<unsigned char>(byte + 100), static_cast<unsigned char>(~byte)};
  });
}

TEST(RightTypes, StructsOf12BytesAreCopied) {
  try_reverse<Point>([](int i) { return Point{float(i), float(i + 1), float(-i)}; });
}

TEST(RightTypes, StructsOf48BytesAreCopied) {
  try_reverse<Wide>([](int i) { return Wide{{float(i), 1, 2, 3, float(-i)}}; });
}

__global__ void take_pairs(const Named* in, Pair* out) { out[threadIdx.x] = in[threadIdx.x].pair; }
__global__ void take_boxes(const Boxed* in, Box* out) { out[threadIdx.x] = in[threadIdx.x].box; }

TEST(RightTypes, StructsNeedTheirMembersAlignmentOnly) {
  std::vector<Named> named;
  std::vector<Boxed> boxed;
  for (int i = 0; i < 32; ++i) {
    const auto x = static_cast<float>(i);
    named.push_back({i, {2 * i, -i}});
    boxed.push_back({x, {{x, 1}, {2 * x, -x}}});
  }
  in_every_order([&] {
    const DeviceBuffer<Named> named_there(named);
    const DeviceBuffer<Boxed> boxed_there(boxed);
    DeviceBuffer<Pair> pairs(32);
    DeviceBuffer<Box> boxes(32);
    launch(take_pairs, {1}, {32})(named_there.data(), pairs.data());
    launch(take_boxes, {1}, {32})(boxed_there.data(), boxes.data());
    const std::vector<Pair> pairs_here = pairs.to_host();
    const std::vector<Box> boxes_here = boxes.to_host();
    for (int i = 0; i < 32; ++i) {
      EXPECT_TRUE(pairs_here[i] == named[i].pair);
      EXPECT_TRUE(boxes_here[i] == boxed[i].box);
    }
  });
}

}  // namespace
}  // namespace gradbook
