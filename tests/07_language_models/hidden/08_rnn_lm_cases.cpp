#include <cmath>

#include "06_training/optimizers.hpp"
#include "support/language_models.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kSums = {.terms = 256, .scale = 4};

struct Sizes {
  std::size_t vocabulary, embedding, hidden, sequences, steps;
};
constexpr Sizes kSizes[] = {{5, 3, 4, 2, 3}, {1, 1, 1, 1, 1}, {7, 5, 2, 3, 1},
                            {3, 1, 5, 1, 7}, {2, 4, 4, 4, 2}, {11, 2, 3, 5, 4}};
constexpr Cell kCells[] = {Cell::rnn, Cell::gru, Cell::lstm};

std::string text(const Sizes& s) {
  return fmt::format("V {}, E {}, H {}, {} sequences of {} steps", s.vocabulary, s.embedding,
                     s.hidden, s.sequences, s.steps);
}

// A model whose numbers are drawn, with a state that somebody left there
struct Drawn {
  Drawn(const Sizes& s, Cell cell = Cell::rnn, double dropout = 0)
      : random(generator().bits()),
        model({s.vocabulary, s.embedding, s.hidden, cell, dropout}, random),
        ids(drawn_symbols("ids", s.sequences * s.steps, s.vocabulary)),
        targets(drawn_symbols("targets", s.sequences * s.steps, s.vocabulary)) {
    model.begin(s.sequences);
    model.recurrent->state =
        input_matrix("state", s.sequences, model.recurrent->state.shape(1), -1, 1);
  }
  Random random;
  RnnLM model;
  std::vector<Label> ids, targets;
};

void observe_pass(const std::string& what, Drawn& d) {
  const std::vector<Label> ids = d.ids, targets = d.targets;
  const Matrix state = d.model.recurrent->state;
  calling("loss and backward, " + what);
  Module& loss = d.model.loss(ids, targets);
  observe("logits, " + what, d.model.output.out_tensor, kSums);
  observe("loss, " + what, loss.out_tensor, kSums);
  observe("last state, " + what, d.model.recurrent->last_state, kSums);
  observe("state and numbers are as before, " + what,
          same_bits(state, d.model.recurrent->state) && ids == d.ids && targets == d.targets);
  observe("on the tape, " + what, tape().size());
  d.model.zero_grad();
  backward(loss);
  observe_parameters(what, d.model, kSums);
}

CASE(rnn_lm, gradients, "the loss, and the gradient by every parameter", {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    Drawn d(s);
    observe_pass(text(s), d);
  }
}

CASE(rnn_lm, gated, "a GRU or an LSTM in place of the RNN, and nothing else changes") {
  for (const Cell cell : {Cell::gru, Cell::lstm}) {
    Drawn d({5, 3, 4, 2, 3}, cell);
    observe_pass(name_of(cell), d);
  }
}

CASE(rnn_lm, logits_alone, "logits are (T·N, V), on the tape up to the linear layer",
     {.weight = 2}) {
  for (const Sizes& s : kSizes) {
    Drawn d(s);
    calling("logits, " + text(s));
    Module& last = d.model.logits(d.ids);
    observe("logits, " + text(s), last.out_tensor, kSums);
    observe("the last module, " + text(s), last.name());
    observe("on the tape, " + text(s), tape().size());
    tape().clear();
  }
}

CASE(rnn_lm, no_steps, "no ids give no logits, and the state stays where it is") {
  Drawn d({5, 3, 4, 3, 0});
  calling("logits of no ids");
  observe("logits", d.model.logits(d.ids).out_tensor);
  observe("last state", d.model.recurrent->last_state);
  tape().clear();
}

