#include <gmock/gmock.h>

#include "07_language_models/byte_pairs.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using Ids = std::vector<Label>;

TEST(BytePairs, BeginsWithBytes) {
  const BytePairs none("", 5);
  EXPECT_EQ(none.size(), 256u);
  EXPECT_THAT(none.encode("Hi!"), ElementsAre('H', 'i', '!'));
  EXPECT_THAT(none.encode("ß"), ElementsAre(195, 159)) << "a char may be negative, a byte is not";
}

TEST(BytePairs, MergesThePairThatIsMostFrequent) {
  const BytePairs one("hello yellow fellow", 1);
  EXPECT_THAT(one.merges(), ElementsAre(Pair('e', 'l')))
      << "el, ll and lo come three times each, and e is the smallest first byte";
  EXPECT_THAT(one.encode("hello"), ElementsAre('h', 256, 'l', 'o'))
      << "the first symbol after the bytes 0 to 255 is 256";
}

TEST(BytePairs, MergesSymbolsThatAreMergedAlready) {
  const BytePairs two("abcabcab", 2);
  EXPECT_THAT(two.merges(), ElementsAre(Pair('a', 'b'), Pair('c', 256)))
      << "once ab is the symbol 256, the text is 256 c 256 c 256: count again";
}

TEST(BytePairs, BreaksATieByTheFirstNumberAndThenTheSecond) {
  EXPECT_THAT(BytePairs("zc1zc2ac3ac4", 1).merges(), ElementsAre(Pair('a', 'c')))
      << "zc and ac come twice, and a is the smaller; where they stand does not matter";
  EXPECT_THAT(BytePairs("xb1xb2xa3xa4", 1).merges(), ElementsAre(Pair('x', 'a')))
      << "xb and xa begin alike, so b and a decide";
}

TEST(BytePairs, CountsPairsThatOverlap) {
  EXPECT_THAT(BytePairs("aaa", 9).merges(), ElementsAre(Pair('a', 'a')))
      << "aa stands at place 0 and at place 1: twice";
}

TEST(BytePairs, ReplacesFromTheLeft) {
  const BytePairs pairs("aaaaa", 1);
  EXPECT_THAT(pairs.merges(), ElementsAre(Pair('a', 'a'))) << "a pair of symbols that are alike";
  EXPECT_THAT(pairs.encode("aaa"), ElementsAre(256, 'a')) << "the second pair has lost its first a";
  EXPECT_THAT(pairs.encode("aaaa"), ElementsAre(256, 256));
}

TEST(BytePairs, EndsWhereNoPairComesTwice) {
  EXPECT_EQ(BytePairs("banana bandana", 100).merges().size(), 3u) << "the chapter has them";
  EXPECT_THAT(BytePairs("abcdef", 9).merges(), IsEmpty());
}

TEST(BytePairs, AppliesMergesInTheOrderInWhichTheyWereLearnt) {
  const BytePairs pairs("bcbcbc abab", 2);
  ASSERT_THAT(pairs.merges(), ElementsAre(Pair('b', 'c'), Pair('a', 'b')));
  EXPECT_THAT(pairs.encode("abc"), ElementsAre('a', 256))
      << "bc was learnt first, and takes the b; going from left to right, ab would have got it";
}

TEST(BytePairs, DecodesWhatItHasEncoded) {
  const BytePairs pairs("the cat and the hat and the bat", 12);
  for (const std::string text : {"that hat", "", "θ ≤ ½", "the"})
    EXPECT_EQ(pairs.decode(pairs.encode(text)), text);
  EXPECT_EQ(BytePairs("banana bandana", 3).decode(Ids{258, 'd', 257}), "anadban")
      << "a symbol's first half comes first, and halves may have halves";
}

TEST(BytePairs, RefusesNumbersThatAreNoSymbols) {
  const BytePairs pairs("banana bandana", 3);
  const auto call = [&] { pairs.decode(Ids{'b', 258, 259}); };
  EXPECT_TRUE(names(message_of<RangeError>(call), "259", "place 2"))
      << "256 bytes and 3 merges: the last symbol is 258";
  EXPECT_THROW(pairs.decode(Ids{-1}), RangeError);
}

}  // namespace
}  // namespace gradbook
