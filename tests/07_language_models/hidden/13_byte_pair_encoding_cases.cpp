#include <fmt/format.h>

#include <algorithm>

#include "07_language_models/byte_pairs.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using Ids = std::vector<Label>;

std::string text_of_bytes(const Ids& bytes) {
  std::string text;
  for (const Label byte : bytes) text += static_cast<char>(byte);
  return text;
}

Ids bytes_of_text(const std::string& text) {
  Ids bytes;
  for (const char c : text) bytes.push_back(static_cast<unsigned char>(c));
  return bytes;
}

// A text of n bytes from `low` on, of so many different ones
std::string draw_text(std::size_t n, Label different, Label low = 'a') {
  Ids bytes(n);
  for (Label& byte : bytes) byte = draw_integer(low, low + different - 1);
  return text_of_bytes(bytes);
}

std::string input_text(std::size_t n, Label different, Label low = 'a') {
  const std::string text = draw_text(n, different, low);
  input("text", bytes_of_text(text));
  return text;
}

void observe_merges(const std::string& what, const BytePairs& pairs) {
  Ids flat;
  for (const auto& [first, second] : pairs.merges()) {
    flat.push_back(first);
    flat.push_back(second);
  }
  observe("merges, " + what, std::span<const Label>(flat),
          std::vector<std::uint64_t>{pairs.merges().size(), 2});
}

BytePairs observe_learnt(const std::string& what, const std::string& text, std::size_t merges) {
  calling(fmt::format("BytePairs, {}, at most {} merges", what, merges));
  BytePairs pairs(text, merges);
  observe_merges(fmt::format("{}, at most {}", what, merges), pairs);
  return pairs;
}

// The symbols of a text, and the bytes that they stand for
void observe_there_and_back(const std::string& what, const BytePairs& pairs,
                            const std::string& text) {
  calling("encode and decode, " + what);
  const Ids ids = pairs.encode(text);
  observe("symbols, " + what, ids);
  observe("bytes again, " + what, bytes_of_text(pairs.decode(ids)));
}

CASE(byte_pair_encoding, merges, "the most frequent pair of all, again and again", {.weight = 2}) {
  for (const Label different : {2, 3, 7}) {
    for (const std::size_t n : {7, 31, 211}) {
      const std::string text = input_text(n, different);
      for (const std::size_t merges : {1, 2, 11})
        observe_learnt(fmt::format("{} bytes, {} different", n, different), text, merges);
    }
  }
}

CASE(byte_pair_encoding, words, "words that come often become symbols") {
  const std::string words[] = {"the ", "then ", "other ", "he ", "there ", "oh, "};
  std::string text;
  for (int i = 0; i < 120; ++i) text += words[draw_integer(0, 5)];
  input("text", bytes_of_text(text));
  const BytePairs pairs = observe_learnt("120 words of six", text, 60);
  observe_there_and_back("120 words of six", pairs, text);
}

CASE(byte_pair_encoding, how_many, "as many merges as asked for, as long as there are any") {
  const std::string text = input_text(101, 4);
  for (const std::size_t merges : {0, 1, 2, 3, 1000}) {
    const BytePairs pairs = observe_learnt("101 bytes", text, merges);
    observe(fmt::format("size, at most {}", merges), pairs.size());
  }
}

CASE(byte_pair_encoding, no_pair_twice, "a pair that occurs once becomes no symbol") {
  for (const std::string text : {"", "x", "xy", "xx", "abcdefg", "abcab", "aabb"})
    observe_learnt("\"" + text + "\"", text, 9);
}

CASE(byte_pair_encoding, ties,
     "of equally frequent pairs the one with the smaller first number, "
     "and then the smaller second",
     {.weight = 2}) {
  // Every pair comes twice, each time between bytes of its own
  const auto twice = [](const std::vector<std::string>& pairs) {
    std::string text;
    char other = 1;
    for (const std::string& pair : pairs) {
      for (int i = 0; i < 2; ++i) text += pair + std::string(1, other++);
    }
    return text;
  };
  observe_learnt("first numbers differ", twice({"mx", "kz", "ky", "pa"}), 1);
  observe_learnt("second numbers differ", twice({"kz", "kd", "kq"}), 1);
  observe_learnt("smaller first, larger second", twice({"ka", "cz"}), 1);
  observe_learnt("bytes above 127", twice({"\xe0z", "zz", "z\xe0", "z~"}), 4);
  observe_learnt("a symbol against a byte", "xyq1xyq2qxy3qxy4", 3);
  for (const std::size_t n : {12, 29, 47}) {
    const std::string half = input_text(n, 26);
    observe_learnt(fmt::format("{} bytes, twice", n), half + half, 40);
  }
}

