#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "09_cuda/fused.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatEq;
using testing::FloatNear;
using testing::IsNan;
using testing::Pointwise;

std::vector<float> softmax(const std::vector<float>& x, unsigned rows, unsigned threads) {
  const DeviceBuffer<float> device(x);
  DeviceBuffer<float> y(x.size());
  expect_written_once(y.data());
  launch(softmax_kernel, rows, threads)(device.data(), y.data(), static_cast<int>(x.size() / rows));
  return y.to_host();
}

TEST(SoftmaxKernel, SharesOneAmongARow) {
  const float a = std::log(1.0f), b = std::log(2.0f), c = std::log(5.0f);
  EXPECT_THAT(softmax({a, b, c, 0, 0, 0}, 2, 32),
              Pointwise(FloatNear(1e-6f), {0.125, 0.25, 0.625, 1 / 3.0, 1 / 3.0, 1 / 3.0}))
      << "block 1 has row 1, and the 29 threads beyond the row bring nothing to its sum";
}

TEST(SoftmaxKernel, FoldsOverAllWarps) {
  EXPECT_THAT(softmax(std::vector<float>(300, 7), 1, 128), Each(FloatEq(1 / 300.0f)))
      << "four warps, and more numbers than threads: each thread strides by the block, and what "
         "the "
         "warps found is put together";
}

TEST(SoftmaxKernel, SubtractsTheLargest) {
  EXPECT_THAT(softmax({1000, 1000, -5000}, 1, 32), ElementsAre(0.5, 0.5, 0))
      << "exp(1000) is no float";
}

TEST(SoftmaxKernel, GivesNothingToMinusInfinity) {
  std::vector<float> x(70, -std::numeric_limits<float>::infinity());
  x[66] = 3;
  std::vector<float> expected(70, 0);
  expected[66] = 1;
  EXPECT_EQ(softmax(x, 1, 64), expected)
      << "−∞ − (−∞) is NaN: who has only seen −∞ so far takes no "
         "difference of them";
}

TEST(SoftmaxKernel, ReadsEachNumberTwice) {
  softmax(std::vector<float>(1024, 1), 1, 128);
  EXPECT_LE(last_launch().counters.global_reads, 2 * 1024)
      << "a thread goes over its own share, and finds the largest and the sum in one pass: when a "
         "larger one turns up, what has "
         "been added so far shrinks by exp(old − new)";
}

TEST(SoftmaxBackwardKernel, TakesTheWeightedMeanAway) {
  const DeviceBuffer<float> y(std::vector<float>{0.5, 0.25, 0.25}), dy(std::vector<float>{4, 0, 8});
  DeviceBuffer<float> dx(3);
  expect_written_once(dx.data());
  launch(softmax_backward_kernel, 1, 32)(y.data(), dy.data(), dx.data(), 3);
  EXPECT_THAT(dx.to_host(), ElementsAre(0, -1, 1)) << "Σ y · dy is 4, and 0.5 · (4 − 4) is 0";
}

TEST(LayernormKernel, GivesMeanZeroAndVarianceOne) {
  const DeviceBuffer<float> x(std::vector<float>{1, 3, 1, 3, 5, 5, 9, 9}),
      gain(std::vector<float>{1, 1, 1, 10}), bias(std::vector<float>{0, 0, 0, 100});
  DeviceBuffer<float> y(8), mean(2), rstd(2);
  expect_written_once(y.data());
  launch(layernorm_kernel, 2, 32)(x.data(), gain.data(), bias.data(), y.data(), mean.data(),
                                  rstd.data(), 4, 1e-9f);
  EXPECT_THAT(mean.to_host(), ElementsAre(2, 7));
  EXPECT_THAT(rstd.to_host(), ElementsAre(FloatEq(1), FloatEq(0.5)))
      << "one over the root of the variance, which is 1 and 4: divide by the columns";
  EXPECT_THAT(y.to_host(), Pointwise(FloatNear(1e-5f), {-1, 1, -1, 110, -1, -1, 1, 110}));
}

TEST(LayernormKernel, IsNoDifferenceOfLargeSquares) {
  std::vector<float> numbers(64);
  for (std::size_t i = 0; i < 64; ++i) numbers[i] = i % 2 == 0 ? 8191 : 8193;
  const DeviceBuffer<float> x(numbers), gain(std::vector<float>(64, 1)),
      bias(std::vector<float>(64, 0));
  DeviceBuffer<float> y(64), mean(1), rstd(1);
  launch(layernorm_kernel, 1, 32)(x.data(), gain.data(), bias.data(), y.data(), mean.data(),
                                  rstd.data(), 64, 1e-9f);
  EXPECT_THAT(rstd.to_host(), ElementsAre(FloatNear(1, 1e-4f)))
      << "the mean of the squares is 67108865, which no float can hold: subtract the mean first";
}

