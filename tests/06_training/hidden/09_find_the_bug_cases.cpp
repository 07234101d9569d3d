#include <fmt/format.h>

#include <cmath>

#include "05_modules/classifier.hpp"
#include "05_modules/dropout.hpp"
#include "05_modules/sequential.hpp"
#include "06_training/find_the_bug.hpp"
#include "support/modules.hpp"
#include "support/scripted_training.hpp"

namespace gradbook {
namespace {

constexpr Tolerance kTrained = {.terms = 4096, .scale = 4};

struct Sizes {
  std::size_t examples, inputs, classes;
};
constexpr Sizes kSizes[] = {{7, 3, 2}, {1, 1, 2}, {5, 2, 4}, {13, 5, 3}};

std::string in_words(const Sizes& sizes) {
  return fmt::format("{} examples, {} inputs, {} classes", sizes.examples, sizes.inputs,
                     sizes.classes);
}

Examples drawn_examples(const Sizes& sizes) {
  Examples all{input_matrix("inputs", sizes.examples, sizes.inputs), {}};
  for (std::size_t i = 0; i < sizes.examples; ++i)
    all.labels.push_back(draw_integer(0, static_cast<std::int64_t>(sizes.classes) - 1));
  input("labels", all.labels);
  return all;
}

void observe_parameters(const std::string& what, Module& model) {
  for (const auto& [name, parameter] : model.named_parameters())
    observe(fmt::format("{}, {}", name, what), parameter->value(), kTrained);
  observe("the tape is empty, " + what, tape().empty());
}

// ---- program 1

void observe_numbers(const Sizes& sizes, double left_over) {
  const Matrix x = input_matrix("x", sizes.examples, sizes.inputs),
               y = input_matrix("y", sizes.examples, sizes.classes), x_before = x;
  Sequential model;
  build(model, sizes.inputs, sizes.classes, 3);
  for (Parameter* parameter : model.parameters()) {
    if (left_over != 0)
      parameter->grad() = Matrix(parameter->value().shape(), static_cast<Real>(left_over));
  }
  SGD sgd(model.parameters(), {.rate = 0.1, .momentum = 0.5});
  const std::string what = fmt::format("{}, gradients of {} before", in_words(sizes), left_over);
  calling("fit_numbers for 6 steps, " + what);
  observe("losses, " + what, fit_numbers(model, sgd, x, y, 6), kTrained);
  observe("once more, " + what, fit_numbers(model, sgd, x, y, 3), kTrained);
  observe_parameters(what, model);
  observe("x is as before, " + what, same_bits(x, x_before));
}

CASE(find_the_bug, program_1, "each step takes the gradient of its own forward pass and no other",
     {.weight = 2}) {
  for (const Sizes& sizes : kSizes) observe_numbers(sizes, 0);
}

CASE(find_the_bug, program_1_left_over, "gradients that were there before do not count") {
  for (const Sizes& sizes : kSizes) observe_numbers(sizes, 2.5);
}

// ---- program 2

CASE(find_the_bug, program_2, "the loss takes the model's logits as they are", {.weight = 2}) {
  for (const Sizes& sizes : kSizes) {
    const Examples examples = drawn_examples(sizes);
    Sequential model;
    build(model, sizes.inputs, sizes.classes, 4);
    SGD sgd(model.parameters(), {.rate = 0.3});
    const std::string what = in_words(sizes);
    calling("fit_classes for 6 steps, " + what);
    observe("losses, " + what, fit_classes(model, sgd, examples, 6), kTrained);
    observe_parameters(what, model);
  }
}

CASE(find_the_bug, program_2_sure, "a model that is sure and right has hardly any loss") {
  OneWeight model;
  Scripted script({&model.weight}, {5, 20, -20});
  calling("fit_classes with logits 0, 5, 20 and -20 for the right class and 0 for the other");
  observe("losses", fit_classes(model, script, ones(2), 4), kTrained);
  observe_parameters("after 4 steps", model);
}

// ---- program 3

// Hands through what it gets, and counts in which state
class Witness final : public Module {
 public:
  const char* name() const override { return "Witness"; }
  Matrix forward(const InTensors& in) override {
    ++(training() ? in_training : in_evaluation);
    return in[0];
  }
  std::int64_t in_training = 0, in_evaluation = 0;
};

CASE(find_the_bug, program_3, "what is measured is the model as it is used, the same every time",
     {.weight = 2}) {
  for (const std::size_t n : {1u, 7u, 97u}) {
    const Sizes sizes{n, 3, 4};
    const Examples examples = drawn_examples(sizes);
    Sequential model;
    Random random(9);
    model.add<Dropout>(0.5, 5);
    Witness& witness = model.add<Witness>();
    model.add<Linear>(3, 4, random);
    const std::string what = in_words(sizes);
    calling("share_wrong, twice, " + what);
    observe("share, " + what, share_wrong(model, examples));
    observe("share, again, " + what, share_wrong(model, examples));
    observe("forward passes in training, " + what, witness.in_training);
    observe("forward passes in evaluation, " + what, witness.in_evaluation);
    observe("in training afterwards, " + what, model.training() && witness.training());
    observe_parameters(what, model);
  }
}

CASE(find_the_bug, program_3_equal, "the first of equal logits is the answer, in evaluation") {
  Sequential model;
  Random random(9);
  model.add<Linear>(2, 3, random, false).weight.value().fill(0);
  Witness& witness = model.add<Witness>();
  const Examples examples{input_matrix("inputs", 4, 2), {0, 1, 2, 0}};
  calling("share_wrong where all logits are 0, and the labels are 0, 1, 2, 0");
  observe("share", share_wrong(model, examples));
  observe("forward passes in evaluation", witness.in_evaluation);
}

// ---- program 4

struct Batches {
  std::size_t examples, size;
};
constexpr Batches kBatches[] = {{7, 3}, {12, 4}, {5, 1}, {11, 7}, {6, 100}};

void observe_batches(const Batches& batches, int epochs) {
  const Sizes sizes{batches.examples, 2, 3};
  const Examples examples = drawn_examples(sizes);
  Sequential model;
  build(model, 2, 3, 6);
  SGD sgd(model.parameters(), {.rate = 0.2});
  const std::string what =
      fmt::format("{}, batches of {}, {} epochs", in_words(sizes), batches.size, epochs);
  calling("fit_in_batches, " + what);
  observe("means, " + what, fit_in_batches(model, sgd, examples, batches.size, epochs, 3),
          kTrained);
  observe_parameters(what, model);
}

CASE(find_the_bug, program_4, "every input comes with its own label, in the order of the epoch",
     {.weight = 2}) {
  for (const Batches& batches : kBatches) observe_batches(batches, 3);
}

CASE(find_the_bug, program_4_one_epoch, "in the first epoch, too, labels stay with their inputs") {
  for (const Batches& batches : kBatches) observe_batches(batches, 1);
}

// ---- program 5

void observe_schedule(const Batches& batches, bool rates_too) {
  const Sizes sizes{batches.examples, 3, 2};
  const Examples examples = drawn_examples(sizes);
  Sequential model;
  build(model, 3, 2, 6);
  SGD sgd(model.parameters(), {.rate = 5});
  const std::string what = fmt::format("{}, batches of {}", in_words(sizes), batches.size);
  const WarmupCosine schedule{input("peak", draw(0.1, 0.4)), 0.01, 4, 11};
  calling("fit_on_schedule for 3 epochs, 4 steps of warmup of 11, " + what);
  const std::vector<double> rates =
      fit_on_schedule(model, sgd, examples, batches.size, 3, schedule);
  if (rates_too) observe("rates, " + what, rates, kTrained);
  observe("rate of the optimiser, " + what, sgd.rate, kTrained);
  observe_parameters(what, model);
}

CASE(find_the_bug, program_5, "the schedule counts steps, over all epochs", {.weight = 2}) {
  for (const Batches& batches : kBatches) observe_schedule(batches, true);
}

CASE(find_the_bug, program_5_steps, "the steps are as long as the schedule says") {
  for (const Batches& batches : kBatches) observe_schedule(batches, false);
}

// ---- program 6

void observe_clipped(const Sizes& sizes, double max_norm, bool lengths_too) {
  const Examples examples = drawn_examples(sizes);
  Sequential model;
  build(model, sizes.inputs, sizes.classes, 8);
  GradientDescent descent(model.parameters(), 1);
  const std::string what = fmt::format("{}, at most {}", in_words(sizes), max_norm);
  calling("fit_clipped for 3 steps, " + what);
  const std::vector<double> lengths = fit_clipped(model, descent, examples, max_norm, 3);
  if (lengths_too) observe("lengths, " + what, lengths, kTrained);
  observe_parameters(what, model);
}

CASE(find_the_bug, program_6, "no step is longer than its gradient may be", {.weight = 2}) {
  for (const Sizes& sizes : kSizes) {
    for (const double max_norm : {0.01, 0.1, 100.0}) observe_clipped(sizes, max_norm, false);
  }
}

CASE(find_the_bug, program_6_lengths, "what is told is the length before it was cut") {
  for (const Sizes& sizes : kSizes) {
    for (const double max_norm : {0.03, 100.0}) observe_clipped(sizes, max_norm, true);
  }
}

PROOF(find_the_bug, closed_forms) {
  OneWeight model;
  Scripted script({&model.weight}, {3});
  const std::vector<double> losses = fit_classes(model, script, ones(2), 2);
  prove_close("loss at logits 0, 0", losses.at(0), std::log(2), 1e-12);
  prove_close("loss at logits 3, 0", losses.at(1), std::log1p(std::exp(-3)), 1e-12);

  Random random(1);
  Linear layer(1, 1, random, false);
  layer.weight.value() = Matrix{{0}};
  GradientDescent descent(layer.parameters(), 0.25);
  const std::vector<double> squares = fit_numbers(layer, descent, Matrix{{1}}, Matrix{{4}}, 3);
  prove_close("distance 4, halved twice, squared", squares.at(2), 1, 1e-12);
}

}  // namespace
}  // namespace gradbook
