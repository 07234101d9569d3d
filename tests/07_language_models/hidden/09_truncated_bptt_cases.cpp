#include "07_language_models/truncated.hpp"

#include <cmath>
#include <limits>

#include "06_training/loop.hpp"
#include "support/language_models.hpp"
#include "support/messages.hpp"
#include "support/straight_steps.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kTrained = {.terms = 4096, .scale = 4};
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Cut {
  std::size_t length, sequences, steps;
};
constexpr Cut kCuts[] = {{11, 2, 2}, {2, 1, 1}, {12, 3, 4}, {23, 5, 3}, {13, 1, 4},
                         {8, 7, 9},  {6, 5, 1}, {31, 3, 5}, {50, 4, 5}, {29, 2, 100}};

std::string text(const Cut& c) {
  return fmt::format("{} symbols as {} sequences, {} steps a batch", c.length, c.sequences,
                     c.steps);
}

CASE(truncated_bptt, batches, "inputs and targets of every batch, step by step", {.weight = 3}) {
  for (const Cut& c : kCuts) {
    std::vector<Label> symbols = drawn_symbols("text", c.length, 1000);
    calling("Streams of " + text(c));
    const Streams streams(symbols, c.sequences, c.steps);
    symbols.assign(symbols.size(), -1);  // it has a copy
    observe("batches of " + text(c), streams.size());
    for (std::size_t i = 0; i < std::min<std::size_t>(streams.size(), 99); ++i) {
      const TextBatch batch = streams[i];
      observe(fmt::format("inputs of batch {}, {}", i, text(c)), batch.inputs);
      observe(fmt::format("targets of batch {}, {}", i, text(c)), batch.targets);
    }
  }
}

CASE(truncated_bptt, cut_errors,
     "nothing that has no batch is cut, and there is no batch after the last") {
  const std::vector<Label> symbols = drawn_symbols("text", 12, 9);
  const std::span<const Label> all = symbols;
  calling("Streams that cannot be, and batches that are not there");
  observe_error("no sequence", [&] { Streams(all, 0, 3); });
  observe_error("no step", [&] { Streams(all, 3, 0); });
  observe_error("no text", [&] { Streams(all.first(0), 1, 1); });
  observe_error("one symbol", [&] { Streams(all.first(1), 1, 1); });
  observe_error("as many symbols as sequences", [&] { Streams(all, 12, 1); });
  observe_error("fewer", [&] { Streams(all, 50, 2); });
  observe_error("one more", [&] { Streams(all, 11, 2); });
  const Streams streams(all, 2, 2);  // sequences of 5, batches of 2, 2 and 1
  observe_error("the last batch", [&] { streams[2]; });
  observe_error("the one after it", [&] { streams[3]; });
  observe_error("one far away", [&] { streams[1000]; });
}

struct Training {
  Training(const Cut& c, Cell cell = Cell::rnn, double dropout = 0)
      : random(generator().bits()),
        model({6, 3, 4, cell, dropout}, random),
        streams(drawn_symbols("text", c.length, 6), c.sequences, c.steps),
        optimizer(model.parameters()) {
    optimizer.rate = 0.5;
  }
  Random random;
  RnnLM model;
  Streams streams;
  Straight optimizer;
};

void observe_result(const std::string& what, const PassResult& result, Training& t) {
  observe("loss, " + what, result.loss, kTrained);
  observe("largest norm, " + what, result.largest_norm, kTrained);
  observe("steps made, " + what, t.optimizer.made());
  observe("state, " + what, t.model.recurrent->state, kTrained);
  observe_parameters(what, t.model, kTrained);
  observe("the tape is empty, " + what, tape().empty());
}

CASE(truncated_bptt, passes, "loss, norm, parameters and state after one pass, and after two",
     {.weight = 3}) {
  for (const Cut& c : kCuts) {
    Training t(c);
    t.model.begin(3);  // of something else
    t.model.recurrent->state = input_matrix("state of before", 3, 4);
    for (const int number : {1, 2}) {
      const std::string what = fmt::format("{}, pass {}", text(c), number);
      calling("train_pass, " + what);
      observe_result(what, train_pass(t.model, t.optimizer, t.streams, 1e9, [](std::size_t) {}), t);
    }
  }
}

