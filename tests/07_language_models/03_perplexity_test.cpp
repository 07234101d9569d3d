#include "07_language_models/perplexity.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using Ids = std::vector<Label>;
using Before = std::span<const Label>;

double sure(Before, Label) { return 1; }
double coin(Before, Label) { return 0.5; }

// Certain of what it has seen already, and at a loss about everything else
double forgetful(Before before, Label next) {
  for (const Label symbol : before) {
    if (symbol == next) return 0.8;
  }
  return 0.1;
}

TEST(LogProbability, AddsUpLogarithms) {
  EXPECT_DOUBLE_EQ(log_probability(Ids{4, 4, 2}, forgetful), std::log(0.1 * 0.8 * 0.1))
      << "the first 4 is new, the second is not, the 2 is new; three times log 0.8 would say that "
         "the model was shown what it was asked for";
}

TEST(LogProbability, AsksForEachSymbolGivenAllBeforeIt) {
  std::vector<Ids> contexts;
  Ids symbols;
  log_probability(Ids{7, 8, 9}, [&](Before before, Label next) {
    contexts.emplace_back(before.begin(), before.end());
    symbols.push_back(next);
    return 0.5;
  });
  EXPECT_THAT(contexts, ElementsAre(Ids{}, Ids{7}, Ids{7, 8}))
      << "before the first symbol there is nothing, and no model may see what it is asked for";
  EXPECT_THAT(symbols, ElementsAre(7, 8, 9));
}

TEST(LogProbability, DoesNotVanish) {
  EXPECT_NEAR(log_probability(Ids(100'000), coin), 100'000 * std::log(0.5), 1e-6)
      << "a half to the power of 100,000 is 0 in a double; do not multiply first";
}

TEST(LogProbability, IsZeroWhereNothingIsSaid) {
  EXPECT_EQ(log_probability(Ids{}, coin), 0) << "an empty product is 1";
}

TEST(LogProbability, IsMinusInfinityForTheImpossible) {
  const auto never_two = [](Before, Label next) { return next == 2 ? 0.0 : 0.5; };
  EXPECT_EQ(log_probability(Ids{1, 2, 1}, never_two), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(perplexity(Ids{1, 2, 1}, never_two), std::numeric_limits<double>::infinity())
      << "no small number was added to save it: a model that calls impossible what happens is as "
         "bad as can be";
}

TEST(LogProbability, RefusesWhatIsNoProbability) {
  const auto wrong = [](double p) {
    return [p](Before before, Label) { return before.size() == 2 ? p : 0.5; };
  };
  EXPECT_THAT(message_of<RangeError>([&] { log_probability(Ids(4), wrong(1.25)); }),
              AllOf(HasSubstr("1.25"), HasSubstr("2")));
  EXPECT_THROW(log_probability(Ids(4), wrong(-0.5)), RangeError);
  EXPECT_THROW(log_probability(Ids(4), wrong(std::numeric_limits<double>::quiet_NaN())), RangeError)
      << "NaN is neither below 0 nor above 1";
}

TEST(Perplexity, IsVForAModelThatKnowsNothing) {
  for (const double v : {2, 27, 65}) {
    const auto alike = [v](Before, Label) { return 1 / v; };
    EXPECT_NEAR(perplexity(Ids(50), alike), v, 1e-10 * v);
  }
}

TEST(Perplexity, IsOneForAModelThatIsAlwaysRight) {
  EXPECT_EQ(perplexity(Ids{3, 1, 2}, sure), 1);
  EXPECT_EQ(bits_per_symbol(Ids{3, 1, 2}, sure), 0);
}

TEST(Perplexity, DoesNotGrowWithTheText) {
  const auto in_turn = [](Before before, Label) { return before.size() % 2 == 0 ? 0.25 : 1.0; };
  EXPECT_NEAR(perplexity(Ids(2), in_turn), 2, 1e-12)
      << "four, then one: two on (geometric) average";
  EXPECT_NEAR(perplexity(Ids(2000), in_turn), 2, 1e-10) << "it is a mean over symbols";
}

TEST(BitsPerSymbol, IsTheLogarithmOfThePerplexity) {
  EXPECT_NEAR(bits_per_symbol(Ids(10), coin), 1, 1e-14) << "a coin has one bit";
  const Ids text = {1, 2, 1, 1, 3};
  EXPECT_NEAR(bits_per_symbol(text, forgetful), std::log2(perplexity(text, forgetful)), 1e-12);
}

TEST(BitsPerSymbol, HasNoMeanOfNothing) {
  EXPECT_THROW(bits_per_symbol(Ids{}, coin), ShapeError);
  EXPECT_THROW(perplexity(Ids{}, coin), ShapeError);
}

}  // namespace
}  // namespace gradbook
