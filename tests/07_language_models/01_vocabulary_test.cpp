#include "07_language_models/vocabulary.hpp"

#include <gmock/gmock.h>

#include "support/messages.hpp"

namespace gradbook {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Symbols = std::vector<std::string>;
using Ids = std::vector<Label>;

TEST(SymbolsOf, CutACharacterFromTheNext) {
  EXPECT_THAT(symbols_of("to be", Unit::character), ElementsAre("t", "o", " ", "b", "e"))
      << "a blank is a character like any other";
}

TEST(SymbolsOf, KeepTheBytesOfACharacterTogether) {
  EXPECT_THAT(symbols_of("ö€", Unit::character), ElementsAre("ö", "€"))
      << "UTF-8: ö has two bytes, € has three; all but the first are from 0x80 to 0xBF";
}

TEST(SymbolsOf, CutWordsWhereTheyEnd) {
  EXPECT_THAT(symbols_of("it's 5.\n", Unit::word), ElementsAre("it's", "5", ".", "\n"));
  EXPECT_THAT(symbols_of("für Ω", Unit::word), ElementsAre("für", "Ω"))
      << "a byte from 0x80 on is part of a letter, and so of a word";
}

TEST(SymbolsOf, LeaveBlanksOutOfWordsAndKeepLineBreaks) {
  EXPECT_THAT(symbols_of(" one\ttwo  three\n\n", Unit::word),
              ElementsAre("one", "two", "three", "\n", "\n"))
      << "white space separates; only a line break says something that a model should learn";
}

TEST(SymbolsOf, MakeASymbolOfEachMark) {
  EXPECT_THAT(symbols_of("No--wait!!", Unit::word), ElementsAre("No", "-", "-", "wait", "!", "!"));
}

TEST(SymbolsOf, FindNoneWhereThereIsNoText) {
  EXPECT_THAT(symbols_of("", Unit::character), IsEmpty());
  EXPECT_THAT(symbols_of(" \t", Unit::word), IsEmpty());
}

TEST(VocabularyTest, HasEverySymbolOnceInTheOrderOfBytes) {
  EXPECT_THAT(Vocabulary(Symbols{"sea", "Sea", "a", "sea", "ä"}).symbols(),
              ElementsAre("Sea", "a", "sea", "ä"))
      << "the byte of a capital is smaller than that of any small letter, and ä begins with 0xC3";
}

TEST(VocabularyTest, DoesNotDependOnWhatCameFirst) {
  EXPECT_EQ(Vocabulary(Symbols{"b", "a", "c"}).symbols(),
            Vocabulary(Symbols{"c", "b", "a"}).symbols())
      << "a model that was saved must find its numbers again in another text of the same symbols";
}

TEST(VocabularyTest, NumbersSymbolsByTheirPlace) {
  const Vocabulary vocabulary(Symbols{"to", "be", "or", "not"});
  EXPECT_THAT(vocabulary.encode(Symbols{"to", "be", "or", "not", "to", "be"}),
              ElementsAre(3, 0, 2, 1, 3, 0))
      << "in order they are be, not, or, to";
  EXPECT_THAT(vocabulary.decode(Ids{3, 0, 1}), ElementsAre("to", "be", "not"));
}

TEST(VocabularyTest, RefusesASymbolThatItDoesNotKnow) {
  const Vocabulary vocabulary(Symbols{"a", "c"});
  EXPECT_THAT(message_of<RangeError>([&] {
                vocabulary.encode(Symbols{"a", "c", "b"});
              }),
              AllOf(HasSubstr("\"b\""), HasSubstr("2")))
      << "b would stand between a and c; a search by halving ends there, and has not found it "
         "(\"\": nothing was thrown)";
}

TEST(VocabularyTest, RefusesANumberThatNoSymbolHas) {
  const Vocabulary vocabulary(Symbols{"a", "c"});
  EXPECT_THROW(vocabulary.decode(Ids{0, 2}), RangeError) << "two symbols have the numbers 0 and 1";
  EXPECT_THROW(vocabulary.decode(Ids{-1}), RangeError) << "numbers do not count from the end here";
}

TEST(Split, HoldsOutTheEnd) {
  const TextSplit parts = split(Ids{5, 6, 7, 8, 9}, 0.3);
  EXPECT_THAT(parts.training, ElementsAre(5, 6, 7)) << "what comes first, in its order";
  EXPECT_THAT(parts.held_out, ElementsAre(8, 9)) << "0.3 of 5 is 1.5, rounded up";
}

TEST(Split, HoldsOutATenthWhereNothingElseIsSaid) {
  EXPECT_THAT(split(Ids(20)).held_out, SizeIs(2));
}

TEST(Split, RefusesWhatLeavesAPartEmpty) {
  EXPECT_THROW(split(Ids{1, 2, 3}, 0), RangeError);
  EXPECT_THROW(split(Ids{1, 2, 3}, 1), RangeError);
  EXPECT_THROW(split(Ids{1}, 0.5), ShapeError) << "one symbol cannot be in two parts";
  EXPECT_THROW(split(Ids{1, 2}, 0.9), ShapeError) << "1.8 rounded up is all there is";
}

}  // namespace
}  // namespace gradbook
