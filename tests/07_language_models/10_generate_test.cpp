#include <gmock/gmock.h>

#include "07_language_models/generate.hpp"
#include "support/matrix_matchers.hpp"

namespace gradbook {
namespace {

using testing::Each;
using testing::SizeIs;
using Text = std::vector<Label>;

struct GenerateTest : testing::Test {
  GenerateTest() {
    for (Real& w : model.output.weight.value()) w *= 5;  // so that it is surer of what comes next
  }
  ~GenerateTest() override { tape().clear(); }

  Text write(const Text& prompt, std::size_t count, std::uint64_t seed,
             const SamplingOptions& options = {}) {
    Random die(seed);
    return generate(model, prompt, count, options, die);
  }

  // The logits after a text, read from its beginning in one pass
  std::vector<Real> after(const Text& text) {
    const bool trained = model.training();
    const NoTape no_tape;
    model.begin(1);
    model.eval();
    const Matrix logits = model.logits(text).out_tensor;
    model.train(trained);
    return {logits.end() - 6, logits.end()};
  }

  Random random{5};
  RnnLM model{{.vocabulary = 6, .embedding = 5, .hidden = 8, .dropout = 0.5}, random};
};

TEST_F(GenerateTest, RemembersTheWholeText) {
  model.begin(1);
  Text text;
  for (const Label symbol : {3, 0, 5, 5, 1}) {
    text.push_back(symbol);
    const Vector stepwise = next_logits(model, symbol);
    const Matrix state = model.recurrent->state;
    const std::vector<Real> whole = after(text);
    model.recurrent->state = state;
    ASSERT_THAT(stepwise, SizeIs(6));
    for (std::size_t v = 0; v < 6; ++v)
      EXPECT_NEAR(stepwise(v), whole[v], 1e-12)
          << "after symbol " << text.size() << ": the state goes on, and nothing is left out";
  }
}

TEST_F(GenerateTest, LeavesTheModelAsItWas) {
  for (const bool training : {true, false}) {
    model.train(training);
    write({1, 2}, 3, 1);
    EXPECT_EQ(model.training(), training) << "whoever trains it goes on training it afterwards";
    EXPECT_TRUE(tape().empty()) << "nobody will ask for gradients of a text";
  }
}

TEST_F(GenerateTest, DrawsFromWhatTheWholeTextSays) {
  Random die_of_test(11);
  Text text = {4, 1, 2};
  const Text drawn = write(text, 12, 11, {.temperature = 0.8});
  ASSERT_THAT(drawn, SizeIs(12)) << "the drawn symbols, without the prompt";
  for (const Label symbol : drawn) {
    EXPECT_EQ(symbol, Label(roll(die(after(text), {.temperature = 0.8}), die_of_test)))
        << "symbol " << text.size() << ": was all of the prompt read, and every drawn symbol after "
        << "it?";
    text.push_back(symbol);
  }
}

TEST_F(GenerateTest, WritesTheSameFromTheSameSeed) {
  const Text first = write({2}, 30, 7);
  EXPECT_EQ(write({2}, 30, 7), first) << "each call begins anew, and draws from `random` alone";
  EXPECT_NE(write({2}, 30, 8), first) << "another seed decides otherwise";
}

TEST_F(GenerateTest, TakesTheLikeliestWhereThereIsNoOther) {
  Text text = {0, 3};
  for (const Label symbol : write(text, 10, 1, {.top_k = 1})) {
    EXPECT_EQ(symbol, Label(greedy(after(text)))) << "a die with one side: are the options passed?";
    text.push_back(symbol);
  }
}

TEST_F(GenerateTest, WritesNothingWhereNothingIsAskedFor) {
  EXPECT_THAT(write({3, 1}, 0, 1), SizeIs(0));
  EXPECT_THAT(write({3, 1}, 1, 1), SizeIs(1));
}

TEST_F(GenerateTest, HasReadWhatItWrote) {
  const Text drawn = write({3, 1}, 4, 2);
  const Matrix state = model.recurrent->state;
  Text all = {3, 1};
  all.insert(all.end(), drawn.begin(), drawn.end());
  after(all);
  EXPECT_THAT(state, is_matrix({1, 8}, listed(model.recurrent->last_state)))
      << "the last symbol that was drawn is read, too: so one can go on from there";
}

TEST_F(GenerateTest, RefusesWhatCannotBeContinued) {
  EXPECT_THROW(write({}, 3, 1), ShapeError) << "an empty prompt gives no logits to draw from";
  EXPECT_THROW(write({1, 6}, 3, 1), RangeError) << "symbols are 0 to 5";
  EXPECT_THROW(write({1}, 3, 1, {.temperature = 0}), RangeError);
}

}  // namespace
}  // namespace gradbook