CASE(byte_pair_encoding, runs,
     "in aaa the pair aa counts twice, and is replaced once, from the left", {.weight = 2}) {
  for (const std::size_t n : {2, 3, 4, 5, 6, 7, 11, 17}) {
    const std::string run(n, 'a');
    observe_there_and_back(fmt::format("{} times a", n), observe_learnt(run, run, 9), run);
  }
  const std::string text = input_text(150, 2);
  observe_there_and_back("runs of two", observe_learnt("runs of two", text, 20), text);
  observe_learnt("counted with overlaps", "aaaaaxbcxbcxbc", 1);
  const BytePairs pairs = observe_learnt("aa", "aa aa", 1);
  for (const std::size_t n : {1, 2, 3, 4, 5, 8})
    observe_there_and_back(fmt::format("{} times a, aa learnt", n), pairs,
                           "b" + std::string(n, 'a') + "b");
}

CASE(byte_pair_encoding, last_place, "a pair at the very end counts, and is replaced") {
  observe_there_and_back("bcabca", observe_learnt("ends in the pair", "1ca2ca", 1), "ca");
  observe_learnt("the last pair decides", "ab1cd2cd3ab4zab", 1);
  observe_learnt("the first pair decides", "zab1cd2cd3ab4cd5ab", 1);
}

CASE(byte_pair_encoding, there_and_back, "decode gives what encode got, byte for byte",
     {.weight = 2}) {
  for (const Label different : {1, 2, 5}) {
    const std::string text = input_text(97, different);
    observe_there_and_back(fmt::format("{} different bytes", different), BytePairs(text, 30), text);
  }
}

CASE(byte_pair_encoding, any_bytes, "any bytes, 0 and those above 127 too", {.weight = 2}) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  observe_there_and_back("all 256 bytes, nothing learnt", BytePairs("", 3), all);
  const std::string zeros = std::string("a\0b\0a\0b\0", 8), high = input_text(120, 3, 253);
  observe_there_and_back("zeros", observe_learnt("zeros", zeros, 5), zeros);
  observe_there_and_back("bytes 253 to 255", observe_learnt("bytes 253 to 255", high, 15), high);
  const std::string any = input_text(300, 256, 0);
  observe_there_and_back("drawn bytes, twice", observe_learnt("drawn bytes, twice", any + any, 20),
                         any);
}

CASE(byte_pair_encoding, other_texts, "a text that nothing was learnt from, with what was learnt",
     {.weight = 2}) {
  const BytePairs pairs = observe_learnt("what is learnt from", input_text(200, 3), 25);
  for (const std::size_t n : {0, 1, 2, 13, 89}) {
    observe_there_and_back(fmt::format("{} bytes of the same", n), pairs, input_text(n, 3));
    observe_there_and_back(fmt::format("{} bytes, some never seen", n), pairs, input_text(n, 5));
  }
  observe_there_and_back("none ever seen", pairs, "XYZ XYZ");
  observe_merges("after all that", pairs);
}

CASE(byte_pair_encoding, order, "what was learnt first is applied first, wherever it stands") {
  const BytePairs pairs = observe_learnt("bc often, ab less", "bc bc bc bc ab ab ab", 2);
  for (const std::string text : {"abc", "ababc", "abcabc", "abcb"})
    observe_there_and_back(text, pairs, text);
  const BytePairs deep = observe_learnt("pairs of pairs", "abcd abcd abcd cd cd bcbc", 6);
  for (const std::string text : {"abcd", "bcd", "bcda", "cdcdab"})
    observe_there_and_back(text, deep, text);
}

CASE(byte_pair_encoding, absent_pair, "a merge that a text has no use for does not end encoding") {
  const BytePairs pairs = observe_learnt("three pairs", "xyxyxyxy1pq2pq3pq4mn5mn", 5);
  for (const std::string text : {"pqpq", "mnxy", "mn"}) observe_there_and_back(text, pairs, text);
}

