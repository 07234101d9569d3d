/// @file
/// The glossary: its page, and the links to it from where a term first appears in a chapter.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "site/page.hpp"

namespace gradbook {

struct Term {
  std::string name;                // "topological order"
  std::vector<std::string> forms;  // as they appear in texts: the name, and others such as plurals
  std::string says;
  SourceLine from;

  std::string anchor() const;  // "term_topological_order"
};

class Glossary {
 public:
  /// Reads docs/site/glossary.toml below `root`. @throws UserError with file and line
  explicit Glossary(const fs::path& root);

  Page page() const;

  const std::vector<Term>& terms() const { return terms_; }

 private:
  std::vector<Term> terms_;  // by name
};

/// Links the terms of one chapter, each where it first appears.
class TermLinker {
 public:
  explicit TermLinker(const Glossary& glossary) : glossary_(glossary) {}

  /// Puts the links in. @param prose  the same line as Prose shows it
  void link(std::string& text, std::string& prose);

 private:
  const Glossary& glossary_;
  std::set<std::string> linked_;  // names
};

}  // namespace gradbook
