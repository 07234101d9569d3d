#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "07_language_models/vocabulary.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using Symbols = std::vector<std::string>;
using Ids = std::vector<Label>;

// Symbols as a reader can tell them apart: 3: "it's" "\n" "5"
std::string shown(const Symbols& symbols) {
  std::string text = fmt::format("{}:", symbols.size());
  for (const std::string& symbol : symbols) {
    text += " \"";
    for (const char c : symbol) {
      const bool plain = static_cast<unsigned char>(c) >= ' ' && c != '"';
      text += plain ? std::string(1, c) : fmt::format("\\x{:02x}", c);
    }
    text += '"';
  }
  return text;
}

void observe_symbols(std::string_view text, Unit unit) {
  const std::string what = fmt::format("{} of {}", unit == Unit::word ? "words" : "characters",
                                       shown({1, std::string(text)}));
  calling("symbols_of: " + what);
  observe(what, shown(symbols_of(text, unit)));
}

void observe_both(std::string_view text) {
  observe_symbols(text, Unit::character);
  observe_symbols(text, Unit::word);
}

// A text put together from pieces that touch every rule
std::string draw_text(std::size_t pieces) {
  static const Symbols kPieces = {
      "rose", "thou", "I", "'tis", "o'er", "17", "é",  "Größe", "𝄞", "don't", ".",    ",",    "!",
      "--",   "(x)",  " ", " ",    " ",    "\n", "\t", "  ",    "_", "\n\n",  "\r\n", "€5.00"};
  std::string text;
  for (std::size_t i = 0; i < pieces; ++i) text += kPieces[generator().below(kPieces.size())];
  return text;
}

// n symbols of which many come again
Symbols draw_symbols(std::size_t n) {
  static const Symbols kAll = {"it",  "it's", "It", "I", "\n", " ", "é", "e",  "z",
                               "zoo", "10",   "9",  ".", "ß",  "A", "a", "aa", "𝄞"};
  Symbols symbols;
  for (std::size_t i = 0; i < n; ++i) symbols.push_back(kAll[generator().below(kAll.size())]);
  return symbols;
}

// What encoding this throws, and whether the message names symbol and place
void observe_unknown(const Vocabulary& vocabulary, const Symbols& symbols, const char* unknown,
                     const char* place) {
  const std::string what = "encode " + shown(symbols);
  calling(what);
  observe_error(what, [&] { vocabulary.encode(symbols); });
  observe("the message names symbol and place, " + what,
          names(message_of<RangeError>([&] { vocabulary.encode(symbols); }), unknown, place));
}

void observe_split(std::size_t n, double share) {
  Ids ids(n);
  for (Label& id : ids) id = draw_integer(0, 64);
  const Ids before = input("ids", ids);
  const std::string what = fmt::format("{} numbers, share {}", n, share);
  calling("split, " + what);
  const TextSplit parts = split(ids, share);
  observe("training, " + what, parts.training);
  observe("held out, " + what, parts.held_out);
  observe("the numbers are as before, " + what, ids == before);
}

CASE(vocabulary, characters, "a character is a code point, of one to four bytes", {.weight = 2}) {
  for (const char* text : {"Rose", "größer", "5 €", "𝄞 in C", "naïve\n", "éé", "日本"})
    observe_symbols(text, Unit::character);
  for (const std::size_t pieces : {5, 17, 40}) observe_symbols(draw_text(pieces), Unit::character);
}

CASE(vocabulary, characters_kept, "every character is a symbol: blanks, tabs and marks too") {
  for (const char* text : {" a  b ", "a\tb\r\n\n", "--", "it's", " "})
    observe_symbols(text, Unit::character);
}

CASE(vocabulary, words, "letters, digits and apostrophes that stand side by side are a word") {
  for (const char* text :
       {"shall I compare thee", "it's 5.\n", "'tis o'er", "rock'n'roll", "3rd of 12", "A a"})
    observe_symbols(text, Unit::word);
}

CASE(vocabulary, words_beyond_ascii, "characters beyond ASCII belong to words") {
  for (const char* text : {"naïve größe", "Ωmega", "日本 𝄞", "é.é", "a\xC2\xA0z"})
    observe_symbols(text, Unit::word);
}

CASE(vocabulary, marks, "whatever is neither word nor white space is a symbol of its own") {
  for (const char* text : {"...", "well--no!", "(a,b)", "snake_case", "3.14", "\"O!\"", "a-b"})
    observe_symbols(text, Unit::word);
}

CASE(vocabulary, white_space, "a line break is a symbol, and other white space only separates") {
  for (const char* text :
       {"a b", "a   b", " a\tb ", "a\nb", "a\n\nb\n", "a\r\nb", "a \v\f b", "\n", "  "})
    observe_symbols(text, Unit::word);
}

