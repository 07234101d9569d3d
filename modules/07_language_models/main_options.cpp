// The command line of module 07's program.
#include "07_language_models/main_options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdlib>

#include "00_course/program.hpp"

namespace gradbook {
namespace {

// A number for which `holds` is true; else the sentence
template <class Holds>
CLI::Validator number_that(Holds holds, const char* must) {
  return {[=](std::string& text) {
            double number = 0;
            const bool is_one = CLI::detail::lexical_cast(text, number);
            return is_one && holds(number) ? std::string() : fmt::format("{} {}", text, must);
          },
          ""};
}

// @returns  the options that are for training alone
std::vector<CLI::Option*> add_training(CLI::App& app, ProgramOptions& o) {
  const auto size = number_that([](double n) { return n >= 1 && n <= 4096 && n == int(n); },
                                "is no whole number from 1 to 4096");
  const std::map<std::string, Cell> cells = {
      {"rnn", Cell::rnn}, {"gru", Cell::gru}, {"lstm", Cell::lstm}};
  return {app.add_option("--cell", o.model.cell, "rnn, gru or lstm: what keeps the state")
              ->transform(CLI::CheckedTransformer(cells).description("")),
          app.add_option("--hidden", o.model.hidden, "numbers in a state")->check(size),
          app.add_option("--embedding", o.model.embedding, "numbers for each symbol")->check(size),
          app.add_option("--dropout", o.model.dropout, "share of numbers left out while it learns")
              ->check(number_that([](double p) { return p >= 0 && p < 1; }, "is not in [0, 1)")),
          app.add_option("--rate", o.rate, "the highest learning rate")
              ->check(number_that([](double r) { return r > 0 && r < 1; }, "is not in (0, 1)")),
          app.add_option("--passes", o.passes, "through the text, at most")->check(size),
          app.add_option("--minutes", o.minutes, "for training, about, at most")
              ->check(number_that([](double m) { return m > 0 && m < 1e6; }, "is not above 0")),
          app.add_option("--threads", o.threads, "that share the sequences")->check(size),
          app.add_option("--sequences", o.sequences, "read side by side")->check(size),
          app.add_option("--steps", o.steps, "that a gradient goes back through")->check(size)};
}

void add_sampling(CLI::App& app, ProgramOptions& o) {
  app.add_option("--temperature", o.sampling.temperature,
                 "below 1 the likely is likelier, above 1 all is more alike")
      ->check(number_that([](double t) { return t > 0 && t < 1e6; },
                          "is not above 0 (and --top-k 1 always takes the likeliest)"));
  app.add_option("--top-k", o.sampling.top_k, "draw from the k likeliest symbols alone")
      ->check(number_that([](double k) { return k >= 1 && k < 1e9 && k == std::int64_t(k); },
                          "is no whole number from 1 on"));
  app.add_option("--top-p", o.sampling.top_p, "draw from the likeliest that together have this")
      ->check(number_that([](double p) { return p > 0 && p <= 1; }, "is not in (0, 1]"));
  app.add_option("--length", o.length, "how many symbols are drawn")
      ->check(number_that([](double n) { return n >= 1 && n <= 1e6 && n == int(n); },
                          "is no whole number from 1 to 1000000"));
  app.add_option("--seed", o.seed, "of everything that is random");
}

}  // namespace

std::optional<ProgramOptions> parse_options(int argc, char** argv) {
  ProgramOptions o;
  o.folder = argc > 1 ? argv[1] : ".";
  CLI::App app("Trains n-grams and a recurrent network on a text, or goes on with one.", "run 07");
  bool words = false;
  app.add_option("--corpus", o.corpus, "a file of UTF-8 in place of the Sonnets");
  app.add_flag("--words", words, "symbols are words, not characters");
  app.add_option("--generate", o.generate,
                 "go on with this text, by the model of the last training");
  add_sampling(app, o);
  const auto training = add_training(app, o);
  try {
    if (argc > 2) app.parse(argc - 1, argv + 1);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return {};
  } catch (const CLI::ParseError& error) {
    throw Refusal(error.what());
  }
  if (words) o.unit = Unit::word;
  for (const CLI::Option* option : training) {
    if (o.generate && option->count() > 0)
      throw Refusal(fmt::format("{} is for training, and --generate uses what has been trained",
                                option->get_name()));
  }
  if (o.generate && o.generate->empty())
    throw Refusal("--generate: an empty text: what should it go on with?");
  const char* last = std::getenv(kLastRun);
  o.last_run = last != nullptr ? last : o.folder;
  return o;
}

}  // namespace gradbook
