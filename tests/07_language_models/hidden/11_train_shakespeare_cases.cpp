#include <cmath>
#include <numbers>

#include "05_modules/layers.hpp"
#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/train_lm.hpp"
#include "support/language_models.hpp"
#include "support/messages.hpp"
#include "support/round_song.hpp"
#include "support/straight_steps.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kTrained = {.terms = 1e5, .scale = 4};
constexpr Cell kCells[] = {Cell::rnn, Cell::gru, Cell::lstm};

[[maybe_unused]] void nothing(const LmPass&) {}

struct Trained {
  explicit Trained(double dropout = 0, Cell cell = Cell::rnn, int spoilt_at = 0)
      : random(generator().bits()),
        model({kNotes, 4, 6, cell, dropout}, random),
        optimizer(model.parameters(), spoilt_at) {}
  Random random;
  RnnLM model;
  Straight optimizer;
};

CASE(train_shakespeare, held_out, "bits for each symbol of the whole text, in one state",
     {.weight = 2}) {
  for (const Cell cell : kCells) {
    Trained t(0, cell);
    for (const std::size_t length : {2, 3, 97, 256, 257, 258, 700}) {
      const std::string what = fmt::format("{}, {} symbols", name_of(cell), length);
      const std::vector<Label> text = drawn_symbols("text", length, kNotes);
      calling("held_out_bits, " + what);
      observe("bits, " + what, held_out_bits(t.model, text), kTrained);
    }
  }
}

CASE(train_shakespeare, no_trace, "measuring leaves state, training and tape as they were",
     {.weight = 2}) {
  for (const bool training : {true, false}) {
    Trained t(0.5);
    t.model.train(training);
    t.model.begin(3);
    const Matrix state = t.model.recurrent->state = input_matrix("state", 3, 6, -1, 1);
    Input x(input_matrix("x", 2, 2));
    Sigmoid other;
    other.apply_fwd({&x});  // somebody is in the middle of something
    const std::vector<Label> text = drawn_symbols("text", 300, kNotes);
    const std::string what = training ? "in training" : "in evaluation";
    calling("held_out_bits of a model with dropout, " + what);
    observe("on the tape before, " + what, tape().size());
    observe("bits, " + what, held_out_bits(t.model, text), kTrained);
    observe("on the tape, " + what, tape().size());
    observe("the state is as before, " + what, same_bits(state, t.model.recurrent->state));
    observe("it is being trained, " + what, t.model.training());
    observe("bits once more, " + what, held_out_bits(t.model, text), kTrained);
    tape().clear();
  }
}

CASE(train_shakespeare, held_out_errors, "nothing can be measured where nothing is predicted") {
  Trained t;
  calling("held_out_bits of too little, and of symbols that the model does not know");
  observe_error("no symbol", [&] { held_out_bits(t.model, {}); });
  observe_error("one symbol", [&] { held_out_bits(t.model, std::vector<Label>{1}); });
  observe_error("symbol 8 of 8", [&] { held_out_bits(t.model, std::vector<Label>{1, 8, 2}); });
  observe_error("symbol 8 at last", [&] { held_out_bits(t.model, std::vector<Label>{1, 2, 8}); });
}

TextSplit drawn_split(std::size_t training, std::size_t held_out) {
  TextSplit text;
  text.training = drawn_symbols("training text", training, kNotes);
  text.held_out = drawn_symbols("held-out text", held_out, kNotes);
  return text;
}

void observe_passes(const std::string& what, const std::vector<LmPass>& passes) {
  std::vector<std::int64_t> numbers;
  std::vector<double> training, held_out, norms;
  for (const LmPass& pass : passes) {
    numbers.push_back(pass.number);
    training.push_back(pass.training_bits);
    held_out.push_back(pass.held_out_bits);
    norms.push_back(pass.largest_norm);
  }
  observe("numbers of the passes, " + what, numbers);
  observe("bits in training, " + what, training, kTrained);
  observe("bits held out, " + what, held_out, kTrained);
  observe("largest norms, " + what, norms, kTrained);
}

