#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "07_language_models/ngram.hpp"
#include "support/case.hpp"
#include "support/messages.hpp"
#include "support/snippets.hpp"

namespace gradbook {
namespace {

using Ids = std::vector<Label>;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// A text that repeats itself, so that long contexts come again too
Ids drawn_text(std::size_t n, std::size_t vocabulary) {
  Ids text(n);
  for (std::size_t i = 0; i < n; ++i) {
    const bool again = i >= 3 && draw(0, 1) < 0.5;
    text[i] = again ? text[i - 3] : draw_integer(0, static_cast<Label>(vocabulary) - 1);
  }
  return text;
}

Ids draw_text(std::size_t n, std::size_t vocabulary) {
  return input("text", drawn_text(n, vocabulary));
}

NgramCounts counted(int order, std::size_t vocabulary, const std::vector<Ids>& texts) {
  NgramCounts counts(order, vocabulary);
  for (const Ids& text : texts) {
    calling(fmt::format("NgramCounts({}, {}).add({})", order, vocabulary, text));
    counts.add(text);
  }
  return counts;
}

// Every context of k symbols that there can be, kStart included, the first one all kStart
std::vector<Ids> contexts_of(std::size_t k, std::size_t vocabulary) {
  std::vector<Ids> all = {{}};
  for (std::size_t length = 0; length < k; ++length) {
    std::vector<Ids> longer;
    for (const Ids& context : all) {
      for (Label next = kStart; next < static_cast<Label>(vocabulary); ++next) {
        longer.push_back(context);
        longer.back().push_back(next);
      }
    }
    all = std::move(longer);
  }
  return all;
}

// The total, and how often each symbol from kStart to V − 1 followed; all 0 for what never occurred
Ids followers(const NgramCounts& counts, const Ids& context) {
  Ids row(counts.vocabulary() + 2);
  if (const Followers* found = counts.find(context)) {
    row[0] = found->total;
    for (const auto& [symbol, count] : found->next)
      row.at(static_cast<std::size_t>(symbol + 2)) = count;
  }
  return row;
}

// How often each context was followed, and by what: by itself for short contexts, in one list for
// those that are many
void observe_counts(const std::string& what, const NgramCounts& counts) {
  observe("number of contexts, " + what, counts.contexts());
  for (std::size_t k = 0; k <= static_cast<std::size_t>(counts.order()); ++k) {
    Ids all;
    for (const Ids& context : contexts_of(k, counts.vocabulary())) {
      const Ids row = followers(counts, context);
      all.insert(all.end(), row.begin(), row.end());
      if (k < 2) observe(fmt::format("after {}, {}", context, what), row);
    }
    if (k >= 2) observe(fmt::format("after each of the contexts of {} symbols, {}", k, what), all);
  }
}

// What both ways to smooth make of a context
void observe_row(const NgramCounts& counts, const Ids& before) {
  std::vector<double> half, none, mixed;
  for (Label next = 0; next < static_cast<Label>(counts.vocabulary()); ++next) {
    half.push_back(add_k(counts, before, next, 0.5));
    none.push_back(add_k(counts, before, next, 0));
    mixed.push_back(witten_bell(counts, before, next));
  }
  observe(fmt::format("add_k with 0.5, after {}", before), half);
  observe(fmt::format("add_k with 0, after {}", before), none);
  observe(fmt::format("witten_bell, after {}", before), mixed, {.terms = 10});
}

// The words that followed, each with its share, as a lecture would write the table
template <class Snippets>
void observe_table(const Snippets& snippets, const std::string& context) {
  const SnippetNumbers words(snippets);
  NgramCounts counts(3, words.vocabulary().size());
  calling(fmt::format("add of {} snippets, then what follows \"{}\"", snippets.size(), context));
  for (const Ids& text : words.texts()) counts.add(text);
  std::string table;
  if (const Followers* found = counts.find(words(context))) {
    for (const auto& [symbol, count] : found->next)
      table += fmt::format("{} {}/{}; ",
                           words.vocabulary().symbols().at(static_cast<std::size_t>(symbol)), count,
                           found->total);
  }
  observe(fmt::format("what follows \"{}\"", context), table);
  std::vector<double> p;
  for (std::size_t next = 0; next < words.vocabulary().size(); ++next)
    p.push_back(add_k(counts, words(context), static_cast<Label>(next), 0));
  observe("counting alone, for every word", p);
}

CASE(ngram_counts, narwhals, "the lecture's first table: big 2/8, a 2/8, and four with 1/8 each") {
  observe_table(kNarwhals, "narwhals are");
}

CASE(ngram_counts, cows,
     "the lecture's second table: corn 4/11, grass 3/11, hay 2/11, two with 1/11") {
  observe_table(kCows, "cows eat");
}

CASE(ngram_counts, every_order, "every symbol counts once for each context of 0 to n - 1 symbols",
     {.weight = 2}) {
  for (const int order : {1, 2, 3, 4, 5})
    observe_counts(fmt::format("order {}", order), counted(order, 3, {draw_text(23, 3)}));
}

CASE(ngram_counts, start,
     "what is missing before the first symbol is kStart, as often as it is missing") {
  for (const int order : {2, 3, 5})
    observe_counts(fmt::format("order {}, three symbols", order), counted(order, 2, {{1, 0, 1}}));
}

CASE(ngram_counts, several_texts, "counts add up over texts, and each text begins anew") {
  const std::vector<Ids> texts = {draw_text(11, 3), draw_text(7, 3), draw_text(1, 3),
                                  draw_text(13, 3)};
  for (const int order : {2, 4})
    observe_counts(fmt::format("order {}", order), counted(order, 3, texts));
}

CASE(ngram_counts, short_texts,
     "a text without symbols counts nothing; one symbol follows kStart alone") {
  observe_counts("no text", counted(3, 2, {}));
  observe_counts("an empty text", counted(3, 2, {{}}));
  observe_counts("one symbol", counted(3, 2, {{1}}));
  observe_counts("V = 1", counted(4, 1, {{0, 0, 0}}));
}

CASE(ngram_counts, context,
     "the last k symbols before a place, with kStart in front for those missing") {
  for (const std::size_t n : {0, 1, 2, 3, 7}) {
    const Ids before = draw_text(n, 50);
    for (const std::size_t k : {0, 1, 2, 4}) {
      calling(fmt::format("context({}, {})", before, k));
      observe(fmt::format("the last {} of {}", k, n), NgramCounts::context(before, k));
    }
  }
}

CASE(ngram_counts, add_k,
     "(count + k) / (total + k V), and 1 / V for a context that never occurred", {.weight = 2}) {
  for (const int order : {1, 2, 3, 5}) {
    const NgramCounts counts = counted(order, 4, {draw_text(19, 4), draw_text(5, 4)});
    const Ids before = input("before", drawn_text(9, 4));
    for (const double k : {0.0, 0.01, 1.0, draw(0.1, 3), 1e6}) {
      for (const std::size_t n : {0, 1, 2, 9}) {
        std::vector<double> p;
        for (Label next = 0; next < 4; ++next)
          p.push_back(add_k(counts, std::span(before).first(n), next, k));
        observe(fmt::format("order {}, k = {:.3g}, after {} symbols", order, k, n), p);
      }
    }
  }
}

CASE(ngram_counts, witten_bell,
     "each context mixes in what the next shorter one says, as much as it has "
     "different followers",
     {.weight = 2}) {
  for (const int order : {1, 2, 3, 4, 5}) {
    const NgramCounts counts = counted(order, 3, {draw_text(17, 3), draw_text(4, 3)});
    for (const std::size_t n : {0, 1, 3, 8}) {
      const Ids before = input("before", drawn_text(n, 3));
      std::vector<double> p;
      for (Label next = 0; next < 3; ++next) p.push_back(witten_bell(counts, before, next));
      observe(fmt::format("order {}, after {}", order, before), p, {.terms = 10});
    }
  }
}

CASE(ngram_counts, unseen,
     "a context that never occurred: add_k knows nothing, witten_bell asks a shorter one",
     {.weight = 2}) {
  const NgramCounts counts = counted(3, 5, {{0, 1, 0, 1, 2}});
  for (const Ids& before :
       {Ids{2, 0}, Ids{2, 2}, Ids{1, 1, 1}, Ids{3, 4}, Ids{4, 1}, Ids{2}, Ids{4}, Ids{0, 1, 2}})
    observe_row(counts, before);
}

CASE(ngram_counts, nothing_counted, "before anything was counted all symbols are alike") {
  for (const int order : {1, 4}) {
    const NgramCounts nothing = counted(order, 7, {});
    observe_row(nothing, {});
    observe_row(nothing, {3, 1, 6, 2, 0});
  }
  observe_row(counted(2, 1, {{0, 0}}), {0});
}

CASE(ngram_counts, all_that_comes_next,
     "next_by_witten_bell has witten_bell of every symbol, and adds up to 1") {
  for (const int order : {1, 3, 5}) {
    for (const std::size_t vocabulary : {1, 2, 11}) {
      const NgramCounts counts = counted(order, vocabulary, {draw_text(31, vocabulary)});
      const Ids before = input("before", drawn_text(6, vocabulary));
      const std::vector<double> p = next_by_witten_bell(counts, before);
      const std::string what = fmt::format("order {}, V = {}", order, vocabulary);
      observe("probabilities, " + what, p, {.terms = 10});
      observe("their sum, " + what, std::accumulate(p.begin(), p.end(), 0.0), {.terms = 100});
    }
  }
}

CASE(ngram_counts, leaves_all_as_it_was, "asking counts nothing, and the text is as before") {
  const Ids text = draw_text(29, 4), before = text;
  NgramCounts counts(3, 4);
  counts.add(text);
  observe("the text is as before", text == before);
  const std::size_t contexts = counts.contexts();
  for (const Ids& context : {Ids{3, 3}, Ids{0, 2, 1}, Ids{}}) {
    add_k(counts, context, 1, 0.5);
    next_by_witten_bell(counts, context);
  }
  observe("no context came to it", counts.contexts() == contexts);
  observe_counts("after all these questions", counts);
}

CASE(ngram_counts, long_text, "ten thousand symbols, order 5") {
  NgramCounts counts(5, 27);
  const Ids text = drawn_text(10'007, 27);
  const std::span all(text);
  calling("add of 9007 drawn symbols, then -log of witten_bell for the next 1000");
  counts.add(all.first(9007));
  double sum = 0;
  for (std::size_t i = 9007; i < text.size(); ++i)
    sum -= std::log(witten_bell(counts, all.first(i), text[i]));
  observe("number of contexts", counts.contexts());
  observe("sum of -log p", sum, {.terms = 2000});
}

CASE(ngram_counts, errors_of_add,
     "a symbol that is none of V is refused, and then nothing was counted") {
  for (const Ids& text : {Ids{0, 1, 2, 3}, Ids{-1}, Ids{2, 1, -1, 0}, Ids{1, 1, 70},
                          Ids{0, std::numeric_limits<Label>::min()}}) {
    NgramCounts counts(2, 3);
    counts.add(Ids{0, 2});
    calling(fmt::format("NgramCounts(2, 3).add({})", text));
    observe_error(fmt::format("{}", text), [&] { counts.add(text); });
    observe_counts(fmt::format("after {} was refused", text), counts);
  }
  NgramCounts counts(2, 65);
  observe("the message names symbol, place and V", names(message_of<RangeError>([&] {
                                                           counts.add(Ids{0, 64, 1, 70});
                                                         }),
                                                         "70", "3", "65"));
}

CASE(ngram_counts, errors_of_next,
     "a symbol that is none of V has no probability, and k is not negative") {
  const NgramCounts counts = counted(2, 3, {{0, 1, 2, 0}}), nothing(1, 3);
  const Ids before = {0};
  for (const Label bad : {Label{3}, Label{-1}, Label{70}, std::numeric_limits<Label>::max()}) {
    observe_error(fmt::format("add_k of {}", bad), [&] { add_k(counts, before, bad, 1); });
    observe_error(fmt::format("witten_bell of {}", bad), [&] { witten_bell(counts, before, bad); });
    observe_error(fmt::format("add_k of {}, nothing counted", bad),
                  [&] { add_k(nothing, before, bad, 1); });
    observe_error(fmt::format("witten_bell of {}, nothing counted", bad),
                  [&] { witten_bell(nothing, {}, bad); });
  }
  for (const double k : {-1.0, -1e-9, kNan, kInfinity, -kInfinity})
    observe_error(fmt::format("k = {}", k), [&] { add_k(counts, before, 1, k); });
}

PROOF(ngram_counts, tables_of_the_lecture) {
  const auto prove_table = [](const SnippetNumbers& words, const char* context,
                              std::vector<std::pair<const char*, int>> expected) {
    NgramCounts counts(3, words.vocabulary().size());
    for (const Ids& text : words.texts()) counts.add(text);
    const Followers* found = counts.find(words(context));
    prove(found != nullptr && found->next.size() == expected.size(), "as many different words");
    for (const auto& [word, count] : expected) {
      prove(found->next.at(words(word).at(0)) == count, word);
      prove_close(word, add_k(counts, words(context), words(word).at(0), 0),
                  count / static_cast<double>(words.texts().size()), 0);
    }
  };
  prove_table(
      SnippetNumbers(kNarwhals), "narwhals are",
      {{"big", 2}, {"a", 2}, {"hiding", 1}, {"coming", 1}, {"friendly", 1}, {"generated", 1}});
  prove_table(SnippetNumbers(kCows), "cows eat",
              {{"corn", 4}, {"grass", 3}, {"hay", 2}, {"if", 1}, {"which", 1}});
}

PROOF(ngram_counts, rows_sum_to_one) {
  for (int order = 1; order <= 5; ++order) {
    NgramCounts counts(order, 4);
    counts.add(drawn_text(60, 4));
    for (std::size_t n = 0; n <= 5; ++n) {
      for (const Ids& before : contexts_of(n, 4)) {
        double mixed = 0, half = 0, none = 0;
        for (Label next = 0; next < 4; ++next) {
          mixed += witten_bell(counts, before, next);
          half += add_k(counts, before, next, 0.5);
          none += add_k(counts, before, next, 0);
          prove(witten_bell(counts, before, next) > 0, "every symbol may come");
        }
        prove_close("witten_bell", mixed, 1, 1e-14);
        prove_close("add_k, 0.5", half, 1, 1e-14);
        prove_close("add_k, 0", none, 1, 1e-14);
      }
      if (n == 4 && order < 5) break;
    }
  }
}

// "abab" by hand: T and totals of "" (2, 4), of "a" (1, 2); V = 3
PROOF(ngram_counts, witten_bell_by_hand) {
  NgramCounts counts(2, 3);
  counts.add(Ids{0, 1, 0, 1});
  const Ids a = {0}, c = {2};
  const double b_alone = (2 + 2 * (1.0 / 3)) / (4 + 2);
  prove_close("b after nothing but c", witten_bell(counts, c, 1), b_alone, 1e-15);
  prove_close("b after a", witten_bell(counts, a, 1), (2 + b_alone) / 3, 1e-15);
  prove_close("c after a", witten_bell(counts, a, 2), (0 + (2 * (1.0 / 3)) / 6) / 3, 1e-15);
}

// Each context is followed as often as it stands in the text, and a shorter one by the sum
PROOF(ngram_counts, longer_contexts_share_the_counts_of_shorter_ones) {
  NgramCounts counts(5, 3);
  counts.add(drawn_text(200, 3));
  for (std::size_t k = 0; k < 4; ++k) {
    for (const Ids& context : contexts_of(k, 3)) {
      Ids sum(5);
      for (Label first = kStart; first < 3; ++first) {
        Ids longer = context;
        longer.insert(longer.begin(), first);
        const Ids row = followers(counts, longer);
        for (std::size_t i = 0; i < row.size(); ++i) sum[i] += row[i];
      }
      prove(sum == followers(counts, context),
            "the counts of a context are those of all longer ones");
    }
  }
}

}  // namespace
}  // namespace gradbook
