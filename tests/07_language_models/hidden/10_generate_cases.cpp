#include "07_language_models/generate.hpp"

#include <cmath>
#include <limits>

#include "support/language_models.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kSums = {.terms = 1024, .scale = 4};
constexpr Cell kCells[] = {Cell::rnn, Cell::gru, Cell::lstm};

// A model whose logits are far enough apart that a die shows the text before
struct Writer {
  explicit Writer(Cell cell = Cell::rnn, double dropout = 0, std::size_t vocabulary = 7)
      : random(generator().bits()), model({vocabulary, 4, 5, cell, dropout}, random) {
    for (Real& w : model.output.weight.value()) w *= 4;
    model.begin(3);  // as training has left it
    model.recurrent->state = input_matrix("state", 3, model.recurrent->state.shape(1), -1, 1);
  }
  Random random;
  RnnLM model;
};

void observe_vector(const std::string& label, const Vector& v) { observe(label, listed(v), kSums); }

void observe_model(const std::string& what, RnnLM& model) {
  observe("state, " + what, model.recurrent->state, kSums);
  observe("it is being trained, " + what,
          std::vector<int>{model.training(), model.before.training(), model.after.training()});
  observe("on the tape, " + what, tape().size());
}

void observe_text(const std::string& what, RnnLM& model, const std::vector<Label>& prompt,
                  std::size_t count, const SamplingOptions& options, std::uint64_t seed) {
  Random random(seed);
  const std::vector<Label> before = prompt;
  calling("generate, " + what);
  observe("drawn, " + what, generate(model, prompt, count, options, random));
  observe("the prompt is as before, " + what, prompt == before);
  observe("what the generator gives next, " + what, random.uniform());
  observe_model(what, model);
}

CASE(generate, next, "the logits after each symbol depend on all symbols before", {.weight = 2}) {
  for (const Cell cell : kCells) {
    Writer w(cell);
    w.model.begin(1);
    std::int64_t i = 0;
    for (const Label symbol : drawn_symbols("symbols", 9, 7)) {
      const std::string what = fmt::format("{}, symbol {}", name_of(cell), i++);
      calling("next_logits, " + what);
      observe_vector("logits, " + what, next_logits(w.model, symbol));
      observe_model(what, w.model);
    }
  }
}

CASE(generate, next_in_evaluation, "nothing is left out, and the model is trained only if it was") {
  for (const bool training : {true, false}) {
    Writer w(Cell::rnn, 0.5);
    w.model.begin(1);
    w.model.train(training);
    for (const Label symbol : drawn_symbols("symbols", 4, 7)) {
      const std::string what = fmt::format("training {}, symbol {}", training, symbol);
      calling("next_logits of a model with dropout, " + what);
      observe_vector("logits, " + what, next_logits(w.model, symbol));
      observe_model(what, w.model);
    }
  }
}

CASE(generate, next_errors, "a symbol that the model does not know is refused") {
  Writer w;
  w.model.begin(1);
  calling("next_logits of symbols that are none of 7");
  for (const Label symbol : {Label{7}, Label{-1}, std::numeric_limits<Label>::max()})
    observe_error(fmt::format("symbol {}", symbol), [&] { next_logits(w.model, symbol); });
  observe("on the tape", tape().size());
}

CASE(generate, texts, "one draw for each symbol, from the die after all before", {.weight = 3}) {
  for (const Cell cell : kCells) {
    for (const std::size_t length : {1, 2, 5}) {
      Writer w(cell);
      observe_text(fmt::format("{}, {} symbols after {}", name_of(cell), 40, length), w.model,
                   drawn_symbols("prompt", length, 7), 40, {}, 5 + length);
    }
  }
}

CASE(generate, no_count, "nothing to draw: the prompt is read, and that is all") {
  Writer w;
  observe_text("0 symbols after 3", w.model, drawn_symbols("prompt", 3, 7), 0, {}, 9);
  observe_text("1 symbol after 3", w.model, drawn_symbols("prompt", 3, 7), 1, {}, 9);
}