void observe_training(const std::string& what, Trained& t, const TextSplit& text,
                      const LmOptions& options) {
  std::vector<LmPass> reported;
  calling("train_language_model, " + what);
  const std::vector<LmPass> passes = train_language_model(
      t.model, t.optimizer, text, options, [&](const LmPass& pass) { reported.push_back(pass); });
  observe_passes(what, passes);
  observe_passes("as reported, " + what, reported);
  observe("rates of all steps, " + what, t.optimizer.rates, kTrained);
  observe_parameters(what, t.model, kTrained);
  observe("in training, and nothing on the tape, " + what, t.model.training() && tape().empty());
}

CASE(train_shakespeare, passes, "numbers of every pass, and parameters at the end", {.weight = 3}) {
  const LmOptions all[] = {{.passes = 3, .sequences = 2, .steps = 5, .peak = 0.5},
                           {.passes = 1, .sequences = 1, .steps = 1, .peak = 0.1},
                           {.passes = 5, .sequences = 3, .steps = 1000, .peak = 1, .max_norm = 0.2},
                           {.passes = 2, .sequences = 40, .steps = 3, .peak = 0.3}};
  for (const LmOptions& o : all) {
    Trained t;
    observe_training(
        fmt::format("{} passes, {} sequences, {} steps", o.passes, o.sequences, o.steps), t,
        drawn_split(41, 23), o);
  }
}

CASE(train_shakespeare, rates, "the rate of each step: up over a twentieth, and down like a cosine",
     {.weight = 2}) {
  for (const auto& [length, passes] : {std::pair<std::size_t, int>{121, 4}, {21, 1}, {161, 3}}) {
    Trained t;
    const std::string what = fmt::format("{} passes of {} symbols", passes, length);
    calling("train_language_model, " + what);
    std::vector<double> reported;
    train_language_model(t.model, t.optimizer, drawn_split(length, 5),
                         {.passes = passes, .sequences = 2, .steps = 4, .peak = 0.4},
                         [&](const LmPass&) { reported.push_back(t.optimizer.rate); });
    observe("rates of all steps, " + what, t.optimizer.rates, kTrained);
    observe("rate after each pass, " + what, reported, kTrained);
  }
}

CASE(train_shakespeare, dropout, "it learns in training and is measured in evaluation") {
  for (const bool training : {true, false}) {
    Trained t(0.5);
    t.model.train(training);
    observe_training(fmt::format("training {} before", training), t, drawn_split(60, 30),
                     {.passes = 2, .sequences = 3, .steps = 5, .peak = 0.4});
  }
}

// Counts how often something was saved
class Counting final : public CheckpointPlace {
 public:
  bool has_one() const override { return memory.has_one(); }
  void save(const std::vector<NamedMatrix>& matrices) override {
    ++saves;
    memory.save(matrices);
  }
  void load(const std::vector<NamedMatrix>& matrices) const override { memory.load(matrices); }

  CheckpointInMemory memory;
  std::int64_t saves = 0;
};

CASE(train_shakespeare, best, "at the end stands the best pass, and it alone was saved",
     {.weight = 3}) {
  // Little to learn from, and steps far too long: it gets worse again
  for (const double peak : {0.5, 8.0, 0.0}) {
    const std::vector<Label> song = round_song(120);
    const TextSplit text{{song.begin(), song.begin() + 60}, {song.begin() + 60, song.end()}};
    Random random(3);
    RnnLM model({kNotes, 6, 16}, random);
    Straight optimizer(model.parameters());
    Counting place;
    std::vector<std::int64_t> saved, is_now;
    const std::string what = fmt::format("peak {}", peak);
    calling("train_language_model, 12 passes, " + what);
    const std::vector<LmPass> passes = train_language_model(
        model, optimizer, text,
        {.passes = 12, .sequences = 2, .steps = 6, .peak = peak, .max_norm = 5, .best = &place},
        [&](const LmPass&) {
          saved.push_back(place.saves);
          is_now.push_back(place.memory.bytes == to_bytes(everything_in(model, optimizer)));
        });
    observe_passes(what, passes);
    observe("how often it was saved when each pass was reported, " + what, saved);
    observe("whether what is saved is what the model is, " + what, is_now);
    observe("bits of the model afterwards, " + what, held_out_bits(model, text.held_out), kTrained);
    observe_parameters(what, model, kTrained);
  }
}

