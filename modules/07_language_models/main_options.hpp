/// @file
/// What `gradbook run 07` can be asked for.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "07_language_models/rnn_lm.hpp"
#include "07_language_models/sampling.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// What was asked for cannot be done; the message is one sentence that says why.
class Refusal : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options, and where things are.
struct ProgramOptions {
  std::filesystem::path folder;    ///< where files are left
  std::filesystem::path last_run;  ///< where those of the last run are
  std::string corpus;              ///< a file; empty: the Sonnets
  Unit unit = Unit::character;     ///< what is one symbol

  RnnLMOptions model{.embedding = 64, .hidden = 192, .dropout = 0.2};  ///< but for the vocabulary
  std::optional<std::size_t> sequences;  ///< N; none: 16, or as many as the text has room for
  std::optional<std::size_t> steps;      ///< T; none: 64, or as many as a sequence has
  int passes = 60;                       ///< at most so many
  double minutes = 1.6;                  ///< at most so long
  double rate = 4e-3;                    ///< the highest learning rate
  int threads = 2;                       ///< that share the sequences

  std::optional<std::string> generate;  ///< the beginning of a text to go on with; none: train
  SamplingOptions sampling;             ///< of what is drawn
  std::size_t length = 400;             ///< how many symbols are drawn
  std::uint64_t seed = 1;               ///< of everything that is random
};

/// Reads a command line: a folder, then options. @throws Refusal  where one is unknown or makes no
/// sense
/// @returns  nothing where help was asked for, and given
std::optional<ProgramOptions> parse_options(int argc, char** argv);

}  // namespace gradbook
