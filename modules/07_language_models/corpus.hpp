/// @file
/// Text to learn from.
#pragma once

#include <string>
#include <string_view>

#include "00_course/error.hpp"

namespace gradbook {

/// A text that nothing can be learnt from.
class CorpusError : public Error {
 public:
  using Error::Error;
  ~CorpusError() override;
};

/// A text, and where it is from.
struct Corpus {
  std::string name;         ///< such as "Shakespeare's Sonnets"
  std::string text;         ///< UTF-8, lines end in "\n"
  std::string notice = {};  ///< a line to be shown with it; empty: none
};

/// Reads a text file: UTF-8, with or without a byte order mark, with lines of any system.
/// @param path  of the file, or of a pipe
/// @throws CorpusError  where it cannot be read (with the reason), is a folder or a device, is
///                      empty, is binary (holds a byte 0, with its place) or is not UTF-8 (with the
///                      line, the place and the byte)
Corpus read_corpus(const std::string& path);

/// The same for a text that is there already.
/// @param name  for messages
/// @param text  its bytes
Corpus corpus_of(std::string name, std::string_view text);

/// Shakespeare's Sonnets from the package that was fetched at set-up; where it is not there, a
/// short text of our own, with a notice that says so and what to do.
/// @param file  where set-up has put them
Corpus sonnets(const std::string& file);

}  // namespace gradbook
