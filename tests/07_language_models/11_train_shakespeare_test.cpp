#include <gmock/gmock.h>

#include <algorithm>
#include <numbers>

#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/train_lm.hpp"
#include "support/matrix_matchers.hpp"
#include "support/messages.hpp"
#include "support/round_song.hpp"
#include "support/straight_steps.hpp"

namespace gradbook {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

const auto kSilent = [](const LmPass&) {};

struct TrainLm : testing::Test {
  ~TrainLm() override { tape().clear(); }

  // Bits of a text that is read in one pass
  double in_one(const std::vector<Label>& text) {
    const NoTape no_tape;
    const std::span<const Label> all = text;
    model.eval();
    model.begin(1);
    const double nats = model.loss(all.first(all.size() - 1), all.subspan(1)).out_tensor(0, 0);
    model.train();
    return nats / std::numbers::ln2;
  }

  Random random{3};
  RnnLM model{{.vocabulary = kNotes, .embedding = 6, .hidden = 16, .dropout = 0.2}, random};
  Straight straight{model.parameters()};
  TextSplit text = split(round_song(121), 0.25);  // 90 symbols and 31
};

TEST_F(TrainLm, MeasuresBitsForEachSymbol) {
  for (const std::size_t length : {2, 31, 400, 700}) {
    const double expected = in_one(round_song(length));
    EXPECT_NEAR(held_out_bits(model, round_song(length)), expected, 1e-12)
        << "of " << length << " symbols all but the first are predicted, in one state, without "
        << "dropout, however many pieces it takes; and 1 bit is ln 2 nats";
  }
}

TEST_F(TrainLm, MeasuresWithoutATrace) {
  for (const bool training : {true, false}) {
    model.train(training);
    model.begin(5);
    model.recurrent->state.fill(static_cast<Real>(0.25));
    held_out_bits(model, round_song(20));
    EXPECT_EQ(model.training(), training) << "in training only if it was before";
    EXPECT_THAT(model.recurrent->state, is_matrix({5, 16}, std::vector<double>(80, 0.25)))
        << "whoever measures in the middle of something goes on afterwards";
    EXPECT_TRUE(tape().empty()) << "no gradient is asked for";
  }
  EXPECT_THROW(held_out_bits(model, round_song(1)), ShapeError) << "nothing is predicted";
}

TEST_F(TrainLm, ChangesTheRateFromStepToStep) {
  // 9 steps of 2 sequences of 44: 5 batches a pass, 20 steps in all, and 1 of warmup
  train_language_model(model, straight, text,
                       {.passes = 4, .sequences = 2, .steps = 9, .peak = 0.4}, kSilent);
  ASSERT_THAT(straight.rates, SizeIs(20));
  const WarmupCosine schedule{.peak = 0.4, .floor = 0.04, .warmup = 1, .total = 20};
  for (int i = 0; i < 20; ++i)
    EXPECT_NEAR(straight.rates[static_cast<std::size_t>(i)], learning_rate(i, schedule), 1e-12)
        << "step " << i << " of all passes together: the schedule is for all of training";
}

TEST_F(TrainLm, EndsWithTheBestPassWhichItHasSaved) {
  Adam adam(model.parameters());
  CheckpointInMemory place;
  std::vector<double> bits;
  std::string last;
  const auto passes = train_language_model(
      model, adam, text, {.passes = 12, .sequences = 2, .steps = 9, .peak = 0.1, .best = &place},
      [&](const LmPass& pass) {
        const bool better = bits.empty() || pass.held_out_bits < *std::ranges::min_element(bits);
        bits.push_back(pass.held_out_bits);
        EXPECT_EQ(place.bytes != last, better) << "pass " << pass.number << ": saved if it is the "
                                               << "best so far, and before it is reported";
        last = place.bytes;
      });
  ASSERT_THAT(passes, SizeIs(12));
  EXPECT_EQ(bits.size(), 12u) << "every pass is reported";
  const double least = *std::ranges::min_element(bits);
  ASSERT_LT(least, bits.back()) << "this text is so short that it is learnt by heart";
  EXPECT_NEAR(held_out_bits(model, text.held_out), least, 1e-12) << "the best pass, not the last";
}

TEST_F(TrainLm, SaysWhatEachPassCameTo) {
  Random same(3);
  RnnLM by_hand({.vocabulary = kNotes, .embedding = 6, .hidden = 16, .dropout = 0.2}, same);
  Straight its(by_hand.parameters());
  its.rate = 0.4;
  const Streams streams(text.training, 3, 100);  // one batch
  const PassResult first = train_pass(by_hand, its, streams, 0.5, [](std::size_t) {});
  model.eval();
  const auto passes = train_language_model(
      model, straight, text,
      {.passes = 1, .sequences = 3, .steps = 100, .peak = 0.4, .max_norm = 0.5}, kSilent);
  ASSERT_THAT(passes, SizeIs(1));
  EXPECT_EQ(passes[0].number, 1);
  EXPECT_NEAR(passes[0].training_bits, first.loss / std::numbers::ln2, 1e-12)
      << "bits, and in training: does dropout leave something out?";
  EXPECT_NEAR(passes[0].largest_norm, first.largest_norm, 1e-12);
  EXPECT_NEAR(passes[0].held_out_bits, held_out_bits(by_hand, text.held_out), 1e-12);
}

TEST_F(TrainLm, StopsAtALossThatIsNoNumber) {
  // 5 batches a pass; after the 10th step the output's bias is NaN, and no batch is left to see it
  Straight spoilt(model.parameters(), 10);
  CheckpointInMemory place;
  std::string good;
  const std::string says = message_of<TrainingError>([&] {
    train_language_model(model, spoilt, text,
                         {.passes = 2, .sequences = 2, .steps = 9, .peak = 0.1, .best = &place},
                         [&](const LmPass&) { good = place.bytes; });
  });
  EXPECT_THAT(says, testing::AllOf(HasSubstr("epoch 2"), HasSubstr("output.bias")))
      << "the bits of the held-out text are a loss, too: check_loss makes this sentence";
  EXPECT_EQ(place.bytes, good) << "what was saved after pass 1 stays";
}

TEST_F(TrainLm, RefusesWhatCannotBeTrained) {
  const auto train = [&](const TextSplit& text, const LmOptions& options) {
    train_language_model(model, straight, text, options, kSilent);
  };
  EXPECT_THROW(train(text, {.passes = 0, .sequences = 2}), RangeError);
  EXPECT_THROW(train(text, {.sequences = 90}), ShapeError) << "more sequences than symbols";
  EXPECT_THROW(train({text.training, {1}}, {.sequences = 2}), ShapeError)
      << "nothing to measure on";
  EXPECT_THAT(straight.rates, SizeIs(0)) << "look before the first step";
}

TEST_F(TrainLm, SavesWhatAnotherVocabularyCannotRead) {
  CheckpointInMemory place;
  train_language_model(model, straight, text,
                       {.passes = 1, .sequences = 2, .peak = 0.1, .best = &place}, kSilent);
  ASSERT_TRUE(place.has_one());
  RnnLM other({.vocabulary = 65, .embedding = 6, .hidden = 16}, random);
  Straight its(other.parameters());
  EXPECT_THAT(
      message_of<CheckpointError>([&] { place.load(everything_in(other, its)); }),
      testing::AllOf(HasSubstr("embedding.weight"), HasSubstr("(8, 6)"), HasSubstr("(65, 6)")))
      << "everything_in gives matrices names, so that one of 8 symbols is no model of 65";
}

TEST_F(TrainLm, BeatsCounting) {
  const TextSplit song = split(round_song(3000), 0.1);
  Random seed(1);
  RnnLM rnn({.vocabulary = kNotes, .embedding = 8, .hidden = 24}, seed);
  Adam adam(rnn.parameters());
  train_language_model(rnn, adam, song, {.passes = 10, .sequences = 8, .steps = 12, .peak = 1e-2},
                       kSilent);
  EXPECT_LT(held_out_bits(rnn, song.held_out), least_counted_bits(song) - 0.1)
      << "three voices in turn: what comes next depends on the symbol three back, and the best "
         "n-gram is of order 4, and has not seen enough";
}

}  // namespace
}  // namespace gradbook
