// A recurrent network, trained on a text for a given time.
#include "07_language_models/main_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "00_course/output.hpp"
#include "00_course/progress.hpp"
#include "06_training/optimizers.hpp"
#include "07_language_models/main_model_file.hpp"
#include "07_language_models/train_lm.hpp"

namespace gradbook {
namespace {

constexpr std::size_t kSequences = 16, kSteps = 64;
constexpr const char* kCells[] = {"rnn", "gru", "lstm"};

struct Learner {
  Learner(const ProgramOptions& options, std::size_t vocabulary)
      : random(options.seed),
        model(std::make_unique<RnnLM>(sized(options.model, vocabulary), random)),
        adam(model->parameters(), {.rate = options.rate}) {}

  static RnnLMOptions sized(RnnLMOptions model, std::size_t vocabulary) {
    model.vocabulary = vocabulary;
    return model;
  }

  Random random;
  std::unique_ptr<RnnLM> model;
  Adam adam;
};

// How long a pass takes: measured on a few batches of a learner that is thrown away
double seconds_a_pass(const LmText& text, const ProgramOptions& options, const LmOptions& lm) {
  using Clock = std::chrono::steady_clock;
  Learner learner(options, text.vocabulary.size());
  const std::size_t all = text.parts.training.size(),
                    some = std::min(all, 6 * lm.sequences * lm.steps + 1);
  const Streams few(std::span(text.parts.training).first(some), lm.sequences, lm.steps);
  train_pass(*learner.model, learner.adam, few, lm.max_norm,
             [](std::size_t) {});  // memory is fresh
  const auto begin = Clock::now();
  train_pass(*learner.model, learner.adam, few, lm.max_norm, [](std::size_t) {});
  const auto middle = Clock::now();
  const auto held = std::span(text.parts.held_out);
  const std::size_t few_held = std::min<std::size_t>(held.size(), 600);
  held_out_bits(*learner.model, held.first(few_held));
  const std::chrono::duration<double> learning = middle - begin, measuring = Clock::now() - middle;
  return learning.count() * static_cast<double>(all) / static_cast<double>(some) +
         measuring.count() * static_cast<double>(held.size()) / static_cast<double>(few_held);
}

void print_pass(const LmPass& pass, double ngram) {
  // A bar of its bits, and where the n-gram's ends
  const auto width = [&](double bits) { return std::lround(12 * bits); };
  std::string bar;
  for (int i = 0; i < std::max(width(ngram) + 1, std::min(width(pass.held_out_bits), 48L)); ++i)
    bar += i == width(ngram) ? "│" : i < width(pass.held_out_bits) ? "█" : " ";
  fmt::print("{:4}  {:8.3f}  {:8.3f}  {}\n", pass.number, pass.training_bits, pass.held_out_bits,
             bar);
  std::fflush(stdout);
}

}  // namespace

LmOptions batches_for(const LmText& text, const ProgramOptions& options) {
  LmOptions lm{.passes = options.passes, .peak = options.rate};
  const std::size_t n = text.parts.training.size();
  if (options.sequences && *options.sequences >= n)
    throw Refusal(fmt::format("--sequences {}: the training text has {} {}s, which is too short",
                              *options.sequences, n, text.symbol()));
  lm.sequences = options.sequences.value_or(std::min(kSequences, std::max<std::size_t>(n / 64, 1)));
  const std::size_t length = (n - 1) / lm.sequences;
  if (options.steps && *options.steps > length)
    throw Refusal(fmt::format("--steps {}: each of the {} sequences of the training text has {}",
                              *options.steps, lm.sequences, length));
  lm.steps = options.steps.value_or(std::min(kSteps, length));
  return lm;
}

std::unique_ptr<RnnLM> train_beside(const BestNgram& ngram, const LmText& text, LmOptions lm,
                                    const ProgramOptions& options) {
  Learner learner(options, text.vocabulary.size());
  ModelFile best((options.folder / kModelFile).string(),
                 {Learner::sized(options.model, text.vocabulary.size()), text.unit,
                  text.vocabulary.symbols(), text.name});
  lm.best = &best;
  const double fitting = 60 * options.minutes / seconds_a_pass(text, options, lm);
  lm.passes = static_cast<int>(std::clamp(fitting, 1.0, static_cast<double>(options.passes)));

  std::size_t numbers = 0;
  for (const Parameter* p : learner.model->parameters()) numbers += p->out_tensor.size();
  fmt::print("{} of {} units, {} numbers, {} passes with {} × {} {}s a step{}; │ is the n-gram\n\n",
             kCells[static_cast<int>(options.model.cell)], options.model.hidden, numbers, lm.passes,
             lm.sequences, lm.steps, text.symbol(),
             lm.passes < options.passes ? fmt::format(" (of {}: what fits into {:g} minutes)",
                                                      options.passes, options.minutes)
                                        : "");
  fmt::print("pass  training  held out  bits per {}\n", text.symbol());
  Output curves(options.folder / "lm_curves.tsv");
  curves.print("pass\ttraining\theld_out\tngram\tnorm\n");
  const int rows = (lm.passes + 19) / 20;  // the table has a row for so many passes
  const auto passes =
      train_language_model(*learner.model, learner.adam, text.parts, lm, [&](const LmPass& pass) {
        if (pass.number % rows == 0 || pass.number == 1) print_pass(pass, ngram.bits);
        curves.print("{}\t{}\t{}\t{}\t{}\n", pass.number, pass.training_bits, pass.held_out_bits,
                     ngram.bits, pass.largest_norm);
        report_progress(pass.number, lm.passes, pass.held_out_bits);
      });
  curves.close();
  const auto least = std::ranges::min_element(passes, {}, &LmPass::held_out_bits);
  fmt::print("\nheld out: {:.3f} bits by the best n-gram, {:.3f} by the network after pass {}\n",
             ngram.bits, least->held_out_bits, least->number);
  return std::move(learner.model);
}

}  // namespace gradbook
