#include <gmock/gmock.h>

#include <limits>
#include <numeric>

#include "07_language_models/ngram.hpp"
#include "support/messages.hpp"
#include "support/snippets.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsNull;
using testing::NotNull;
using testing::Pair;
using Ids = std::vector<Label>;

constexpr Label a = 0, b = 1, c = 2;

// Of the text "abab", and symbols a, b and c
NgramCounts abab(int order) {
  NgramCounts counts(order, 3);
  counts.add(Ids{a, b, a, b});
  return counts;
}

// What followed, and how often: "a 2, b 1"
std::string after(const NgramCounts& counts, const Ids& context) {
  const Followers* found = counts.find(context);
  if (found == nullptr) return "no such context";
  std::string text;
  for (const auto& [symbol, count] : found->next) {
    text += text.empty() ? "" : ", ";
    text += symbol == kStart ? "start" : std::string(1, static_cast<char>('a' + symbol));
    text += " " + std::to_string(count);
  }
  return text;
}

// The share of each word that followed a context in the snippets, in eighths or elevenths
template <class Snippets>
std::map<std::string, double> table(const Snippets& snippets, const char* context) {
  const SnippetNumbers words(snippets);
  NgramCounts counts(3, words.vocabulary().size());
  for (const Ids& text : words.texts()) counts.add(text);
  std::map<std::string, double> shares;
  for (const std::string& word : words.vocabulary().symbols()) {
    const double p = add_k(counts, words(context), words(word).at(0), 0);
    if (p > 0) shares[word] = p * static_cast<double>(words.texts().size());
  }
  return shares;
}

TEST(NgramCountsTest, FindWhatFollowedNarwhals) {
  EXPECT_THAT(table(kNarwhals, "narwhals are"),
              ElementsAre(Pair("a", 2), Pair("big", 2), Pair("coming", 1), Pair("friendly", 1),
                          Pair("generated", 1), Pair("hiding", 1)))
      << "in eighths: eight snippets, each with one word after these two";
}

TEST(NgramCountsTest, FindWhatCowsEat) {
  const auto shares = table(kCows, "cows eat");
  EXPECT_THAT(shares, ElementsAre(Pair("corn", DoubleEq(4)), Pair("grass", DoubleEq(3)),
                                  Pair("hay", DoubleEq(2)), Pair("if", DoubleEq(1)),
                                  Pair("which", DoubleEq(1))))
      << "in elevenths";
}

TEST(NgramCountsTest, CountForEachLengthOfContext) {
  const NgramCounts counts = abab(3);
  EXPECT_EQ(after(counts, {}), "a 2, b 2")
      << "nothing before: all four symbols follow the empty context";
  EXPECT_EQ(after(counts, {a}), "b 2");
  EXPECT_EQ(after(counts, {b}), "a 1") << "the last b was followed by nothing";
  EXPECT_EQ(after(counts, {b, a}), "b 1");
  EXPECT_EQ(counts.contexts(), 8u)
      << "the empty one; start, a, b; and start start, start a, a b, b a";
}

TEST(NgramCountsTest, SayHowOftenAContextWasFollowed) {
  ASSERT_THAT(abab(2).find(Ids{a}), NotNull());
  EXPECT_EQ(abab(2).find(Ids{a})->total, 2);
  EXPECT_EQ(abab(1).find(Ids{})->total, 4);
  EXPECT_THAT(abab(2).find(Ids{c}), IsNull()) << "c never occurred";
}

TEST(NgramCountsTest, KnowHowTextsBegin) {
  NgramCounts counts = abab(3);
  counts.add(Ids{b, b});
  EXPECT_EQ(after(counts, {kStart, kStart}), "a 1, b 1");
  EXPECT_EQ(after(counts, {kStart, b}), "b 1")
      << "a second text begins anew: nothing of the first stands before it";
}

TEST(NgramCountsTest, CountNothingOfATextThatTheyRefuse) {
  NgramCounts counts(2, 65);
  EXPECT_THAT(message_of<RangeError>([&] {
                counts.add(Ids{0, 64, 7, 70});
              }),
              AllOf(HasSubstr("70"), HasSubstr("3"), HasSubstr("65")));
  EXPECT_THROW(counts.add(Ids{kStart}), RangeError) << "kStart is no symbol of a text";
  EXPECT_EQ(counts.contexts(), 0u) << "look at all symbols before the first is counted";
}