void observe_spoilt(int after_step) {
  // 5 batches a pass
  Trained t(0, Cell::rnn, after_step);
  CheckpointInMemory place;
  std::string good, says;
  std::int64_t reports = 0;
  const std::string what = fmt::format("NaN after step {} of 15", after_step);
  calling("train_language_model, " + what);
  try {
    train_language_model(t.model, t.optimizer, drawn_split(41, 23),
                         {.passes = 3, .sequences = 2, .steps = 4, .peak = 0.1, .best = &place},
                         [&](const LmPass&) {
                           good = place.bytes;
                           ++reports;
                         });
  } catch (const TrainingError& error) {
    says = error.what();
  }
  observe("passes reported, " + what, reports);
  observe("steps made, " + what, t.optimizer.made());
  observe("what was saved is as before, " + what, place.bytes == good);
  observe("TrainingError names pass, batch and parameter, " + what,
          names(says, fmt::format("epoch {}", (after_step + 4) / 5), "batch", "output.bias"));
  tape().clear();
}

CASE(train_shakespeare, nan, "a loss that is no number stops training before it does any harm",
     {.weight = 2}) {
  for (const int step : {1, 4, 7, 13}) observe_spoilt(step);
}

CASE(train_shakespeare, nan_at_the_end,
     "bits of the held-out text that are no number stop it, too") {
  for (const int step : {5, 10, 15}) observe_spoilt(step);
}

CASE(train_shakespeare, errors, "what cannot be trained is refused, and nothing has changed") {
  Trained t;
  const auto refused = [&](const std::string& what, const TextSplit& text, LmOptions options) {
    calling("train_language_model, " + what);
    observe_error(what,
                  [&] { train_language_model(t.model, t.optimizer, text, options, nothing); });
    tape().clear();
    observe("steps made, " + what, t.optimizer.made());
  };
  const TextSplit text = drawn_split(30, 10);
  refused("no passes", text, {.passes = 0, .sequences = 2, .steps = 4});
  refused("-3 passes", text, {.passes = -3, .sequences = 2, .steps = 4});
  refused("no sequences", text, {.passes = 2, .sequences = 0, .steps = 4});
  refused("no steps", text, {.passes = 2, .sequences = 2, .steps = 0});
  refused("as many sequences as symbols", text, {.passes = 2, .sequences = 30, .steps = 4});
  refused("more", text, {.passes = 2, .sequences = 1000, .steps = 4});
  refused("one symbol held out", drawn_split(30, 1), {.passes = 2, .sequences = 2, .steps = 4});
  refused("nothing held out", drawn_split(30, 0), {.passes = 2, .sequences = 2, .steps = 4});
  refused("a symbol that the model does not know", {{1, 2, 8, 3}, {1, 2}},
          {.passes = 1, .sequences = 1, .steps = 4});
  observe_parameters("afterwards", t.model, kTrained);
}

CASE(train_shakespeare, other_vocabulary, "what is saved is refused by a model of other sizes") {
  Trained t;
  CheckpointInMemory place;
  calling("train_language_model with options.best, and its checkpoint in other models");
  train_language_model(t.model, t.optimizer, drawn_split(40, 9),
                       {.passes = 1, .sequences = 2, .steps = 5, .peak = 0.1, .best = &place},
                       nothing);
  const auto load = [&](const std::string& what, const RnnLMOptions& sizes) {
    RnnLM other(sizes, t.random);
    Straight its(other.parameters());
    const std::string before = to_bytes(everything_in(other, its));
    observe_error(what, [&] { place.load(everything_in(other, its)); });
    observe("as before, " + what, to_bytes(everything_in(other, its)) == before);
    observe("the same as what was saved, " + what,
            to_bytes(everything_in(other, its)) == place.bytes);
  };
  load("one symbol more", {kNotes + 1, 4, 6});
  load("one symbol fewer", {kNotes - 1, 4, 6});
  load("a larger state", {kNotes, 4, 7});
  load("an LSTM", {kNotes, 4, 6, Cell::lstm});
  load("the same sizes", {kNotes, 4, 6});
}

