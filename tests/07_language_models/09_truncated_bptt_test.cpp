#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/truncated.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const auto kSilent = [](std::size_t) {};

// The text 0 1 2 … n − 1, so that a symbol says where it stood
std::vector<Label> counting(std::size_t n) {
  std::vector<Label> text(n);
  std::iota(text.begin(), text.end(), Label{0});
  return text;
}

// Two symbols in turn, of which a small model learns what comes next
std::vector<Label> in_turn(std::size_t n) {
  std::vector<Label> text(n);
  for (std::size_t i = 0; i < n; ++i) text[i] = static_cast<Label>(i % 2);
  return text;
}

TEST(TruncatedBptt, CutsATextIntoSequencesThatGoOn) {
  const Streams streams(counting(11), 2, 2);  // 0 1 2 3 4 and 5 6 7 8 9, and 10 is a target
  ASSERT_EQ(streams.size(), 3u) << "10 symbols with a next one make 2 sequences of 5; 2 steps at a "
                                   "time, the last batch has 1";
  EXPECT_THAT(streams[0].inputs, ElementsAre(0, 5, 1, 6))
      << "step by step: the first symbol of both sequences, then the second of both";
  EXPECT_THAT(streams[0].targets, ElementsAre(1, 6, 2, 7)) << "what comes next in the text";
  EXPECT_THAT(streams[1].inputs, ElementsAre(2, 7, 3, 8)) << "each sequence goes on where it was";
  EXPECT_THAT(streams[2].inputs, ElementsAre(4, 9)) << "the rest is a batch, too";
  EXPECT_THAT(streams[2].targets, ElementsAre(5, 10))
      << "the last target of a sequence is the first symbol of the next";
}

TEST(TruncatedBptt, TakesATextThatIsShorterThanABatch) {
  const Streams streams(counting(4), 1, 100);
  ASSERT_EQ(streams.size(), 1u);
  EXPECT_THAT(streams[0].inputs, ElementsAre(0, 1, 2));
  const Streams shortest(counting(4), 3, 1);
  ASSERT_EQ(shortest.size(), 1u) << "three sequences of one symbol, and 3 is the last target";
  EXPECT_THAT(shortest[0].targets, ElementsAre(1, 2, 3));
}

TEST(TruncatedBptt, RefusesWhatHasNoBatch) {
  EXPECT_THROW(Streams(counting(9), 0, 2), RangeError);
  EXPECT_THROW(Streams(counting(9), 2, 0), RangeError);
  EXPECT_THAT(message_of<ShapeError>([] { Streams(counting(3), 3, 2); }),
              testing::AllOf(HasSubstr("3 symbols"), HasSubstr("3 sequences")))
      << "the last sequence has no target left: say how many symbols there are, and for how many "
         "sequences";
  EXPECT_THROW(Streams({}, 1, 1), ShapeError) << "0 - 1 is a very large number";
  const Streams streams(counting(11), 2, 2);
  EXPECT_THROW(streams[3], RangeError) << "there are batches 0, 1 and 2";
}

struct PassTest : testing::Test {
  Random random{2};
  RnnLM model{{.vocabulary = 3, .embedding = 4, .hidden = 5}, random};
  SGD sgd{model.parameters(), {.rate = 0.5}};
  ~PassTest() override { tape().clear(); }

  std::vector<Matrix> values() {
    std::vector<Matrix> all;
    for (Parameter* p : model.parameters()) all.push_back(p->value());
    return all;
  }
};

