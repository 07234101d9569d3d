/// @file
/// Tells the prose of a Markdown text from its formulas, code and links.
#pragma once

#include <string>
#include <vector>

#include "site/page.hpp"

namespace gradbook {

/// A formula as it was written between \f$ and \f$, or \f[ and \f].
struct Formula {
  std::string tex;
  bool display = false;
  SourceLine from;  // where it begins
};

/// Stands in a line of prose for each byte that is none.
inline constexpr char kNoProse = '\1';

/// Walks through a text line by line. Its state goes on from line to line, for formulas and code
/// do.
class Prose {
 public:
  /// The line with kNoProse for every byte of code, formula, link, tag or command: a place in it is
  /// the same place in the line. Headings, tables and blocks of code have no prose.
  std::string of(const SourceLine& line);

  /// The formulas that ended so far.
  const std::vector<Formula>& formulas() const { return formulas_; }

  /// Whether the last line was inside a block of code.
  bool inside_code() const { return inside_ == Inside::fence; }

  /// Whether a formula of the last line goes on in the next one.
  bool inside_formula() const { return inside_ == Inside::formula; }

  /// @throws UserError where a formula did not end
  void end() const;

 private:
  enum class Inside { text, code, fence, formula };

  Inside inside_ = Inside::text;
  Formula open_;
  std::vector<Formula> formulas_;
};

/// Puts `by` in place of a part of a line, and no prose in the same place of `prose`, so that both
/// agree on every place afterwards.
void replace_part(std::string& text, std::string& prose, std::size_t at, std::size_t size,
                  const std::string& by);

}  // namespace gradbook