struct Race {
  double counting, learning;
};

[[maybe_unused]] Race race() {
  const TextSplit text = split(round_song(3000), 0.1);
  Random random(1);
  RnnLM model({.vocabulary = kNotes, .embedding = 8, .hidden = 24}, random);
  Adam adam(model.parameters());
  train_language_model(model, adam, text, {.passes = 12, .sequences = 8, .steps = 12, .peak = 1e-2},
                       nothing);
  // Measured here, so that only what the model has become counts
  const NoTape no_tape;
  model.eval();
  model.begin(1);
  const std::span<const Label> held_out = text.held_out;
  const double nats =
      model.loss(held_out.first(held_out.size() - 1), held_out.subspan(1)).out_tensor(0, 0);
  return {least_counted_bits(text), nats / std::numbers::ln2};
}

CASE(train_shakespeare, beats_counting, "a trained network predicts a text better than any n-gram",
     {.weight = 4}) {
  calling("train_language_model on three voices that sing in turn");
  const Race result = race();
  observe("bits of the best n-gram", result.counting);
  observe("bits of the network", result.learning);
}

JUDGE(train_shakespeare, beats_counting) {
  const double counting = real(reference, "bits of the best n-gram");
  const double learning = real(student, "bits of the network");
  if (!std::isfinite(learning)) return fail("the bits of the network are no number");
  if (learning < counting - 0.1) return pass();
  return fail(
      fmt::format("your network needs {:.3f} bits for a symbol of the held-out text, and "
                  "the best n-gram {:.3f}; the reference needs {:.3f}",
                  learning, counting, real(reference, "bits of the network")));
}

PROOF(train_shakespeare, race_is_won) {
  const Race result = race();
  prove(result.learning < result.counting - 0.15, "the network beats counting by 0.15 bits");
  // No model is below the entropy of the voices: p = 0.85 + 0.15 / 8 for one note, 0.15 / 8 for
  // each of the others; a held-out text of 300 symbols may be a little luckier
  const double p = 0.85 + 0.15 / 8, other = 0.15 / 8;
  const double entropy = -p * std::log2(p) - 7 * other * std::log2(other);
  prove(result.learning > entropy - 0.25, "nothing is told to it that it may not know");
}

PROOF(train_shakespeare, knows_nothing) {
  Trained t;
  for (Parameter* parameter : t.model.output.parameters()) parameter->value().fill(0);
  prove_close("bits where all symbols are alike", held_out_bits(t.model, round_song(700)), 3,
              1e-12);
}

PROOF(train_shakespeare, in_one_pass) {
  for (const Cell cell : kCells) {
    Trained t(0.3, cell);
    const std::vector<Label> text = drawn_symbols("text", 600, kNotes);
    const double bits = held_out_bits(t.model, text);
    const NoTape no_tape;
    t.model.eval();
    t.model.begin(1);
    const std::span<const Label> all = text;
    const double nats = t.model.loss(all.first(599), all.subspan(1)).out_tensor(0, 0);
    prove_close("bits of a text in pieces and in one", bits, nats / std::numbers::ln2, 1e-12);
  }
}

// Six steps of which one is warmup: peak · 1, then down a cosine of five steps towards a tenth
PROOF(train_shakespeare, six_steps) {
  Trained t;
  train_language_model(t.model, t.optimizer, drawn_split(25, 5),
                       {.passes = 2, .sequences = 2, .steps = 4, .peak = 0.4}, nothing);
  const std::vector<double>& rates = t.optimizer.rates;
  prove(rates.size() == 6, "two passes of three batches");
  for (std::size_t i = 1; i < rates.size(); ++i)
    prove_close("rate", rates[i],
                0.04 + 0.18 * (1 + std::cos(std::numbers::pi * static_cast<double>(i - 1) / 5)),
                1e-12);
  prove_close("first rate", rates[0], 0.4, 1e-12);
  prove_close("rate afterwards", t.optimizer.rate, 0.04, 1e-12);
}

}  // namespace
}  // namespace gradbook