CASE(generate, options_of_the_die, "temperature, top_k and top_p are those of the call",
     {.weight = 2}) {
  const SamplingOptions all[] = {
      {.temperature = 0.3}, {.temperature = 3}, {.top_k = 1},
      {.top_k = 3},         {.top_p = 0.6},     {.temperature = 2, .top_k = 4, .top_p = 0.9}};
  Writer w;
  const std::vector<Label> prompt = drawn_symbols("prompt", 3, 7);
  for (const SamplingOptions& o : all)
    observe_text(fmt::format("temperature {}, top_k {}, top_p {}", o.temperature,
                             std::min<std::size_t>(o.top_k, 7), o.top_p),
                 w.model, prompt, 30, o, 21);
}

CASE(generate, same_seed, "equal seeds write equal texts, and every call begins anew",
     {.weight = 2}) {
  for (const bool training : {true, false}) {
    Writer w(Cell::lstm, 0.4);
    w.model.train(training);
    const std::vector<Label> prompt = drawn_symbols("prompt", 4, 7);
    for (const std::uint64_t seed : {3, 3, 4, 3})
      observe_text(fmt::format("training {}, seed {}", training, seed), w.model, prompt, 25, {},
                   seed);
  }
}

CASE(generate, one_symbol_known, "a vocabulary of one symbol writes that symbol") {
  Writer w(Cell::rnn, 0, 1);
  observe_text("V 1", w.model, {0, 0}, 5, {}, 1);
}

CASE(generate, errors, "no prompt, symbols that nobody knows, and dice that cannot be rolled") {
  Writer w;
  Random random(1);
  const auto refused = [&](const std::string& what, const std::vector<Label>& prompt,
                           const SamplingOptions& options) {
    calling("generate, " + what);
    observe_error(what, [&] { generate(w.model, prompt, 3, options, random); });
    observe("on the tape after " + what, tape().size());
  };
  refused("no prompt", {}, {});
  refused("symbol 7 first", {7, 1}, {});
  refused("symbol 7 last", {1, 7}, {});
  refused("symbol -1", {2, -1, 2}, {});
  refused("temperature 0", {1}, {.temperature = 0});
  refused("temperature -1", {1}, {.temperature = -1});
  refused("top_k 0", {1}, {.top_k = 0});
  refused("top_p 1.5", {1}, {.top_p = 1.5});
  refused("top_p 0", {1}, {.top_p = 0});
  w.model.output.bias.value()(0, 1) = std::numeric_limits<Real>::quiet_NaN();
  refused("a logit that is NaN", {1}, {});
}

// Step by step, or the whole text from its beginning for every symbol: the same
PROOF(generate, recomputed) {
  for (const Cell cell : kCells) {
    Writer w(cell, 0.3);
    std::vector<Label> text = drawn_symbols("prompt", 3, 7);
    const std::vector<Label> prompt = text;
    Random random(8), again(8);
    const std::vector<Label> drawn = generate(w.model, prompt, 30, {.temperature = 1.2}, random);
    w.model.eval();
    for (const Label symbol : drawn) {
      const NoTape no_tape;
      w.model.begin(1);
      const Matrix& logits = w.model.logits(text).out_tensor;
      const std::span<const Real> last{logits.data() + logits.size() - 7, 7};
      const auto expected = static_cast<Label>(roll(die(last, {.temperature = 1.2}), again));
      prove(symbol == expected, "what is drawn from the state is what the whole text gives");
      text.push_back(expected);
    }
  }
}

PROOF(generate, by_the_bias) {
  Writer w;
  w.model.output.weight.value().fill(0);
  w.model.output.bias.value().fill(0);
  w.model.output.bias.value()(0, 2) = static_cast<Real>(std::log(3));
  Random random(4);
  int twos = 0;
  for (const Label symbol : generate(w.model, std::vector<Label>{0}, 9000, {}, random))
    twos += symbol == 2;
  // p = 3 / 9; five standard deviations of the share of 9000 are 0.025
  prove_close("share of a symbol with p = 1/3", twos / 9000.0, 1.0 / 3, 0.025);
}

}  // namespace
}  // namespace gradbook