TEST(NgramCountsTest, PadAContextInFront) {
  const Ids before = {5, 6, 7};
  EXPECT_THAT(NgramCounts::context(before, 2), ElementsAre(6, 7)) << "the last two";
  EXPECT_THAT(NgramCounts::context(before, 4), ElementsAre(kStart, 5, 6, 7));
  EXPECT_THAT(NgramCounts::context(before, 0), IsEmpty());
}

TEST(AddK, CountsAndDivides) {
  NgramCounts counts(1, 3);
  counts.add(Ids{a, a, b, a});
  EXPECT_DOUBLE_EQ(add_k(counts, Ids{}, a, 0), 3.0 / 4);
  EXPECT_DOUBLE_EQ(add_k(counts, Ids{}, c, 0), 0) << "what never occurred cannot come";
  EXPECT_DOUBLE_EQ(add_k(counts, Ids{}, a, 1), 4.0 / 7) << "3 + 1 of 4 + 3";
  EXPECT_DOUBLE_EQ(add_k(counts, Ids{}, c, 1), 1.0 / 7) << "every symbol gets 1, c too";
}

TEST(AddK, TakesTheLastSymbolsOfWhatCameBefore) {
  EXPECT_DOUBLE_EQ(add_k(abab(2), Ids{c, c, a}, b, 0), 1) << "n = 2 looks at the last one only";
  EXPECT_DOUBLE_EQ(add_k(abab(3), Ids{c, c, a}, b, 0), 1.0 / 3)
      << "c a never occurred, so all three symbols are alike";
}

TEST(AddK, RefusesWhatIsNoSymbolAndWhatIsNoK) {
  EXPECT_THROW(add_k(abab(2), Ids{a}, 3, 1), RangeError);
  EXPECT_THROW(add_k(abab(2), Ids{a}, -1, 1), RangeError);
  EXPECT_THROW(add_k(abab(2), Ids{a}, b, -0.5), RangeError);
  EXPECT_THROW(add_k(abab(2), Ids{a}, b, std::numeric_limits<double>::quiet_NaN()), RangeError);
}

TEST(WittenBell, MixesInWhatShorterContextsSay) {
  const double b_alone = (2 + 2 * (1.0 / 3)) / (4 + 2);
  EXPECT_THAT(witten_bell(abab(1), Ids{}, b), DoubleNear(b_alone, 1e-15))
      << "no context: b came 2 times of 4, two different symbols came, and below are thirds";
  EXPECT_THAT(witten_bell(abab(2), Ids{a}, b), DoubleNear((2 + b_alone) / (2 + 1), 1e-15))
      << "after a came b, twice, and nothing else: T is 1";
}

TEST(WittenBell, AsksAShorterContextWhereOneNeverOccurred) {
  EXPECT_DOUBLE_EQ(witten_bell(abab(3), Ids{c, a}, b), witten_bell(abab(2), Ids{a}, b));
  EXPECT_DOUBLE_EQ(witten_bell(abab(3), Ids{a, c}, b), witten_bell(abab(1), Ids{}, b));
  EXPECT_DOUBLE_EQ(witten_bell(NgramCounts(3, 4), Ids{a, c}, b), 0.25) << "nothing was counted";
}

TEST(WittenBell, LeavesAShareForWhatNeverOccurred) {
  EXPECT_GT(witten_bell(abab(2), Ids{a}, c), 0);
  EXPECT_THROW(witten_bell(abab(2), Ids{a}, 3), RangeError) << "but not for what is no symbol";
}

TEST(WittenBell, AddsUpToOneOverAllThatComesNext) {
  for (const int order : {1, 2, 3, 4, 5}) {
    const std::vector<double> p = next_by_witten_bell(abab(order), Ids{b, a, b});
    ASSERT_EQ(p.size(), 3u);
    EXPECT_NEAR(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-14)
        << "order " << order << ": T parts are set aside for all symbols, and a symbol that did "
        << "not follow gets its share of these parts, no more and no less";
    EXPECT_DOUBLE_EQ(p[a], witten_bell(abab(order), Ids{b, a, b}, a));
  }
}

}  // namespace
}  // namespace gradbook
