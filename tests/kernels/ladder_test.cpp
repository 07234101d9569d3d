// What is looked at before a kernel of module 09's ladder is launched.
#include "09_cuda/ladder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gradbook {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;

// C = 1, with x along the columns
__global__ void ones_kernel(Gemm g, const float*, const float*, float* c) {
  const int row = static_cast<int>(blockIdx.y * blockDim.y + threadIdx.y),
            column = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  if (row < g.m && column < g.n) c[blockIdx.z * g.stride_c + row * g.ldc + column] = 1;
}

constexpr Rung kOnes = {"ones", ones_kernel, {4, 2}, 2, 4};
constexpr Gemm kGemm = {.m = 3, .n = 5, .k = 2};

class Ladder : public testing::Test {
 protected:
  template <class Error>
  std::string message(const Gemm& g, const float* a, const float* b, float* c, int batch = 1) {
    try {
      multiply(kOnes, g, a, b, c, batch);
    } catch (const Error& error) {
      return error.what();
    }
    return "nothing was thrown";
  }
  template <class Error>
  std::string message(const Gemm& g, int batch = 1) {
    return message<Error>(g, a_.data(), b_.data(), c_.data(), batch);
  }

  DeviceBuffer<float> a_{std::vector<float>(6)}, b_{std::vector<float>(10)},
      c_{std::vector<float>(30)};
};

TEST_F(Ladder, LaunchesAsManyBlocksAsHoldC) {
  multiply(kOnes, {.m = 6, .n = 5, .k = 1}, a_.data(), b_.data(), c_.data());
  EXPECT_THAT(c_.to_host(), Each(1));
  EXPECT_EQ(last_launch().grid.x, 2u);
  EXPECT_EQ(last_launch().grid.y, 3u);
  const dim3 turned = grid_of({"turned", ones_kernel, {2, 4}, 2, 4, true}, kGemm, 7);
  EXPECT_EQ(turned.x, 2u);
  EXPECT_EQ(turned.y, 2u);
  EXPECT_EQ(turned.z, 7u);
}

TEST_F(Ladder, DoesNothingWhereThereIsNothing) {
  for (const Gemm& g : {Gemm{.m = 0, .n = 5, .k = 2}, Gemm{.m = 3, .n = 0, .k = 2}})
    EXPECT_NO_THROW(multiply(kOnes, g, nullptr, nullptr, nullptr));
  EXPECT_NO_THROW(multiply(kOnes, kGemm, a_.data(), b_.data(), c_.data(), 0));
  EXPECT_THAT(c_.to_host(), Each(0));
  multiply(kOnes, {.m = 6, .n = 5, .k = 0}, nullptr, nullptr, c_.data());
  EXPECT_THAT(c_.to_host(), Each(1)) << "without depth A and B are not looked at";
}

TEST_F(Ladder, RefusesSizesThatDoNotFit) {
  Gemm g = kGemm;
  g.m = -3;
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("m is -3"));
  g = kGemm;
  g.n = g.ldb = g.ldc = (1 << 30) + 1;
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("n is 1073741825"));
  g = kGemm;
  g.lda = 1;
  EXPECT_THAT(message<ShapeError>(g),
              AllOf(HasSubstr("lda is 1"), HasSubstr("a row of A, which has 2 elements")));
  g = kGemm;
  g.ldb = 4;
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("ldb is 4"));
  g = kGemm;
  g.ldc = 0;
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("ldc is 0"));
  EXPECT_THAT(message<ShapeError>(kGemm, -1), HasSubstr("batch is -1"));
  g = kGemm;
  g.stride_b = -10;
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("stride_b is -10"));
}

TEST_F(Ladder, RefusesABatchThatWritesOneElementTwice) {
  Gemm g = kGemm;
  EXPECT_THAT(message<ShapeError>(g, 2), HasSubstr("share elements where stride_c is 0"));
  g.stride_c = 14;
  EXPECT_THAT(message<ShapeError>(g, 2), HasSubstr("2 matrices C of (3, 5)"));
  g.stride_c = 15;
  EXPECT_EQ(message<ShapeError>(g, 2), "nothing was thrown");
  g.stride_c = 5;
  g.ldc = 10;
  EXPECT_EQ(message<ShapeError>(g, 2), "nothing was thrown")
      << "the rows of one lie between those of the other";
}

TEST_F(Ladder, RefusesMemoryThatIsNotThereOrNotItsOwn) {
  EXPECT_THAT(message<RangeError>(kGemm, nullptr, b_.data(), c_.data()),
              HasSubstr("a is a null pointer"));
  EXPECT_THAT(message<RangeError>(kGemm, a_.data(), nullptr, c_.data()),
              HasSubstr("b is a null pointer"));
  EXPECT_THAT(message<RangeError>(kGemm, a_.data(), b_.data(), nullptr),
              HasSubstr("c is a null pointer"));
  EXPECT_THAT(message<RangeError>(kGemm, c_.data() + 14, b_.data(), c_.data()),
              HasSubstr("C lies where A is"));
  EXPECT_THAT(message<RangeError>(kGemm, a_.data(), c_.data(), c_.data() + 9),
              HasSubstr("C lies where B is"));
  EXPECT_EQ(message<RangeError>(kGemm, c_.data() + 15, b_.data(), c_.data()), "nothing was thrown")
      << "side by side they share nothing";
}

TEST_F(Ladder, RefusesMoreBlocksThanAGpuTakes) {
  Gemm g = {.m = 2 * 65536, .n = 1, .k = 0};
  EXPECT_THAT(message<ShapeError>(g), HasSubstr("65536 blocks along y"));
  g = {.m = 1, .n = 1, .k = 0, .stride_c = 1};
  EXPECT_THAT(message<ShapeError>(g, 65536), HasSubstr("65536 blocks along z"));
}

}  // namespace
}  // namespace gradbook
