#include "07_language_models/perplexity.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "support/case.hpp"
#include "support/messages.hpp"

namespace gradbook {
namespace {

using Ids = std::vector<Label>;
using Before = std::span<const Label>;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Ids drawn_text(std::size_t n) {
  Ids text(n);
  for (Label& symbol : text) symbol = draw_integer(0, 9);
  return text;
}

Ids draw_text(std::size_t n) { return input("text", drawn_text(n)); }

// A model that uses everything: p depends on each symbol that came before, on their order, and on
// the next
double whimsical(Before before, Label next) {
  double x = 0.3 + 0.07 * static_cast<double>(next);
  for (const Label symbol : before) x = 0.5 * x + 0.41 * static_cast<double>(symbol + 1);
  return 0.02 + 0.95 * (x - std::floor(x));
}

// A model that says these numbers one after the other, whatever the text is
auto scripted(const std::vector<double>& script) {
  return [&script](Before before, Label) { return script.at(before.size()); };
}

Tolerance sum_of(std::size_t terms) {
  return {.terms = static_cast<double>(terms) + 4, .scale = 4};
}

void observe_all(const std::string& what, Before text, Conditional p) {
  calling(what);
  observe("log_probability, " + what, log_probability(text, p), sum_of(text.size()));
  observe("perplexity, " + what, perplexity(text, p), sum_of(text.size()));
  observe("bits_per_symbol, " + what, bits_per_symbol(text, p), sum_of(text.size()));
}

CASE(perplexity, chain_rule, "the product of p of each symbol given all that came before it",
     {.weight = 2}) {
  for (const std::size_t n : {1, 2, 3, 7, 40})
    observe_all(fmt::format("{} symbols", n), draw_text(n), whimsical);
}

CASE(perplexity, asked,
     "the model is asked for each symbol once, with what came before and not with more",
     {.weight = 2}) {
  const Ids text = draw_text(6);
  std::vector<std::string> questions;
  calling("log_probability of 6 symbols, with a model that writes down what it is asked");
  log_probability(text, [&](Before before, Label next) {
    questions.push_back(fmt::format("{} after {}", next, before));
    return 0.5;
  });
  std::sort(questions.begin(), questions.end(), [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  observe("how many questions", questions.size());
  for (const std::string& question : questions) observe("question", question);
}

CASE(perplexity, scripted, "drawn probabilities, whatever the symbols are") {
  for (const std::size_t n : {1, 5, 19}) {
    const std::vector<double> script = input("p", draw_list(n, 0.001, 1));
    observe_all(fmt::format("{} probabilities", n), drawn_text(n), scripted(script));
  }
}

CASE(perplexity, uniform, "a model that knows nothing wavers between all V symbols") {
  for (const double v : {1, 2, 10, 27, 65, 50257}) {
    const auto alike = [v](Before, Label) { return 1 / v; };
    for (const std::size_t n : {1, 3, 1000})
      observe_all(fmt::format("V = {}, {} symbols", v, n), drawn_text(n), alike);
  }
}

CASE(perplexity, no_symbols, "no symbols are certain, and have no mean") {
  bool asked = false;
  const auto model = [&](Before, Label) {
    asked = true;
    return 0.5;
  };
  observe("log_probability", log_probability({}, model));
  observe_error("perplexity", [&] { perplexity({}, model); });
  observe_error("bits_per_symbol", [&] { bits_per_symbol({}, model); });
  observe("the model was asked", asked);
}

CASE(perplexity, certain, "a model that is always right: 0 nats, 0 bits, a perplexity of 1") {
  for (const std::size_t n : {1, 4, 100})
    observe_all(fmt::format("{} symbols", n), drawn_text(n), [](Before, Label) { return 1.0; });
}

CASE(perplexity, impossible, "one symbol with the probability 0 makes the whole text impossible") {
  for (const std::vector<double>& p :
       {std::vector<double>{0}, {0.5, 0, 0.25}, {0, 1, 1}, {1, 0.9, 0}, {0, 0}})
    observe_all(fmt::format("p of {}", p), drawn_text(p.size()), scripted(p));
}

CASE(perplexity, tiny, "probabilities down to the smallest that a double holds") {
  for (const std::vector<double>& p :
       {std::vector<double>{1e-300, 1e-300, 0.5}, {5e-324}, {1e-12, 1e-13, 1}})
    observe_all(fmt::format("p of {}", p), drawn_text(p.size()), scripted(p));
}

CASE(perplexity, million, "a million symbols, whose product is far below what a double holds",
     {.weight = 2}) {
  const Ids text(1'000'000, 3);
  const double low = draw(0.05, 0.3), high = draw(0.3, 0.9);
  const auto model = [=](Before before, Label) { return before.size() % 3 == 0 ? low : high; };
  observe_all("a million symbols", text, model);
}

CASE(perplexity, text_unchanged, "the text is as before") {
  const Ids text = draw_text(12), before = text;
  calling("all three functions");
  log_probability(text, whimsical);
  perplexity(text, whimsical);
  bits_per_symbol(text, whimsical);
  observe("the text is as before", text == before);
}

CASE(perplexity, no_probability, "what is not in [0, 1] is refused, wherever it comes") {
  for (const double bad : {1.2, -0.1, kNan, kInfinity, -kInfinity, 1 + 1e-15, -1e-300}) {
    for (const std::size_t place : {0, 2, 4}) {
      std::vector<double> script = {0.5, 0.25, 1, 0, 0.125};
      script[place] = bad;
      const Ids text(5, 1);
      const std::string what = fmt::format("p is {} at place {}", bad, place);
      observe_error("log_probability, " + what, [&] { log_probability(text, scripted(script)); });
      observe_error("perplexity, " + what, [&] { perplexity(text, scripted(script)); });
      observe_error("bits_per_symbol, " + what, [&] { bits_per_symbol(text, scripted(script)); });
    }
  }
  const std::vector<double> script = {0.5, 0.5, 0.5, 1.5};
  observe("the message names p and place",
          names(message_of<RangeError>([&] { log_probability(Ids(4, 1), scripted(script)); }),
                "1.5", "3"));
}

CASE(perplexity, error_of_the_model, "what the model throws comes through") {
  const auto broken = [](Before before, Label) -> double {
    if (before.size() == 2) throw ShapeError("no model");
    return 0.5;
  };
  observe_error("at the third of four", [&] { log_probability(Ids(4, 1), broken); });
  observe_error("perplexity of two is fine", [&] { perplexity(Ids(2, 1), broken); });
}

PROOF(perplexity, logarithm_of_the_product) {
  for (const std::size_t n : {1, 2, 5, 9}) {
    const Ids text = drawn_text(n);
    double product = 1;
    for (std::size_t t = 0; t < n; ++t) product *= whimsical(Before(text).first(t), text[t]);
    prove_close("log of the product", log_probability(text, whimsical), std::log(product), 1e-12);
    prove_close("T-th root of 1 / product", perplexity(text, whimsical),
                std::pow(product, -1.0 / static_cast<double>(n)), 1e-10);
  }
}

PROOF(perplexity, uniform_gives_v) {
  for (int v = 1; v <= 100; ++v) {
    const auto alike = [v](Before, Label) { return 1.0 / v; };
    prove_close("perplexity", perplexity(drawn_text(57), alike), v, 1e-12 * v);
    prove_close("bits", bits_per_symbol(drawn_text(57), alike), std::log2(v), 1e-13);
  }
}

// Half a million symbols at 1/2 and half a million at 1/8 have 1 and 3 bits: 2 on average
PROOF(perplexity, a_million_symbols_at_two_bits) {
  const Ids text(1'000'000, 0);
  const auto model = [](Before before, Label) { return before.size() % 2 == 0 ? 0.5 : 0.125; };
  prove_close("bits", bits_per_symbol(text, model), 2, 1e-9);
  prove_close("perplexity", perplexity(text, model), 4, 1e-8);
  prove_close("nats", log_probability(text, model), -2e6 * std::log(2.0), 1e-2);
}

}  // namespace
}  // namespace gradbook