CASE(truncated_bptt, gated_passes, "an LSTM's state has two halves, and both go on") {
  for (const Cell cell : {Cell::gru, Cell::lstm}) {
    Training t({40, 3, 4}, cell);
    calling(fmt::format("train_pass of a {}", name_of(cell)));
    observe_result(name_of(cell),
                   train_pass(t.model, t.optimizer, t.streams, 1e9, [](std::size_t) {}), t);
  }
}

CASE(truncated_bptt, state_goes_on,
     "the state after each batch is what it ended in, and the next begins with it") {
  Training t({37, 3, 3});
  calling("train_pass, and the state after each batch");
  train_pass(t.model, t.optimizer, t.streams, 1e9, [&](std::size_t i) {
    observe(fmt::format("state after batch {}", i), t.model.recurrent->state, kTrained);
    observe(fmt::format("it is the last state of batch {}", i),
            same_bits(t.model.recurrent->state, t.model.recurrent->last_state));
  });
}

CASE(truncated_bptt, clipping,
     "the gradient is cut to max_norm before the step, all parameters together", {.weight = 2}) {
  for (const double max_norm : {0.01, 0.3, 0.6, 1.0}) {
    Training t({37, 3, 4});
    const std::string what = fmt::format("max_norm {}", max_norm);
    calling("train_pass with " + what);
    observe_result(what, train_pass(t.model, t.optimizer, t.streams, max_norm, [](std::size_t) {}),
                   t);
  }
}

CASE(truncated_bptt, gradients_of_before, "what backward left there before the pass is forgotten") {
  Training t({25, 2, 4});
  for (Parameter* p : t.model.parameters())
    p->grad() = input_matrix("gradient", p->value().shape(0), p->value().shape(1));
  calling("train_pass, where every parameter has a gradient");
  observe_result("with gradients before",
                 train_pass(t.model, t.optimizer, t.streams, 1e9, [](std::size_t) {}), t);
}

CASE(truncated_bptt, after_each,
     "after is called once for each batch, in order, when its step is made") {
  Training t({30, 2, 4});
  std::vector<std::int64_t> numbers, steps, on_tape;
  calling("train_pass, and another rate after each batch");
  const PassResult result = train_pass(t.model, t.optimizer, t.streams, 1e9, [&](std::size_t i) {
    numbers.push_back(static_cast<std::int64_t>(i));
    steps.push_back(t.optimizer.made());
    on_tape.push_back(static_cast<std::int64_t>(tape().size()));
    t.optimizer.rate = 0.1 + 0.2 * static_cast<double>(i);
  });
  observe("numbers", numbers);
  observe("steps made", steps);
  observe("modules on the tape", on_tape);
  observe_result("another rate for each", result, t);
}

CASE(truncated_bptt, trained_as_it_is, "whether it is being trained is not changed by a pass") {
  for (const bool training : {true, false}) {
    Training t({30, 2, 4}, Cell::rnn, 0.5);
    t.model.train(training);
    const std::string what = training ? "in training" : "in evaluation";
    calling("train_pass of a model with dropout, " + what);
    observe_result(what, train_pass(t.model, t.optimizer, t.streams, 1e9, [](std::size_t) {}), t);
    observe("it still is, " + what, t.model.training() == training);
  }
}

CASE(truncated_bptt, memory, "a long text needs the memory of one batch", {.weight = 2}) {
  for (const std::size_t batches : {10, 60}) {
    Training t({2 + batches * 3 * 5, 3, 5});
    std::vector<std::int64_t> held, asked;
    const std::string what = fmt::format("{} batches", batches);
    calling("train_pass through " + what);
    train_pass(t.model, t.optimizer, t.streams, 0.5, [&](std::size_t) {
      held.push_back(live_bytes());
      asked.push_back(system_allocations());
    });
    std::int64_t more = 0, new_blocks = 0;
    for (std::size_t i = 3; i < std::min(held.size(), batches); ++i) {
      more += held[i] != held[2];
      new_blocks += asked[i] != asked[2];
    }
    observe("batches after which more or less memory is held than after the third, " + what, more);
    observe("batches after which new memory had been asked for, " + what, new_blocks);
  }
}