TEST_F(PassTest, DoesToEachBatchWhatYouWouldDoByHand) {
  const Streams streams(in_turn(23), 2, 4);  // batches of 8, 8 and 6 symbols
  Random same(2);
  RnnLM by_hand({.vocabulary = 3, .embedding = 4, .hidden = 5}, same);
  SGD its_sgd(by_hand.parameters(), {.rate = 0.5});
  by_hand.begin(2);
  double sum = 0, largest = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    Module& loss = by_hand.loss(streams[i].inputs, streams[i].targets);
    sum += loss.out_tensor(0, 0) * (i < 2 ? 8 : 6);
    its_sgd.zero_grad();
    backward(loss);
    largest = std::max(largest, clip_gradients(by_hand.parameters(), 0.25));
    its_sgd.step();
    by_hand.recurrent->state = by_hand.recurrent->last_state;
  }

  const PassResult result = train_pass(model, sgd, streams, 0.25, kSilent);
  EXPECT_NEAR(result.loss, sum / 22, 1e-12) << "the last batch has fewer symbols, and counts less";
  EXPECT_NEAR(result.largest_norm, largest, 1e-12) << "of all batches, before it was clipped";
  const auto expected = by_hand.parameters(), got = model.parameters();
  for (std::size_t i = 0; i < got.size(); ++i)
    EXPECT_THAT(got[i]->value(),
                is_matrix(expected[i]->value().shape(), listed(expected[i]->value())))
        << "clip before the step, forget gradients before backward, carry the state on after it";
}

TEST_F(PassTest, BeginsAnewEveryTime) {
  const Streams streams(in_turn(9), 4, 2);  // one batch
  sgd.rate = 0;
  const double first = train_pass(model, sgd, streams, 1, kSilent).loss;
  EXPECT_EQ(train_pass(model, sgd, streams, 1, kSilent).loss, first)
      << "nothing was learnt at rate 0: does the second pass start from the state of the first?";
}

TEST_F(PassTest, CarriesTheStateFromBatchToBatch) {
  sgd.rate = 0;
  const double in_one = train_pass(model, sgd, Streams(in_turn(41), 2, 20), 1, kSilent).loss;
  EXPECT_NEAR(train_pass(model, sgd, Streams(in_turn(41), 2, 3), 1, kSilent).loss, in_one, 1e-12)
      << "at rate 0 it does not matter where a text is cut, as long as the state goes on";
}

TEST_F(PassTest, CallsAfterWhenAStepWasMade) {
  std::vector<std::size_t> numbers;
  const std::vector<Matrix> before = values();
  train_pass(model, sgd, Streams(in_turn(17), 2, 3), 1, [&](std::size_t i) {
    EXPECT_NE(values()[0], before[0]) << "the step comes first";
    numbers.push_back(i);
  });
  EXPECT_THAT(numbers, ElementsAre(0, 1, 2));
}

TEST_F(PassTest, NeedsTheMemoryOfOneBatch) {
  std::vector<std::int64_t> held;
  train_pass(model, sgd, Streams(in_turn(2 * 40 * 4 + 1), 2, 4), 1, [&](std::size_t) {
    EXPECT_TRUE(tape().empty()) << "backward leaves nothing on the tape";
    held.push_back(live_bytes());
  });
  ASSERT_EQ(held.size(), 40u);
  EXPECT_EQ(held.back(), held[2]) << "as many bytes after batch 39 as after batch 2: what is kept?";
}

TEST_F(PassTest, StopsAtALossThatIsNoNumber) {
  std::vector<Matrix> spoilt;
  const std::string says = message_of<TrainingError>([&] {
    train_pass(
        model, sgd, Streams(in_turn(17), 2, 3), 1,
        [&](std::size_t i) {
          if (i == 1) model.output.bias.value()(0, 1) = static_cast<Real>(std::nan(""));
          spoilt = values();
        },
        4);
  });
  EXPECT_THAT(says, testing::AllOf(HasSubstr("epoch 4, batch 2"), HasSubstr("output.bias")))
      << "check_loss makes this sentence";
  for (std::size_t i = 0; i + 1 < spoilt.size(); ++i)
    EXPECT_EQ(values()[i], spoilt[i]) << "no step is made with a loss that is no number";
}

}  // namespace
}  // namespace gradbook
