// What module 07 can do once it is done: trains n-grams and a recurrent network on Shakespeare's
// Sonnets or any other text, and goes on with a text that it is given.
#include <fmt/core.h>

#include <cstdio>
#include <exception>

#include "00_course/program.hpp"
#include "07_language_models/generate.hpp"
#include "07_language_models/main_model_file.hpp"
#include "07_language_models/main_options.hpp"
#include "07_language_models/main_samples.hpp"
#include "07_language_models/main_training.hpp"

namespace gradbook {
namespace {

void train_and_compare(const ProgramOptions& options) {
  const LmText text = read_text(options);
  const LmOptions batches = batches_for(text, options);
  fmt::print("{}: {} {}s to learn from, {} held out, a vocabulary of {}\n\n", text.name,
             text.parts.training.size(), text.symbol(), text.parts.held_out.size(),
             text.vocabulary.size());
  std::fflush(stdout);
  const BestNgram ngram = compare_ngrams(text);
  std::fflush(stdout);
  use_threads(options.threads);
  const auto network = train_beside(ngram, text, batches, options);
  print_samples(text, ngram, *network, options);
}

// The model of the last run, if it is one for what is asked
ReadModel model_for(const ProgramOptions& options) {
  ReadModel read = [&] {
    try {
      return read_model((options.last_run / kModelFile).string());
    } catch (const CheckpointError& error) {
      throw Refusal(error.what());
    }
  }();
  const ModelDescription& d = read.description;
  if (options.unit == Unit::word && d.unit == Unit::character)
    throw Refusal("--words: the model of the last training knows characters, not words");
  if (options.corpus.empty()) return read;
  const LmText text = [&] {
    ProgramOptions same = options;
    same.unit = d.unit;
    return read_text(same);
  }();
  if (text.vocabulary.symbols() != d.symbols)
    throw Refusal(
        fmt::format("the model of the last training has another vocabulary than {}: {} "
                    "symbols of {}, not {}: train on it first, or leave --corpus out",
                    text.name, d.symbols.size(), d.corpus, text.vocabulary.size()));
  return read;
}

void go_on_with_text(const ProgramOptions& options) {
  const ReadModel read = model_for(options);
  const ModelDescription& d = read.description;
  const Vocabulary vocabulary(d.symbols);
  const auto prompt = [&] {
    try {
      return vocabulary.encode(symbols_of(*options.generate, d.unit));
    } catch (const RangeError& error) {
      throw Refusal(
          fmt::format("--generate: the model of {} cannot read that: {}", d.corpus, error.what()));
    }
  }();
  if (prompt.empty())
    throw Refusal("--generate: a text without a word: what should it go on with?");
  Random random(options.seed);
  std::vector<Label> all = prompt;
  for (const Label symbol : generate(*read.model, prompt, options.length, options.sampling, random))
    all.push_back(symbol);
  fmt::print("{}\n", text_of(vocabulary.decode(all), d.unit));
}

}  // namespace
}  // namespace gradbook

int main(int argc, char** argv) {
  try {
    const auto options = gradbook::parse_options(argc, argv);
    if (!options) return 0;
    if (options->generate)
      gradbook::go_on_with_text(*options);
    else
      gradbook::train_and_compare(*options);
  } catch (const gradbook::Refusal& refusal) {
    fmt::print(stderr, "{}\n", refusal.what());
    return gradbook::kRefused;
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 1;
  }
}
