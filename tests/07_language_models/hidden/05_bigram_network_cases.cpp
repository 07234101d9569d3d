#include "07_language_models/bigram_network.hpp"

#include <fmt/format.h>

#include <cmath>

#include "06_training/optimizers.hpp"
#include "support/modules.hpp"

namespace gradbook {
namespace {

using Text = std::vector<Label>;

struct Size {
  std::size_t symbols, length;
};
constexpr Size kSizes[] = {{1, 2}, {1, 7}, {2, 3}, {3, 2}, {5, 31}, {7, 5}, {13, 101}};
const Tolerance kSums{.terms = 200, .scale = 4};

std::string text_of(const Size& s) { return fmt::format("{} of {} symbols", s.length, s.symbols); }

Text draw_text(const Size& s) {
  Text text;
  for (std::size_t i = 0; i < s.length; ++i)
    text.push_back(draw_integer(0, static_cast<Label>(s.symbols) - 1));
  return text;
}

Text input_text(const Size& s) { return input("text", draw_text(s)); }

// A network whose table is shown
struct Drawn {
  explicit Drawn(std::size_t symbols) : network(symbols, random) {
    network.table.weight.value() = input_matrix("table", symbols, symbols);
  }
  Matrix& table() { return network.table.weight.value(); }

  Random random{1};
  BigramNetwork network;
};

void observe_counted(const std::string& what, const Text& text) {
  const Text before = text;
  calling("counted_loss, " + what);
  observe("counted loss, " + what, counted_loss(text), kSums);
  observe("the text is as before, " + what, text == before);
}

// Steps, with a gradient of somebody else's before the first
void observe_steps(const std::string& what, Drawn& drawn, ModuleOptimizer& optimizer,
                   const Text& text, int steps) {
  Parameter& table = drawn.network.table.weight;
  table.grad() = input_matrix("gradient of before", table.value().shape(0), table.value().shape(1));
  for (int i = 1; i <= steps; ++i) {
    const std::string step = fmt::format("step {}, {}", i, what);
    calling("bigram_step: " + step);
    observe("loss before " + step, bigram_step(drawn.network, optimizer, text), kSums);
    observe("gradient of " + step, table.grad(), kSums);
    observe("table after " + step, table.value(), kSums);
    observe("modules on the tape after " + step, tape().size());
  }
}

CASE(bigram_network, counted_loss, "the mean of −log of count(pair) / count(first), over all pairs",
     {.weight = 2}) {
  for (const Size& s : kSizes) observe_counted(text_of(s), input_text(s));
}

CASE(bigram_network, certain, "where each symbol has one follower, the loss is 0") {
  observe_counted("0 1 2 0 1 2 0", {0, 1, 2, 0, 1, 2, 0});
  observe_counted("4 4 4 4 4", {4, 4, 4, 4, 4});
  observe_counted("9 3", {9, 3});
}

CASE(bigram_network, last_symbol, "the last symbol is followed by nothing, and counts nothing") {
  const Label a = input("symbol", draw_integer(5, 40));
  observe_counted("a b a c a", {a, 1, a, 2, a});
  observe_counted("a b c b a", {a, 1, 2, 1, a});
  observe_counted("b b b a", {1, 1, 1, a});
}

CASE(bigram_network, order, "a pair is read from left to right") {
  Text text{0, 1, 0, 2, 0, 3, 0, 1, 4, 4};
  observe_counted("as it is", text);
  observe_counted("backwards", Text(text.rbegin(), text.rend()));
}

CASE(bigram_network, one_step, "loss, gradient and table of one step of descent", {.weight = 2}) {
  for (const Size& s : kSizes) {
    Drawn drawn(s.symbols);
    SGD descent(drawn.network.parameters(), {.rate = input("rate", draw(0.5, 2))});
    observe_steps(text_of(s), drawn, descent, input_text(s), 1);
  }
}

CASE(bigram_network, steps, "each step begins with the gradient of its own pass alone",
     {.weight = 2}) {
  for (const Size& s : {Size{5, 17}, Size{7, 5}}) {
    Drawn first(s.symbols), second(s.symbols);
    SGD descent(first.network.parameters(), {.rate = 1.5, .momentum = 0.5});
    Adam adam(second.network.parameters(), {.rate = 0.1});
    const Text text = input_text(s);
    observe_steps("descent with momentum, " + text_of(s), first, descent, text, 4);
    observe_steps("Adam, " + text_of(s), second, adam, text, 4);
  }
}

CASE(bigram_network, other_text, "the next step may be on another text, longer or shorter") {
  Drawn drawn(5);
  SGD descent(drawn.network.parameters(), {.rate = 1});
  for (const std::size_t length : {11, 2, 29})
    observe_steps(fmt::format("{} symbols", length), drawn, descent, input_text({5, length}), 1);
}

CASE(bigram_network, probabilities, "the softmax of each row of the table") {
  for (const std::size_t symbols : {1, 2, 7, 23}) {
    Drawn drawn(symbols);
    const Matrix before = drawn.table();
    const std::string what = fmt::format("{} symbols", symbols);
    calling("next_probabilities, " + what);
    observe("probabilities, " + what, next_probabilities(drawn.network), kSums);
    observe("the table is as before, " + what, same_bits(drawn.table(), before));
    observe("modules on the tape, " + what, tape().size());
    tape().clear();
  }
  Drawn large(3);
  large.table() = Matrix{{1000, 0, 1000}, {-1000, -1000, -1000}, {0, 2000, 1}};
  calling("next_probabilities of logits up to 2000");
  observe("probabilities, large logits", next_probabilities(large.network), kSums);
}

CASE(bigram_network, errors, "texts without a pair, and symbols that the network does not know") {
  Drawn drawn(3);
  const Matrix before = drawn.table();
  SGD descent(drawn.network.parameters(), {.rate = 1});
  const auto step = [&](Text text) {
    return [&drawn, &descent, text] { bigram_step(drawn.network, descent, text); };
  };
  calling("counted_loss and bigram_step of texts that are too short");
  observe_error("counted_loss of no symbols", [] { counted_loss(Text{}); });
  observe_error("counted_loss of one symbol", [] { counted_loss(Text{3}); });
  observe_error("bigram_step on no symbols", step({}));
  observe("modules on the tape after no symbols", tape().size());
  observe_error("bigram_step on one symbol", step({2}));
  observe("modules on the tape after one symbol", tape().size());
  observe_error("bigram_step on symbol 3 of 3 at the end", step({0, 1, 3}));
  tape().clear();
  observe_error("bigram_step on symbol 3 of 3 at the beginning", step({3, 1, 0}));
  tape().clear();
  observe("the table is as before", same_bits(drawn.table(), before));
}

// Trains on a text in which the likeliest follower of each symbol is the next one
struct Training {
  double before, after, counted;
};

Training trained(const Text& text, std::size_t symbols) {
  Random random(7);
  BigramNetwork network(symbols, random);
  Adam adam(network.parameters(), {.rate = 0.1});
  const double before = bigram_step(network, adam, text);
  for (int i = 0; i < 300; ++i) bigram_step(network, adam, text);
  return {before, bigram_step(network, adam, text), counted_loss(text)};
}

Text draw_rhythm(std::size_t symbols, std::size_t length) {
  Text text{0};
  while (text.size() < length) {
    const auto next = (text.back() + 1) % static_cast<Label>(symbols);
    text.push_back(draw(0, 1) < 0.7 ? next : draw_integer(0, static_cast<Label>(symbols) - 1));
  }
  return text;
}

CASE(bigram_network, learns_the_counts,
     "300 steps of Adam come within 0.01 of the loss that counting finds, and never below it",
     {.weight = 2}) {
  const Text text = input("text", draw_rhythm(6, 83));
  calling("302 steps on 83 of 6 symbols");
  const Training training = trained(text, 6);
  observe("loss at first", training.before);
  observe("loss at last", training.after);
  observe("counted loss", training.counted);
}
JUDGE(bigram_network, learns_the_counts) {
  const double counted = real(reference, "counted loss"), at_last = real(student, "loss at last");
  if (!(real(student, "loss at first") > counted + 0.1))
    return fail("the loss was at its end before anything was learnt");
  if (!(at_last <= counted + 1e-2))
    return fail(fmt::format("the loss is {:.4f} after 302 steps, and counting finds {:.4f}",
                            at_last, counted));
  if (!(at_last >= counted - 1e-6))
    return fail(fmt::format(
        "the loss is {:.4f} after 302 steps, and nothing that sees one symbol can be below {:.4f}",
        at_last, counted));
  if (!(std::abs(real(student, "counted loss") - counted) <= 1e-6))
    return fail(fmt::format("counted_loss is {:.4f} where counting finds {:.4f}",
                            real(student, "counted loss"), counted));
  return pass();
}

CASE(bigram_network, learns_the_quotients, "what it has learnt are the quotients of counts") {
  const Text text{0, 1, 0, 2, 0, 1, 0, 1, 2, 0};
  Random random(5);
  BigramNetwork network(3, random);
  SGD descent(network.parameters(), {.rate = 9});
  calling("40 steps of descent on 0 1 0 2 0 1 0 1 2 0, and next_probabilities");
  for (int i = 0; i < 40; ++i) bigram_step(network, descent, text);
  observe("probabilities", next_probabilities(network), {.terms = 1e5, .scale = 1});
}

PROOF(bigram_network, central_differences) {
  for (const Size& s : kSizes) {
    Drawn drawn(s.symbols);
    const Text text = draw_text(s);
    SGD still(drawn.network.parameters(), {.rate = 0});
    bigram_step(drawn.network, still, text);
    const Matrix gradient = drawn.network.table.weight.grad();
    detail::prove_gradient(
        text_of(s), drawn.table(), gradient,
        [&] { return bigram_step(drawn.network, still, text); }, 1e-8);
  }
}

PROOF(bigram_network, literals) {
  const double ln2 = std::log(2.0);
  prove_close("ab, ac, ba, ca", counted_loss(Text{0, 1, 0, 2, 0}), 2 * ln2 / 4, 1e-15);
  prove_close("aa, ab, ba", counted_loss(Text{0, 0, 1, 0}), 2 * ln2 / 3, 1e-15);
  Drawn drawn(4);
  drawn.table().fill(Real(2.5));
  SGD still(drawn.network.parameters(), {.rate = 0});
  prove_close("a table of one number", bigram_step(drawn.network, still, draw_text({4, 9})),
              2 * ln2, 1e-14);
}

// A table of the logarithms of the quotients has the counted loss, and a gradient of 0
PROOF(bigram_network, counts_are_the_least) {
  const Size s{3, 200};
  const Text text = draw_text(s);
  Drawn drawn(s.symbols);
  drawn.table().fill(0);
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    drawn.table()(static_cast<std::size_t>(text[i]), static_cast<std::size_t>(text[i + 1])) += 1;
  for (Real& x : drawn.table()) x = std::log(x);
  SGD still(drawn.network.parameters(), {.rate = 0});
  prove_close("loss of the counts", bigram_step(drawn.network, still, text), counted_loss(text),
              1e-13);
  for (const Real g : drawn.network.table.weight.grad()) prove_close("gradient", g, 0, 1e-14);
}

PROOF(bigram_network, training_comes_within_a_hundredth) {
  for (int i = 0; i < 5; ++i) {
    const Training training = trained(draw_rhythm(6, 83), 6);
    prove_close("loss after training", training.after, training.counted, 1e-2);
    prove(training.after > training.counted, "no bigram model is below the counts");
  }
}

}  // namespace
}  // namespace gradbook
