#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "05_modules/dropout.hpp"
#include "06_training/loop.hpp"
#include "06_training/optimizers.hpp"
#include "support/messages.hpp"
#include "support/modules.hpp"
#include "support/scripted_training.hpp"

namespace gradbook {
namespace {

// Many steps, each of which rounds
constexpr Tolerance kTrained = {.terms = 4096, .scale = 4};
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Examples drawn_examples(const std::string& label, std::size_t n, std::size_t inputs,
                        std::size_t classes) {
  Examples all{input_matrix(label, n, inputs), {}};
  for (std::size_t i = 0; i < n; ++i)
    all.labels.push_back(draw_integer(0, static_cast<std::int64_t>(classes) - 1));
  input(label + ", labels", all.labels);
  return all;
}

void observe_result(const std::string& label, const LoopResult& result, Module& model) {
  std::vector<std::int64_t> numbers;
  std::vector<double> training, validation, accuracies;
  for (const Epoch& epoch : result.epochs) {
    numbers.push_back(epoch.number);
    training.push_back(epoch.training_loss);
    validation.push_back(epoch.validation_loss);
    accuracies.push_back(epoch.accuracy);
  }
  observe(label + ": epochs", numbers);
  observe(label + ": training losses", training, kTrained);
  observe(label + ": validation losses", validation, kTrained);
  observe(label + ": accuracies", accuracies);
  observe(label + ": best epoch", result.best);
  for (const auto& [name, parameter] : model.named_parameters())
    observe(label + ": " + name, parameter->value(), kTrained);
}

// All numbers of a run, to be compared bit by bit
[[maybe_unused]] std::vector<double> numbers_of(const LoopResult& result, Module& model) {
  std::vector<double> all = {static_cast<double>(result.best)};
  for (const Epoch& epoch : result.epochs)
    for (const double number :
         {double(epoch.number), epoch.training_loss, epoch.validation_loss, epoch.accuracy})
      all.push_back(number);
  for (Parameter* parameter : model.parameters())
    all.insert(all.end(), parameter->value().begin(), parameter->value().end());
  return all;
}

[[maybe_unused]] void nothing(const Epoch&) {}

struct Sizes {
  std::size_t examples, batch, inputs, classes;
  int epochs;
};

void observe_training(const Sizes& sizes) {
  const auto& [n, batch, inputs, classes, epochs] = sizes;
  const Examples training = drawn_examples("training", n, inputs, classes),
                 validation = drawn_examples("validation", n / 2 + 1, inputs, classes);
  const Examples before = training;
  Sequential model;
  build(model, inputs, classes, 7);
  SGD sgd(model.parameters(), {.rate = 0.1, .momentum = 0.5});
  const std::string what = fmt::format("{} examples in batches of {}, {} epochs", n, batch, epochs);
  calling("train with " + what);
  const LoopResult result =
      train(model, sgd, training, validation,
            {.epochs = epochs, .batch = batch, .seed = 3 * n + batch}, nothing);
  observe_result(what, result, model);
  observe(what + ": the tape is empty, and the model in training",
          tape().empty() && model.training());
  observe(what + ": the examples are as before",
          same_bits(before.inputs, training.inputs) && before.labels == training.labels);
}

CASE(training_loop, batches, "all losses and parameters are those of these batches, one by one",
     {.weight = 2}) {
  for (const Sizes& sizes : {Sizes{7, 3, 2, 3, 4},
                             {1, 1, 3, 2, 3},
                             {13, 7, 1, 4, 2},
                             {5, 1, 2, 2, 3},
                             {11, 100, 3, 5, 3}})
    observe_training(sizes);
}

CASE(training_loop, whole_batches, "where all batches are of one size, too") {
  observe_training({12, 4, 3, 3, 4});
}

CASE(training_loop, dropout, "what is measured is measured in evaluation, what is learnt is not") {
  const Examples training = drawn_examples("training", 10, 3, 3),
                 validation = drawn_examples("validation", 9, 3, 3);
  Sequential model;
  Random random(4);
  model.add<Linear>(3, 8, random);
  model.add<Dropout>(0.5, 11);
  model.add<Linear>(8, 3, random);
  Adam adam(model.parameters(), {.rate = 0.02});
  calling("train of a model with Dropout, 10 examples in batches of 4, 3 epochs");
  observe_result("with Dropout",
                 train(model, adam, training, validation, {.epochs = 3, .batch = 4}, nothing),
                 model);
}

// One batch an epoch, so that epoch n ends with the n-th weight
void observe_script(const std::string& label, const std::vector<double>& weights,
                    const LoopOptions& options) {
  OneWeight model;
  Scripted script({&model.weight}, input("weights after each epoch", weights));
  calling(label);
  observe_result(label, train(model, script, ones(3), ones(2), options, nothing), model);
  observe(label + ": steps made", script.made());
}

CASE(training_loop, best, "at the end the model has the parameters of its best epoch") {
  for (const std::size_t best : {0u, 2u, 5u}) {
    std::vector<double> weights = draw_list(6, -1, 1);
    weights[best] = draw(1.5, 2);
    observe_script(fmt::format("best after epoch {} of 6", best + 1), weights,
                   {.epochs = 6, .batch = 3});
  }
  observe_script("equal losses: the first of them", {1, 2, 1.5, 2, 2}, {.epochs = 5, .batch = 3});
}

CASE(training_loop, patience, "training ends once so many epochs in a row brought no new best",
     {.weight = 2}) {
  const std::vector<double> weights = {1, 0.5, 2, 1, 2, 1.5, 3, 1, 1, 1, 1, 4};
  for (const int patience : {0, 1, 2, 3, 4, 5, 12})
    observe_script(fmt::format("patience {}", patience), weights,
                   {.epochs = 12, .batch = 3, .patience = patience});
  observe_script("patience 2 in a short run", {2, 1, 1, 3},
                 {.epochs = 4, .batch = 3, .patience = 2});
}

CASE(training_loop, no_epochs, "no epochs change nothing, and have no best") {
  observe_script("0 epochs", {5, 6}, {.epochs = 0, .batch = 3});
}

CASE(training_loop, resume, "a run that was killed after any epoch comes to the same bits",
     {.weight = 2}) {
  const Examples training = drawn_examples("training", 11, 2, 3),
                 validation = drawn_examples("validation", 6, 2, 3);
  const auto run = [&](CheckpointPlace* place, int killed_after, std::uint64_t seed) {
    Sequential model;
    build(model, 2, 3, seed);
    Adam adam(model.parameters(), {.rate = 0.3});
    try {
      return numbers_of(
          train(model, adam, training, validation, {.epochs = 6, .batch = 4, .checkpoint = place},
                [&](const Epoch& epoch) {
                  if (epoch.number == killed_after) throw Killed();
                }),
          model);
    } catch (const Killed&) {
      return std::vector<double>{};
    }
  };
  const std::vector<double> whole = run(nullptr, 0, 5);
  observe("numbers of a run in one go", whole, kTrained);
  for (int killed_after = 1; killed_after <= 6; ++killed_after) {
    CheckpointInMemory place;
    calling(fmt::format("train, killed after epoch {} of 6, and again from its checkpoint",
                        killed_after));
    const bool killed = run(&place, killed_after, 5).empty();
    const std::vector<double> rest = run(&place, 0, 99);
    observe(fmt::format("killed after epoch {}: the same bits", killed_after),
            killed && rest == whole);
    observe(fmt::format("killed after epoch {}: numbers", killed_after), rest, kTrained);
    observe(
        fmt::format("killed after epoch {}: once more, and nothing is left to do", killed_after),
        run(&place, 1, 98) == whole);
  }
}

CASE(training_loop, resume_with_patience, "epochs before an interruption count for patience") {
  const std::vector<double> weights = {2, 1, 1, 1, 1, 1, 3};
  for (const int killed_after : {1, 2, 3, 4}) {
    CheckpointInMemory place;
    int epochs = 0;
    for (const int killed : {killed_after, 0}) {
      OneWeight model;
      Scripted script({&model.weight}, weights);
      const std::string what = fmt::format("patience 4, killed after epoch {}", killed_after);
      calling(what);
      try {
        const LoopResult result = train(
            model, script, ones(2), ones(2),
            {.epochs = 7, .batch = 2, .patience = 4, .checkpoint = &place}, [&](const Epoch& e) {
              ++epochs;
              if (e.number == killed) throw Killed();
            });
        observe_result(what, result, model);
      } catch (const Killed&) {
      }
    }
    observe(fmt::format("epochs run in all, killed after {}", killed_after), epochs);
  }
}

CASE(training_loop, longer, "a finished run goes on where more epochs are asked for") {
  CheckpointInMemory place;
  for (const int epochs : {2, 5}) {
    OneWeight model;
    Scripted script({&model.weight}, {1, 2, 1, 1.5, 3});
    const std::string what = fmt::format("{} epochs", epochs);
    calling("train with the checkpoint of before: " + what);
    observe_result(what,
                   train(model, script, ones(2), ones(2),
                         {.epochs = epochs, .batch = 2, .checkpoint = &place}, nothing),
                   model);
  }
}

CASE(training_loop, reports,
     "every epoch is reported once, with its numbers, and after it was saved") {
  CheckpointInMemory place;
  OneWeight model;
  Scripted script({&model.weight}, draw_list(8, -1, 2));
  std::vector<std::int64_t> numbers, sizes;
  std::vector<double> losses;
  calling("train with 4 epochs of 2 batches");
  train(model, script, ones(5), ones(2), {.epochs = 4, .batch = 3, .checkpoint = &place},
        [&](const Epoch& epoch) {
          numbers.push_back(epoch.number);
          losses.push_back(epoch.training_loss);
          losses.push_back(epoch.validation_loss);
          sizes.push_back(static_cast<std::int64_t>(place.bytes.size()));
        });
  observe("epochs reported", numbers);
  observe("their losses", losses, kTrained);
  observe("bytes saved when each was reported", sizes);
}

void observe_nan(const std::string& what, const std::vector<double>& weights) {
  CheckpointInMemory place;
  OneWeight model;
  Scripted script({&model.weight}, input("weights after each step", weights));
  std::string good, says;
  std::vector<std::int64_t> saved;
  calling("train in batches of 2 of 6 examples, " + what);
  try {
    train(model, script, ones(6), ones(2), {.epochs = 4, .batch = 2, .checkpoint = &place},
          [&](const Epoch&) {
            good = place.bytes;
            saved.push_back(static_cast<std::int64_t>(good.size()));
          });
  } catch (const TrainingError& error) {
    says = error.what();
  }
  observe(what + ": TrainingError names the parameter", names(says, "weight"));
  observe(what + ": the checkpoint is that of the last good epoch", place.bytes == good);
  observe(what + ": bytes in it", place.bytes.size());
  observe(what + ": bytes in it after each epoch", saved);
  observe(what + ": steps made", script.made());
  observe(what + ": the tape is empty", tape().empty());
}

CASE(training_loop, nan, "a loss that is no number stops training before it does any harm",
     {.weight = 2}) {
  observe_nan("NaN after the first step of epoch 1", {kNaN, 1, 1, 1, 1, 1});
  observe_nan("NaN after the second step of epoch 2", {1, 1, 1, 1, kNaN, 2});
  observe_nan("infinite after the second step of epoch 3", {1, 1, 1, 1, 2, 1, 2, -kInfinity, 2});
}

CASE(training_loop, nan_at_the_end, "a loss of the validation set that is no number stops it too") {
  observe_nan("NaN after the last step of epoch 1", {1, 1, kNaN});
  observe_nan("NaN after the last step of epoch 3", {1, 1, 1, 2, 2, 2, 2, 2, kNaN});
}

CASE(training_loop, errors, "what cannot be trained is refused") {
  OneWeight model;
  Scripted script({&model.weight}, {1});
  calling("train without examples, then with a batch of 0");
  observe_error("no examples", [&] { train(model, script, ones(0), ones(2), {}, nothing); });
  observe_error("no validation", [&] { train(model, script, ones(2), ones(0), {}, nothing); });
  observe_error("batch of 0",
                [&] { train(model, script, ones(2), ones(2), {.batch = 0}, nothing); });
  CheckpointInMemory place;
  place.bytes = "no checkpoint";
  observe_error("a checkpoint of something else",
                [&] { train(model, script, ones(2), ones(2), {.checkpoint = &place}, nothing); });
  observe("the weight is as before", model.weight.value());
}

PROOF(training_loop, closed_form) {
  OneWeight model;
  Scripted script({&model.weight}, {3, 2});
  const LoopResult result =
      train(model, script, ones(5), ones(3), {.epochs = 2, .batch = 4}, nothing);
  const auto loss = [](double w) { return std::log1p(std::exp(-w)); };
  prove_close("training loss of epoch 1", result.epochs[0].training_loss,
              (4 * loss(0) + loss(3)) / 5, 1e-12);
  prove_close("validation loss of epoch 1", result.epochs[0].validation_loss, loss(2), 1e-12);
  prove_close("training loss of epoch 2", result.epochs[1].training_loss, loss(2), 1e-12);
  prove(result.best == 1, "an equal loss is no better one");
}

}  // namespace
}  // namespace gradbook
