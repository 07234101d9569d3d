#include <gmock/gmock.h>

#include <cmath>

#include "06_training/optimizers.hpp"
#include "07_language_models/rnn_lm.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using Ids = std::vector<Label>;

// Five symbols; three numbers for each; a state of four
struct RnnLmTest : testing::Test {
  Random random{3};
  RnnLM model{{.vocabulary = 5, .embedding = 3, .hidden = 4}, random};
  RnnLM leaky{{.vocabulary = 5, .embedding = 30, .hidden = 40, .dropout = 0.5}, random};

  ~RnnLmTest() override { tape().clear(); }

  static Matrix logits_of(RnnLM& model, const Ids& ids) {
    const NoTape no_tape;
    return model.logits(ids).out_tensor;
  }
};

TEST_F(RnnLmTest, HasARowOfLogitsForEverySymbol) {
  model.begin(2);
  EXPECT_THAT(logits_of(model, {0, 1, 2, 3, 4, 0}).shape(), testing::ElementsAre(6, 5))
      << "three steps of two sequences, five logits each";
  EXPECT_THAT(logits_of(model, {}).shape(), testing::ElementsAre(0, 5)) << "no step, no row";
}

TEST_F(RnnLmTest, KnowsNothingAtFirst) {
  RnnLM large({.vocabulary = 65, .embedding = 16, .hidden = 32}, random);
  Ids ids;
  for (Label i = 0; i < 65; ++i) ids.push_back(i * 7 % 65);
  const NoTape no_tape;
  EXPECT_NEAR(large.loss(ids, ids).out_tensor(0, 0), std::log(65), 0.2)
      << "before it has learnt anything, all 65 symbols are about as likely: the mean of -log p is "
         "ln 65";
}

TEST_F(RnnLmTest, StartsFromItsStateAndLeavesItAsItIs) {
  const Matrix first = logits_of(model, {1, 4, 2});
  EXPECT_THAT(logits_of(model, {1, 4, 2}), is_matrix({3, 5}, listed(first)))
      << "whoever calls says when the state goes on: logits itself changes no state";
  model.recurrent->state = model.recurrent->last_state;
  EXPECT_NE(logits_of(model, {1, 4, 2}), first)
      << "another state to start from gives other logits: does each call begin anew?";
}

TEST_F(RnnLmTest, ReadsATextInPiecesAsInOne) {
  const Matrix whole = logits_of(model, {1, 4, 2, 0});
  logits_of(model, {1, 4});
  model.recurrent->state = model.recurrent->last_state;
  const Matrix end = logits_of(model, {2, 0});
  EXPECT_THAT(end, is_matrix({2, 5}, {whole.begin() + 10, whole.end()}))
      << "the state is all that a recurrent network remembers: did the second call begin anew?";
}

TEST_F(RnnLmTest, DropsOutOnBothSidesOfTheRecurrentLayer) {
  leaky.logits(Ids{1});
  ASSERT_FALSE(leaky.recurrent->in_modules.empty());
  EXPECT_EQ(leaky.recurrent->in_modules[0], &leaky.before) << "embedding, before, recurrent";
  ASSERT_FALSE(leaky.output.in_modules.empty());
  EXPECT_EQ(leaky.output.in_modules[0], &leaky.after) << "recurrent, after, output";
}

TEST_F(RnnLmTest, DropsOutInTrainingOnly) {
  EXPECT_NE(logits_of(leaky, {1, 2}), logits_of(leaky, {1, 2})) << "each pass draws anew";
  EXPECT_TRUE(leaky.training()) << "it is not for logits to say whether a model is trained";
  leaky.eval();
  EXPECT_EQ(logits_of(leaky, {1, 2}), logits_of(leaky, {1, 2})) << "nothing is left out now";
  EXPECT_FALSE(leaky.training());
}

TEST_F(RnnLmTest, TakesTheMeanOverAllSymbols) {
  const Matrix logits = logits_of(model, {1, 4, 2});
  const Ids targets = {4, 2, 0};
  double sum = 0;
  for (std::size_t t = 0; t < 3; ++t) {
    double all = 0;
    for (std::size_t v = 0; v < 5; ++v) all += std::exp(logits(t, v));
    sum -= logits(t, static_cast<std::size_t>(targets[t])) - std::log(all);
  }
  EXPECT_NEAR(model.loss(Ids{1, 4, 2}, targets).out_tensor(0, 0), sum / 3, 1e-12)
      << "targets are what comes next, not what went in";
}

TEST_F(RnnLmTest, LearnsOneBatchByHeart) {
  const Ids ids = {0, 1, 2, 3, 0, 1, 4, 0}, targets = {1, 2, 3, 0, 1, 4, 0, 1};
  RnnLM larger({.vocabulary = 5, .embedding = 8, .hidden = 16}, random);
  Adam adam(larger.parameters(), {.rate = 0.03});
  double loss = 0;
  for (int step = 0; step < 100; ++step) {
    Module& last = larger.loss(ids, targets);
    loss = last.out_tensor(0, 0);
    adam.zero_grad();
    backward(last);
    adam.step();
  }
  EXPECT_LT(loss, 0.1) << "after 1 comes 2 at first and 4 later: the state tells which. Does a "
                          "gradient reach every parameter?";
}

TEST_F(RnnLmTest, RefusesWhatDoesNotFit) {
  EXPECT_THROW(model.loss(Ids{1, 2, 3}, Ids{2, 3}), ShapeError) << "a target for each symbol";
  EXPECT_TRUE(tape().empty()) << "look at the numbers before anything is applied";
  model.begin(2);
  EXPECT_THROW(model.logits(Ids{1, 2, 3}), ShapeError) << "two sequences: steps come in pairs";
}

}  // namespace
}  // namespace gradbook
