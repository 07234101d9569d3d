/// @file
/// A page of the site on its way to Doxygen: every line knows where a person wrote it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "system/file.hpp"

namespace gradbook {

/// One line, and where it comes from; errors name that place.
struct SourceLine {
  std::string text;
  std::string file;  // as the book knows it: "modules/02_scalar/chapter.md"
  int number = 0;
};

/// The lines of a file below `root`. @throws UserError
std::vector<SourceLine> read_lines(const fs::path& root, const fs::path& file);

/// A page as Doxygen reads it, in its Markdown.
struct Page {
  std::string name;  // "chapter_02.md"
  std::vector<SourceLine> lines;

  /// Adds lines that were made, not written: `text` may have several. An error in them is one at
  /// `from`.
  void add(std::string_view text, const SourceLine& from);

  /// Adds HTML that Doxygen hands through as it is.
  void add_html(std::string_view html, const SourceLine& from);

  std::string text() const;
};

/// "chapter.md:12: what"
UserError error_at(const SourceLine& line, std::string_view what);

/// `text` with the signs of HTML escaped, and `code` in backticks as code.
std::string html_inline(std::string_view text);

}  // namespace gradbook
