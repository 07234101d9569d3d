/// @file
/// A corpus as numbers, in two parts.
#pragma once

#include <string>

#include "07_language_models/main_options.hpp"
#include "07_language_models/vocabulary.hpp"

namespace gradbook {

/// What models learn from and are measured on.
struct LmText {
  std::string name;       ///< of the corpus
  Unit unit;              ///< what is one symbol
  Vocabulary vocabulary;  ///< of all of it
  TextSplit parts;        ///< the last tenth is held out

  /// "character" or "word".
  const char* symbol() const { return unit == Unit::word ? "word" : "character"; }

  /// Numbers as text again.
  std::string text(std::span<const Label> ids) const;
};

/// Reads the corpus that is asked for, else the Sonnets that were fetched at set-up, else a text of
/// our own. @throws Refusal  where nothing can be learnt from it
LmText read_text(const ProgramOptions& options);

}  // namespace gradbook