CASE(vocabulary, short_texts, "no text has no symbols, and the last symbol counts too") {
  for (const char* text : {"", "x", "\n", ".", "é", "ab", "a."}) observe_both(text);
}

CASE(vocabulary, drawn_words, "words, marks and line breaks in any order") {
  for (const std::size_t pieces : {3, 11, 29, 60}) observe_symbols(draw_text(pieces), Unit::word);
}

CASE(vocabulary, order, "every symbol once, in the order of bytes, whatever order they came in",
     {.weight = 2}) {
  observe("capitals come before small letters",
          shown(Vocabulary(Symbols{"b", "a", "C", "A"}).symbols()));
  observe("a beginning comes first",
          shown(Vocabulary(Symbols{"its", "it's", "it", "i"}).symbols()));
  observe("by bytes, not by value",
          shown(Vocabulary(Symbols{"9", "10", "é", "z", "\n", " "}).symbols()));
  for (const std::size_t n : {1, 2, 7, 30, 100}) {
    Symbols symbols = draw_symbols(n);
    calling("Vocabulary of " + shown(symbols));
    const Vocabulary vocabulary(symbols);
    observe(fmt::format("symbols, of {}", n), shown(vocabulary.symbols()));
    observe(fmt::format("V, of {}", n), vocabulary.size());
    std::reverse(symbols.begin(), symbols.end());
    observe(fmt::format("symbols, of {} the other way round", n),
            shown(Vocabulary(symbols).symbols()));
  }
}

CASE(vocabulary, encode, "the number of each symbol is its place in the order") {
  const Vocabulary vocabulary(draw_symbols(200));
  observe("V", vocabulary.size());
  for (const std::size_t n : {0, 1, 5, 23}) {
    Symbols symbols;
    for (std::size_t i = 0; i < n; ++i)
      symbols.push_back(vocabulary.symbols().at(generator().below(vocabulary.size())));
    const Symbols before = symbols;
    calling("encode " + shown(symbols));
    observe(fmt::format("{} numbers", n), vocabulary.encode(symbols));
    observe(fmt::format("{} symbols are as before", n), symbols == before);
  }
}

CASE(vocabulary, decode, "the symbol of each number") {
  const Vocabulary vocabulary(draw_symbols(200));
  const auto last = static_cast<Label>(vocabulary.size()) - 1;
  for (const std::size_t n : {0, 1, 4, 19}) {
    Ids ids(n);
    for (Label& id : ids) id = draw_integer(0, last);
    input("ids", ids);
    calling("decode");
    observe(fmt::format("{} symbols", n), shown(vocabulary.decode(ids)));
  }
  observe("the first and the last", shown(vocabulary.decode(Ids{0, last})));
}

CASE(vocabulary, round_trip,
     "a text of characters is what it was, cut, encoded, decoded and joined") {
  for (const std::size_t pieces : {1, 8, 50}) {
    const std::string text = draw_text(pieces);
    calling("there and back, " + shown({text}));
    const Symbols symbols = symbols_of(text, Unit::character);
    const Vocabulary vocabulary(symbols);
    const Ids ids = vocabulary.encode(symbols);
    observe(fmt::format("numbers of {} pieces", pieces), ids);
    std::string again;
    for (const std::string& symbol : vocabulary.decode(ids)) again += symbol;
    observe(fmt::format("{} pieces are as before", pieces), again == text);
  }
}

CASE(vocabulary, unknown_symbols,
     "a symbol that is not in the vocabulary is refused by name and place") {
  const Vocabulary vocabulary(Symbols{"it", "m", "x"});
  observe_unknown(vocabulary, {"it", "x", "m", "ß"}, "ß", "3");
  observe_unknown(vocabulary, {"a"}, "\"a\"", "0");
  observe_unknown(vocabulary, {"x", "it's"}, "it's", "1");
  observe_unknown(vocabulary, {"x", "x", "i", "it"}, "\"i\"", "2");
  observe_unknown(vocabulary, {"It"}, "It", "0");
  observe_unknown(vocabulary, {""}, "\"\"", "0");
}

CASE(vocabulary, unknown_numbers, "a number that no symbol has is refused, wherever it stands") {
  const Vocabulary vocabulary(Symbols{"a", "b", "c", "d"});
  for (const Label bad : {Label{70}, Label{4}, Label{-1}, Label{-4},
                          std::numeric_limits<Label>::max(), std::numeric_limits<Label>::min()}) {
    observe_error(fmt::format("{} at place 0", bad), [&] { vocabulary.decode(Ids{bad, 1}); });
    observe_error(fmt::format("{} at place 2", bad), [&] { vocabulary.decode(Ids{0, 3, bad}); });
  }
  observe("the message names number, place and V", names(message_of<RangeError>([&] {
                                                           vocabulary.decode(Ids{0, 3, 70});
                                                         }),
                                                         "70", "2", "4"));
}

