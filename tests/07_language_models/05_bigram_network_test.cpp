#include <gmock/gmock.h>

#include <cmath>

#include "06_training/optimizers.hpp"
#include "07_language_models/bigram_network.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using Text = std::vector<Label>;

// a b r a c a d a b r a, as numbers
const Text kMagic{0, 1, 4, 0, 2, 0, 3, 0, 1, 4, 0};

// Three symbols, and a table of which all rows are 0
struct BigramNetworkTest : testing::Test {
  BigramNetworkTest() { network.table.weight.value().fill(0); }
  ~BigramNetworkTest() override { tape().clear(); }

  Random random{1};
  BigramNetwork network{3, random};
  SGD descent{network.parameters(), {.rate = 1}};
};

TEST(CountedLoss, IsTheMeanOfMinusTheLogarithmOfTheQuotientOfCounts) {
  EXPECT_NEAR(counted_loss(kMagic), (2 * std::log(2) + 2 * std::log(4)) / 10, 1e-12)
      << "of ten pairs, four begin with a: twice ab, once ac, once ad";
  EXPECT_NEAR(counted_loss(Text{0, 1, 0, 2}), 2 * std::log(2) / 3, 1e-12)
      << "0 is followed by 1 and by 2; what matters is what follows, not what was before";
}

TEST(CountedLoss, DividesByHowOftenASymbolIsFollowed) {
  EXPECT_NEAR(counted_loss(Text{0, 1, 0, 1, 0}), 0, 1e-12)
      << "0 is there three times, but the last one is followed by nothing";
}

TEST(CountedLoss, NeedsAPair) {
  EXPECT_NEAR(counted_loss(Text{7, 7}), 0, 1e-12) << "one pair, and what comes is certain";
  EXPECT_THROW(counted_loss(Text{7}), ShapeError) << "one symbol has no neighbour";
  EXPECT_THROW(counted_loss(Text{}), ShapeError) << "mind that size() − 1 is no negative number";
}

TEST_F(BigramNetworkTest, LearnsFromEachSymbolTheNext) {
  bigram_step(network, descent, Text{0, 2, 0, 1, 1});
  const double a = 1.0 / 12, b = 1.0 / 6;
  EXPECT_THAT(network.table.weight.value(), is_matrix({3, 3}, {-b, a, a, -a, b, -a, b, -a, -a}))
      << "pairs 02, 01, 11 and 10: each adds (1 at what came − softmax) / 4 to the row of its "
         "first";
}

TEST_F(BigramNetworkTest, ReturnsTheLossBeforeTheStep) {
  const Text text{0, 2, 0, 1, 1};
  EXPECT_NEAR(bigram_step(network, descent, text), std::log(3), 1e-6) << "a table of zeros";
  EXPECT_LT(bigram_step(network, descent, text), std::log(3)) << "and then a better one";
}

TEST_F(BigramNetworkTest, ForgetsTheGradientOfBefore) {
  network.table.weight.grad() = matrix_of({3, 3}, {9, 9, 9, 9, 9, 9, 9, 9, 9});
  bigram_step(network, descent, Text{1, 2});
  EXPECT_THAT(network.table.weight.value(),
              is_matrix({3, 3}, {0, 0, 0, -1.0 / 3, -1.0 / 3, 2.0 / 3, 0, 0, 0}))
      << "somebody left a gradient of 9: it is none of this step's";
}

TEST_F(BigramNetworkTest, LeavesATooShortTextAlone) {
  EXPECT_THROW(bigram_step(network, descent, Text{1}), ShapeError);
  EXPECT_THROW(bigram_step(network, descent, Text{}), ShapeError);
  EXPECT_TRUE(tape().empty()) << "check before anything is applied";
}

TEST_F(BigramNetworkTest, ShowsWhatItHasLearntAsProbabilities) {
  const auto ln2 = std::log(2.0);
  network.table.weight.value() = matrix_of({3, 3}, {0, 0, ln2, ln2, 0, ln2, 5, 5, 5});
  EXPECT_THAT(next_probabilities(network),
              is_matrix({3, 3}, {0.25, 0.25, 0.5, 0.4, 0.2, 0.4, 1.0 / 3, 1.0 / 3, 1.0 / 3}))
      << "row v is what follows symbol v, so each row adds up to 1";
  EXPECT_TRUE(tape().empty()) << "nobody is going to run this backward";
}

TEST(BigramNetworkAndCounts, AgreeInTheEnd) {
  Random random(3);
  BigramNetwork network(5, random);
  Adam adam(network.parameters(), {.rate = 0.1});
  for (int step = 0; step < 200; ++step) bigram_step(network, adam, kMagic);
  EXPECT_NEAR(bigram_step(network, adam, kMagic), counted_loss(kMagic), 1e-2);
  EXPECT_NEAR(next_probabilities(network)(0, 1), 0.5, 0.02) << "a is followed by b twice in four";
}

}  // namespace
}  // namespace gradbook
