/// @file
/// Text as numbers: the first of three steps to a language model.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "05_modules/layer_functions.hpp"

namespace gradbook {

/// What a language model counts as one symbol.
enum class Unit { character, word };

// ---- exercise 7.1 -------------------------------------------------------------------------------

/// Cuts a text into symbols.
///
/// A character is a code point: in UTF-8 it is a byte below 0x80, or a byte from 0xC0 on with the
/// bytes 0x80 to 0xBF that follow it. A word is as many letters, digits, apostrophes (') and
/// characters beyond ASCII as stand side by side; a line break is a symbol; other white space only
/// separates; everything else is a symbol of its own.
/// @param text  UTF-8
/// @param unit  what counts as one
/// @returns     the symbols in their order: "it's 5.\n" has the words "it's", "5", "." and "\n"
std::vector<std::string> symbols_of(std::string_view text, Unit unit);

/// The symbols that a model knows, each with a number: its place in the order of bytes.
class Vocabulary {
 public:
  /// Of every symbol that occurs, once. The same symbols in another order give the same numbers.
  explicit Vocabulary(std::span<const std::string> symbols);

  /// The number of each symbol.
  /// @throws RangeError  "Vocabulary: \"ß\" at place 3 is none of its 65 symbols"
  std::vector<Label> encode(std::span<const std::string> symbols) const;

  /// The symbol of each number.
  /// @throws RangeError  "Vocabulary: 70 at place 3 is the number of none of its 65 symbols", also
  ///                     for a negative one
  std::vector<std::string> decode(std::span<const Label> ids) const;

  /// V, how many symbols it knows.
  std::size_t size() const { return symbols_.size(); }

  /// All of them, in the order of their numbers.
  const std::vector<std::string>& symbols() const { return symbols_; }

 private:
  std::vector<std::string> symbols_;
};

/// A text in two parts: one to learn from, one to be measured on.
struct TextSplit {
  std::vector<Label> training;  ///< what comes first
  std::vector<Label> held_out;  ///< the end
};

/// Cuts a text in two: the last share·n numbers, rounded up, are held out. A text is not shuffled:
/// what stands side by side belongs together.
/// @param ids    n numbers
/// @param share  of those that are held out, in (0, 1)
/// @throws RangeError  where share is not in (0, 1)
/// @throws ShapeError  where one of the parts would be empty
TextSplit split(std::span<const Label> ids, double share = 0.1);

// ---- given --------------------------------------------------------------------------------------

/// Symbols as a text again: characters side by side, words with a space between, but for none
/// before a mark such as "," and around a line break.
std::string text_of(std::span<const std::string> symbols, Unit unit);

}  // namespace gradbook