void observe_spoilt(const std::string& what, double by, std::size_t after_batch) {
  Training t({40, 2, 4});
  std::string says;
  std::vector<std::int64_t> numbers;
  calling("train_pass, " + what);
  try {
    train_pass(
        t.model, t.optimizer, t.streams, 1,
        [&](std::size_t i) {
          numbers.push_back(static_cast<std::int64_t>(i));
          if (i == after_batch) t.model.output.bias.value()(0, 2) = static_cast<Real>(by);
        },
        7);
  } catch (const TrainingError& error) {
    says = error.what();
  }
  observe(what + ": batches done", numbers);
  observe(what + ": steps made", t.optimizer.made());
  observe(what + ": TrainingError names pass, batch and parameter",
          names(says, "epoch 7", fmt::format("batch {}", after_batch + 1), "output.bias"));
  observe_parameters(what, t.model, kTrained);
  tape().clear();
}

CASE(truncated_bptt, nan, "a loss that is no number ends the pass before it does any harm") {
  observe_spoilt("NaN in a parameter after batch 0", kNaN, 0);
  observe_spoilt("NaN in a parameter after batch 2", kNaN, 2);
  observe_spoilt("infinity in a parameter after batch 1", kInfinity, 1);
}

CASE(truncated_bptt, pass_errors, "what the modules refuse, a pass refuses") {
  Training t({30, 2, 4});
  calling("train_pass with a negative max_norm, and with symbols that the model does not know");
  observe_error("max_norm -1",
                [&] { train_pass(t.model, t.optimizer, t.streams, -1, [](std::size_t) {}); });
  tape().clear();
  const Streams others(std::vector<Label>{0, 1, 6, 2, 1}, 2, 2);
  observe_error("symbol 6 of 6",
                [&] { train_pass(t.model, t.optimizer, others, 1, [](std::size_t) {}); });
  tape().clear();
}

// Put together again, the batches are the text, and targets the text from its second symbol on
PROOF(truncated_bptt, the_whole_text) {
  for (const Cut& c : kCuts) {
    const std::vector<Label> symbols = drawn_symbols("text", c.length, 1000);
    const Streams streams(symbols, c.sequences, c.steps);
    std::vector<std::vector<Label>> read(c.sequences), next(c.sequences);
    for (std::size_t i = 0; i < streams.size(); ++i) {
      const TextBatch batch = streams[i];
      for (std::size_t k = 0; k < batch.inputs.size(); ++k) {
        read[k % c.sequences].push_back(batch.inputs[k]);
        next[k % c.sequences].push_back(batch.targets[k]);
      }
    }
    const std::size_t length = (c.length - 1) / c.sequences;
    for (std::size_t n = 0; n < c.sequences; ++n) {
      const auto from = symbols.begin() + static_cast<std::ptrdiff_t>(n * length);
      const auto size = static_cast<std::ptrdiff_t>(length);
      prove(read[n] == std::vector<Label>(from, from + size), "a sequence is a piece of the text");
      prove(next[n] == std::vector<Label>(from + 1, from + 1 + size),
            "what comes next is the text one further on");
    }
  }
}

// Each step goes down the gradient of its own batch, where the state it begins with is a constant
PROOF(truncated_bptt, central_differences) {
  for (const Cell cell : {Cell::rnn, Cell::lstm}) {
    Training t({26, 2, 4}, cell);
    t.optimizer.rate = 1;
    std::vector<double> before, start;
    const auto numbers = [&] {
      std::vector<double> all;
      for (Parameter* p : t.model.parameters())
        all.insert(all.end(), p->value().begin(), p->value().end());
      return all;
    };
    const auto set = [&](const std::vector<double>& all) {
      std::size_t i = 0;
      for (Parameter* p : t.model.parameters())
        for (Real& x : p->value()) x = static_cast<Real>(all[i++]);
    };
    before = numbers();
    Matrix state = t.model.recurrent->state;
    t.model.begin(2);
    state = t.model.recurrent->state;
    train_pass(t.model, t.optimizer, t.streams, 1e9, [&](std::size_t b) {
      const std::vector<double> now = numbers();
      const Matrix ended = t.model.recurrent->state;
      const TextBatch batch = t.streams[b];
      const NoTape no_tape;
      t.model.recurrent->state = state;
      const std::vector<double> numeric = numeric_gradient(
          [&](const std::vector<double>& x) {
            set(x);
            return double{t.model.loss(batch.inputs, batch.targets).out_tensor(0, 0)};
          },
          before);
      for (std::size_t i = 0; i < now.size(); ++i)
        prove_close(fmt::format("batch {}, number {}", b, i), before[i] - now[i], numeric[i], 1e-7);
      set(now);
      before = now;
      state = t.model.recurrent->state = ended;
    });
  }
}

}  // namespace
}  // namespace gradbook