TEST(LayernormBackwardKernel, IsBlindToWhatNormalisingUndoes) {
  const DeviceBuffer<float> x(std::vector<float>{1, 3, 1, 3}), gain(std::vector<float>(4, 1)),
      mean(std::vector<float>{2}), rstd(std::vector<float>{1});
  DeviceBuffer<float> dx(4);
  for (const std::vector<float>& dy : {std::vector<float>{5, 5, 5, 5}, {-2, 2, -2, 2}}) {
    const DeviceBuffer<float> device(dy);
    launch(layernorm_backward_kernel, 1, 32)(x.data(), gain.data(), mean.data(), rstd.data(),
                                             device.data(), dx.data(), 4);
    EXPECT_THAT(dx.to_host(), Each(0)) << "to add the same to all of a row, or to stretch it, "
                                          "changes nothing of what comes out";
  }
  const DeviceBuffer<float> dy(std::vector<float>{4, 0, 0, 0});
  launch(layernorm_backward_kernel, 1, 32)(x.data(), gain.data(), mean.data(), rstd.data(),
                                           dy.data(), dx.data(), 4);
  EXPECT_THAT(dx.to_host(), ElementsAre(2, 0, -2, 0)) << "4 − 1 − (−1)(−1), and so on";
}

TEST(LayernormParametersKernel, AddsUpColumns) {
  const DeviceBuffer<float> x(std::vector<float>{1, 3, 4, 8}), mean(std::vector<float>{2, 6}),
      rstd(std::vector<float>{1, 0.5}), dy(std::vector<float>{1, 2, 10, 20});
  DeviceBuffer<float> dgain(2), dbias(2);
  expect_written_once(dgain.data());
  launch(layernorm_parameters_kernel, 1, 32)(x.data(), mean.data(), rstd.data(), dy.data(),
                                             dgain.data(), dbias.data(), 2, 2);
  EXPECT_THAT(dgain.to_host(), ElementsAre(-11, 22));
  EXPECT_THAT(dbias.to_host(), ElementsAre(11, 22));
}

TEST(CrossEntropyKernel, GivesLossAndGradientInOne) {
  const float b = std::log(3.0f);
  const DeviceBuffer<float> logits(std::vector<float>{0, b, b, 0});
  const DeviceBuffer<int> labels(std::vector<int>{1, 1});
  DeviceBuffer<float> loss(2), dlogits(4);
  expect_written_once(loss.data());
  launch(cross_entropy_kernel, 2, 32)(logits.data(), labels.data(), loss.data(), dlogits.data(), 2);
  EXPECT_THAT(loss.to_host(), Pointwise(FloatNear(1e-6f), {std::log(4 / 3.0), std::log(4.0)}));
  EXPECT_THAT(dlogits.to_host(), Pointwise(FloatNear(1e-6f), {0.25, -0.25, 0.75, -0.75}))
      << "what was said, less what is right";
}

TEST(CrossEntropyKernel, HasALossForWhoIsWrongAltogether) {
  const DeviceBuffer<float> logits(std::vector<float>{0, 2000});
  const DeviceBuffer<int> labels(std::vector<int>{0});
  DeviceBuffer<float> loss(1), dlogits(2);
  launch(cross_entropy_kernel, 1, 32)(logits.data(), labels.data(), loss.data(), dlogits.data(), 2);
  EXPECT_THAT(loss.to_host(), ElementsAre(2000))
      << "exp(−2000) is 0, and its logarithm −∞: take no logarithm of a probability";
}

TEST(CrossEntropyKernel, MayOverwriteItsLogits) {
  DeviceBuffer<float> logits(std::vector<float>(96, 1));
  const DeviceBuffer<int> labels(std::vector<int>{40});
  DeviceBuffer<float> loss(1);
  launch(cross_entropy_kernel, 1, 64)(logits.data(), labels.data(), loss.data(), logits.data(), 96);
  EXPECT_THAT(loss.to_host(), ElementsAre(FloatNear(std::log(96.0f), 1e-5f)))
      << "nobody may read a logit of another thread once someone writes";
}

TEST(CrossEntropyKernel, DoesNotKnowALabelBeyondTheColumns) {
  const DeviceBuffer<float> logits(std::vector<float>(6, 1));
  const DeviceBuffer<int> labels(std::vector<int>{3, -1});
  DeviceBuffer<float> loss(2), dlogits(6);
  launch(cross_entropy_kernel, 2, 32)(logits.data(), labels.data(), loss.data(), dlogits.data(), 3);
  EXPECT_THAT(loss.to_host(), Each(IsNan())) << "logits[−1] is somebody else's";
  EXPECT_THAT(dlogits.to_host(), Each(IsNan())) << "no one is to train on such a row";
}

}  // namespace
}  // namespace gradbook