CASE(vocabulary, small, "a vocabulary of one symbol, and of none") {
  const Vocabulary one(Symbols{"x", "x"}), none(Symbols{});
  observe("V of one", one.size());
  observe("numbers of one", one.encode(Symbols{"x", "x", "x"}));
  observe_error("1 of one", [&] { one.decode(Ids{1}); });
  observe("V of none", none.size());
  observe("nothing encoded by none", none.encode(Symbols{}));
  observe_error("x by none", [&] { none.encode(Symbols{"x"}); });
  observe_error("0 of none", [&] { none.decode(Ids{0}); });
}

CASE(vocabulary, split, "the end is held out, its length rounded up, and nothing is lost",
     {.weight = 2}) {
  for (const double share : {0.25, 0.3, 0.5}) {
    for (const std::size_t n : {2, 7, 23}) observe_split(n, share);
  }
  observe_split(11, 0.01);
  observe_split(5, 0.75);
  observe_split(101, 0.95);
}

CASE(vocabulary, split_by_default, "a tenth is held out where no share is given") {
  for (const std::size_t n : {3, 20, 47}) {
    Ids ids(n);
    for (Label& id : ids) id = draw_integer(0, 9);
    calling("split(ids)");
    const TextSplit parts = split(input("ids", ids));
    observe(fmt::format("training, of {}", n), parts.training);
    observe(fmt::format("held out, of {}", n), parts.held_out);
  }
}

CASE(vocabulary, split_errors, "a share that is none, and too few symbols for two parts") {
  const Ids four = {3, 1, 2, 0}, two = {5, 6}, one = {7}, none;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double share : {0.0, 1.0, -0.25, 1.5, nan, std::numeric_limits<double>::infinity()})
    observe_error(fmt::format("share {}", share), [&] { split(four, share); });
  observe_error("none", [&] { split(none, 0.5); });
  observe_error("one", [&] { split(one, 0.5); });
  observe_error("two, of which two would be held out", [&] { split(two, 0.9); });
  observe_error("four, of which four would be held out", [&] { split(four, 0.8); });
  observe_error("no share and no symbols", [&] { split(none, 0.0); });
}

PROOF(vocabulary, by_hand) {
  prove(symbols_of("it's 5.\n", Unit::word) == Symbols{"it's", "5", ".", "\n"},
        "the contract's own text");
  prove(symbols_of("é€𝄞a", Unit::character) == Symbols{"é", "€", "𝄞", "a"},
        "two, three, four and one byte");
  const Vocabulary vocabulary(Symbols{"rose", "Rose", "a", "rose"});
  prove(vocabulary.symbols() == Symbols{"Rose", "a", "rose"},
        "three symbols, in the order of bytes");
  prove(vocabulary.encode(Symbols{"a", "rose", "Rose"}) == Ids{1, 2, 0}, "their numbers");
  const TextSplit parts = split(Ids{9, 8, 7, 6, 5}, 0.3);
  prove(parts.training == Ids{9, 8, 7} && parts.held_out == Ids{6, 5}, "1.5 rounded up is 2");
}

// Whatever the text is: characters joined are the text; words joined are the text without blanks
PROOF(vocabulary, nothing_is_lost) {
  for (std::size_t pieces = 0; pieces < 60; ++pieces) {
    const std::string text = draw_text(pieces);
    std::string characters, words, letters;
    for (const std::string& symbol : symbols_of(text, Unit::character)) characters += symbol;
    for (const std::string& symbol : symbols_of(text, Unit::word)) words += symbol;
    for (const char c : text) {
      if (c != ' ' && c != '\t' && c != '\r') letters += c;
    }
    prove(characters == text, "characters joined are the text");
    prove(words == letters, "words joined are the text without its blanks");
  }
}

PROOF(vocabulary, encode_and_decode_are_inverse) {
  for (const std::size_t n : {1, 10, 100}) {
    const Symbols symbols = draw_symbols(n);
    const Vocabulary vocabulary(symbols);
    prove(vocabulary.decode(vocabulary.encode(symbols)) == symbols, "decoded, they are as before");
    prove(std::is_sorted(vocabulary.symbols().begin(), vocabulary.symbols().end()), "sorted");
  }
}

PROOF(vocabulary, a_tenth) {
  for (std::size_t n = 2; n < 3000; ++n) {
    const TextSplit parts = split(Ids(n));
    prove(parts.held_out.size() == (n + 9) / 10, "a tenth, rounded up in whole numbers");
    prove(parts.training.size() + parts.held_out.size() == n, "both parts together are all");
  }
}

}  // namespace
}  // namespace gradbook
