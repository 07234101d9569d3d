/// @file
/// Sources: the lists at the ends of chapters, the links to them, and the page that gathers them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "site/page.hpp"

namespace gradbook {

/// One source, as the list at the end of a chapter has it.
struct Reference {
  std::string key;   // "Tarjan"; empty where it is not cited
  std::string text;  // without the key
  std::vector<int> chapters;
  SourceLine from;
};

class References {
 public:
  /// Reads the section "References" of every chapter. @throws UserError where one key means two
  /// sources
  explicit References(const Book& book);

  /// `text` with each [Key] of its prose linked to `chapter`'s list. @throws UserError for a key
  /// that is not in that list
  std::string link(const SourceLine& line, const std::string& prose, int chapter) const;

  /// An entry of a chapter's list with the anchor that links lead to.
  std::string with_anchor(const std::string& text, int chapter) const;

  /// A comment of a header with each [Key] linked to the page of all sources.
  std::string link_in_header(const std::string& text) const;

  Page page() const;

 private:
  std::vector<Reference> all_;
};

/// Whether a line of a chapter is the heading of its list of sources.
bool begins_references(const std::string& line);

}  // namespace gradbook
