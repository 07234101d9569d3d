#include <gmock/gmock.h>

#include "06_training/data.hpp"
#include "support/xtensor_arrays.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

// The examples of an epoch, one after the other
Batch joined(const std::vector<Batch>& batches) {
  Batch all;
  for (const Batch& batch : batches) all.insert(all.end(), batch.begin(), batch.end());
  return all;
}

TEST(BatchesOfEpoch, HaveEveryExampleOnce) {
  EXPECT_THAT(joined(batches_of_epoch(7, 3, 1, 0)), UnorderedElementsAre(0, 1, 2, 3, 4, 5, 6));
}

TEST(BatchesOfEpoch, EndWithWhatIsLeft) {
  EXPECT_THAT(batches_of_epoch(7, 3, 1, 0), ElementsAre(SizeIs(3), SizeIs(3), SizeIs(1)));
  EXPECT_THAT(batches_of_epoch(6, 3, 1, 0), ElementsAre(SizeIs(3), SizeIs(3)))
      << "and with no empty batch where nothing is left";
  EXPECT_THAT(batches_of_epoch(5, 100, 1, 0), ElementsAre(SizeIs(5)));
  EXPECT_THAT(batches_of_epoch(0, 3, 1, 0), IsEmpty());
}

TEST(BatchesOfEpoch, AreShuffledAsTheContractSays) {
  // Random(8): for i = 5, …, 1 the i-th changes places with the below(i + 1)-th
  EXPECT_THAT(joined(batches_of_epoch(6, 4, 5, 3)), ElementsAre(0, 5, 4, 3, 1, 2))
      << "seed 5, epoch 3";
}

TEST(BatchesOfEpoch, DifferFromEpochToEpochAndComeAgain) {
  const Batch first = joined(batches_of_epoch(20, 6, 1, 0)),
              second = joined(batches_of_epoch(20, 6, 1, 1)),
              again = joined(batches_of_epoch(20, 6, 1, 0));
  EXPECT_NE(first, second) << "epochs 0 and 1";
  EXPECT_EQ(first, again) << "who trains again gets the same batches";
  EXPECT_NE(first, joined(batches_of_epoch(20, 6, 9, 0))) << "seeds 1 and 9";
}

TEST(BatchesOfEpoch, RefuseTheSizeZero) { EXPECT_THROW(batches_of_epoch(5, 0, 1, 0), RangeError); }

TEST(Gather, TakesRowsAndLabelsInTheOrderOfTheBatch) {
  const Examples all{{{1, 2}, {3, 4}, {5, 6}}, {7, 8, 9}};
  const Examples some = gather(all, {2, 0, 2});
  EXPECT_THAT(sizes_of(some.inputs), ElementsAre(3, 2));
  EXPECT_THAT(listed(some.inputs), ElementsAre(5, 6, 1, 2, 5, 6));
  EXPECT_THAT(some.labels, ElementsAre(9, 7, 9));
}

TEST(Gather, RefusesExamplesThatAreNotThere) {
  const Examples all{{{1, 2}, {3, 4}}, {7, 8}};
  EXPECT_THROW(gather(all, {0, 2}), RangeError) << "two examples have the numbers 0 and 1";
}

}  // namespace
}  // namespace gradbook