CASE(rnn_lm, carried_state, "a text read in two pieces gives the logits of one", {.weight = 2}) {
  for (const Cell cell : kCells) {
    Drawn d({7, 3, 4, 2, 6}, cell);
    const NoTape no_tape;
    calling(fmt::format("{}: logits of two steps, and of four more", name_of(cell)));
    const std::span<const Label> ids = d.ids;
    observe(fmt::format("{}, the first two steps", name_of(cell)),
            d.model.logits(ids.first(4)).out_tensor, kSums);
    observe(fmt::format("{}, the same again", name_of(cell)),
            d.model.logits(ids.first(4)).out_tensor, kSums);
    d.model.recurrent->state = d.model.recurrent->last_state;
    observe(fmt::format("{}, four more", name_of(cell)), d.model.logits(ids.subspan(4)).out_tensor,
            kSums);
    d.model.begin(2);
    observe(fmt::format("{}, anew", name_of(cell)), d.model.logits(ids).out_tensor, kSums);
  }
}

CASE(rnn_lm, dropout, "what is left out is drawn anew in each pass, and only while it is trained",
     {.weight = 2}) {
  Drawn d({5, 6, 7, 2, 3}, Cell::rnn, 0.4);
  for (const bool training : {true, true, false, false, true}) {
    d.model.train(training);
    const std::string what = training ? "in training" : "in evaluation";
    observe_pass(what, d);
    observe("it is trained afterwards, " + what, d.model.training());
  }
}

CASE(rnn_lm, dropout_on_the_way_in, "something is left out of what the recurrent layer reads") {
  Drawn d({5, 6, 7, 2, 3}, Cell::rnn, 0.4);
  calling("logits(ids), in training");
  d.model.logits(d.ids);
  const auto& read = d.model.recurrent->in_modules;
  observe("what it reads", read.empty() ? Matrix() : read.front()->out_tensor, kSums);
  tape().clear();
}

CASE(rnn_lm, trained_or_not, "whether the model is being trained is as it was") {
  Drawn d({5, 3, 4, 2, 3});
  for (const bool training : {true, false, true}) {
    d.model.train(training);
    calling(fmt::format("loss, training {}", training));
    d.model.loss(d.ids, d.targets);
    observe(
        fmt::format("training {}: so are model, before and after", training),
        std::vector<int>{d.model.training(), d.model.before.training(), d.model.after.training()});
    tape().clear();
  }
}

CASE(rnn_lm, without_the_tape, "where nothing is recorded, nothing is on the tape") {
  Drawn d({5, 3, 4, 2, 3});
  const NoTape no_tape;
  calling("loss while a NoTape is alive");
  observe("loss", d.model.loss(d.ids, d.targets).out_tensor, kSums);
  observe("on the tape", tape().size());
}

// The losses of some steps of Adam on one batch
std::vector<double> learn(RnnLM& model, const std::vector<Label>& ids,
                          const std::vector<Label>& targets, int steps) {
  Adam adam(model.parameters(), {.rate = 0.05});
  std::vector<double> losses;
  for (int step = 0; step < steps; ++step) {
    Module& loss = model.loss(ids, targets);
    losses.push_back(loss.out_tensor(0, 0));
    adam.zero_grad();
    backward(loss);
    adam.step();
  }
  return losses;
}

CASE(rnn_lm, one_batch, "one batch is learnt by heart: the loss starts near ln V and goes to 0",
     {.weight = 2}) {
  Random random(11);
  RnnLM model({.vocabulary = 6, .embedding = 8, .hidden = 16}, random);
  model.begin(2);
  const std::vector<Label> ids = drawn_symbols("ids", 16, 6),
                           targets = drawn_symbols("targets", 16, 6);
  calling("60 steps of Adam on 8 steps of 2 sequences");
  observe("losses", learn(model, ids, targets, 60), {.terms = 1e5, .scale = 4});
}