CASE(byte_pair_encoding, decode, "any symbols in any order, however deep their halves go") {
  const BytePairs pairs = observe_learnt("what is learnt from", input_text(150, 3), 20);
  Ids ids;
  for (int i = 0; i < 60; ++i) ids.push_back(draw_integer(0, static_cast<Label>(pairs.size()) - 1));
  calling("decode of 60 drawn symbols");
  observe("bytes", bytes_of_text(pairs.decode(input("symbols", ids))));
  for (Label id = 256; id < static_cast<Label>(pairs.size()); ++id)
    observe(fmt::format("bytes of symbol {}", id), bytes_of_text(pairs.decode(Ids{id})));
  observe("bytes of no symbols", bytes_of_text(pairs.decode(Ids{})));
  const BytePairs doubled(std::string(4096, 'z'), 11);
  const std::string bytes = doubled.decode(Ids{266, 265, 'y'});
  observe("how many bytes 266, 265 and y are", bytes.size());
  observe("how many of them are z",
          static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), 'z')));
}

void observe_refusal(const BytePairs& pairs, const Ids& ids, const char* number,
                     const char* place) {
  const std::string what = fmt::format("{} at place {} of {} symbols", number, place, ids.size());
  const auto call = [&] { pairs.decode(ids); };
  calling("decode, " + what);
  observe_error(what, call);
  observe("number and place are in the message, " + what,
          names(message_of<RangeError>(call), number, fmt::format("place {}", place)));
}

CASE(byte_pair_encoding, errors, "numbers that are no symbols, with number and place") {
  const BytePairs none("", 0), some("abab cdcd", 2);
  observe_refusal(some, {97, 98, 99, -1}, "-1", "3");
  observe_refusal(some, {97, -300}, "-300", "1");
  observe_refusal(some, {97, 257, 258, 98}, "258", "2");
  observe_refusal(none, {256}, "256", "0");
}

CASE(byte_pair_encoding, huge_numbers, "a number beyond 32 bits is no symbol either") {
  const BytePairs some("abab cdcd", 2);
  observe_refusal(some, {257, 4294967393}, "4294967393", "1");
  observe_refusal(some, {-4294967199}, "-4294967199", "0");
}

// ---- proofs

PROOF(byte_pair_encoding, by_hand) {
  using Pairs = std::vector<std::pair<Label, Label>>;
  const BytePairs banana("banana bandana", 99);
  prove(banana.merges() == Pairs{{'a', 'n'}, {'b', 256}, {256, 'a'}}, "banana bandana");
  prove(banana.encode("banana bandana") == Ids{257, 258, ' ', 257, 'd', 258}, "in six symbols");
  prove(BytePairs("aaabdaaabac", 99).merges() == Pairs{{'a', 'a'}, {'a', 'b'}, {256, 257}},
        "aaabdaaabac");
  prove(message_of<RangeError>([] {
          BytePairs("abababab", 4).decode(Ids{1, 2, 3, 300});
        }) == "BytePairs: 300 at place 3 is not below 258",
        "the sentence of the contract");
}

// Every merge is of the pair that counts most in what the merges before it have made, by a count
// of its own
PROOF(byte_pair_encoding, each_merge_is_the_most_frequent) {
  for (const Label different : {1, 2, 3, 6}) {
    const std::string text = draw_text(160, different);
    const BytePairs all(text, 1000);
    for (std::size_t m = 0; m <= all.merges().size(); ++m) {
      const Ids ids = BytePairs(text, m).encode(text);
      std::pair<Label, Label> best{-1, -1};
      int most = 1;
      for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
        const std::pair pair(ids[i], ids[i + 1]);
        int count = 0;
        for (std::size_t j = 0; j + 1 < ids.size(); ++j)
          count += ids[j] == pair.first && ids[j + 1] == pair.second;
        if (count > most || (count == most && count > 1 && pair < best)) best = pair, most = count;
      }
      if (m < all.merges().size())
        prove(all.merges()[m] == best, "the most frequent pair, of equal ones the smallest");
      else
        prove(most < 2, "it ends where no pair comes twice");
    }
  }
}

PROOF(byte_pair_encoding, nothing_is_lost) {
  for (std::size_t n = 0; n < 60; ++n) {
    const BytePairs pairs(draw_text(n * 5, 4), n);
    for (const Label different : {2, 4, 150}) {
      const std::string text = draw_text(n, different);
      prove(pairs.decode(pairs.encode(text)) == text, "there and back");
    }
  }
}

}  // namespace
}  // namespace gradbook