CASE(rnn_lm, errors,
     "what does not fit is refused, and a target too few before anything is applied") {
  for (const std::size_t sequences : {1, 2, 3}) {
    const std::string n = fmt::format(", {} sequences", sequences);
    Drawn d({4, 2, 3, sequences, 2});
    std::vector<Label> more = d.ids, high = d.ids, low = d.ids;
    more.push_back(1);
    high.back() = 4;
    low.front() = -1;
    calling("logits and loss of what does not fit" + n);
    observe_error("a target too many" + n, [&] { d.model.loss(d.ids, more); });
    observe("on the tape after it" + n, tape().size());
    observe_error("a target too few" + n, [&] { d.model.loss(more, d.ids); });
    observe("on the tape after that" + n, tape().size());
    const auto refused = [&](const std::string& what, const std::vector<Label>& ids) {
      observe_error(what + n, [&] { d.model.logits(ids); });
      tape().clear();
    };
    refused("an id too many", more);
    refused("id 4 of 4", high);
    refused("id -1", low);
    observe_error("target 4 of 4" + n, [&] { d.model.loss(d.ids, high); });
    tape().clear();
    observe_error("nothing to take the mean of" + n, [&] { d.model.loss({}, {}); });
    tape().clear();
  }
}

PROOF(rnn_lm, central_differences) {
  for (const Cell cell : kCells) {
    for (const Sizes& s : kSizes) {
      Drawn d(s, cell, 0.3);
      d.model.eval();
      std::vector<Module*> leaves;
      for (Parameter* parameter : d.model.parameters()) leaves.push_back(parameter);
      prove_network(
          fmt::format("{}, {}", name_of(cell), text(s)),
          [&]() -> Module& { return d.model.loss(d.ids, d.targets); }, leaves);
    }
  }
}

PROOF(rnn_lm, first_loss) {
  for (const std::size_t vocabulary : {2, 27, 65}) {
    Drawn d({vocabulary, 16, 32, 4, 50});
    d.model.begin(4);
    const NoTape no_tape;
    prove_close("the loss before anything was learnt",
                d.model.loss(d.ids, d.targets).out_tensor(0, 0),
                std::log(static_cast<double>(vocabulary)), 0.25);
    for (Parameter* parameter : d.model.output.parameters()) parameter->value().fill(0);
    prove_close("the loss where all logits are 0", d.model.loss(d.ids, d.targets).out_tensor(0, 0),
                std::log(static_cast<double>(vocabulary)), 1e-12);
  }
}

PROOF(rnn_lm, by_heart) {
  Random random(11);
  RnnLM model({.vocabulary = 6, .embedding = 8, .hidden = 16}, random);
  model.begin(2);
  const std::vector<Label> ids = drawn_symbols("ids", 16, 6),
                           targets = drawn_symbols("targets", 16, 6);
  const std::vector<double> losses = learn(model, ids, targets, 60);
  prove_close("the first loss", losses.front(), std::log(6), 0.4);
  prove(losses.back() < 0.3, "one batch is learnt by heart");
}

// One step from a state of zeros, in plain loops: W_hy tanh(W_xh e + b) + b_y
PROOF(rnn_lm, one_step) {
  Drawn d({5, 3, 4, 1, 1});
  d.model.begin(1);
  const NoTape no_tape;
  const Matrix logits = d.model.logits(d.ids).out_tensor;
  auto& rnn = static_cast<Rnn&>(*d.model.recurrent);
  for (std::size_t v = 0; v < 5; ++v) {
    double expected = d.model.output.bias.value()(0, v);
    for (std::size_t j = 0; j < 4; ++j) {
      double a = rnn.bias.value()(0, j);
      for (std::size_t i = 0; i < 3; ++i)
        a += rnn.w_xh.value()(j, i) *
             d.model.embedding.weight.value()(static_cast<std::size_t>(d.ids[0]), i);
      expected += d.model.output.weight.value()(v, j) * std::tanh(a);
    }
    prove_close(fmt::format("logit {}", v), logits(0, v), expected, 1e-12);
  }
}

}  // namespace
}  // namespace gradbook
