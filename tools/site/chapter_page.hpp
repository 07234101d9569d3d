/// @file
/// A chapter as a page: what a person wrote, with what the program knows of its exercises put in.
#pragma once

#include <functional>

#include "book/book.hpp"
#include "site/glossary.hpp"
#include "site/page.hpp"
#include "site/prose.hpp"
#include "site/references.hpp"

namespace gradbook {

/// What chapters are put together from.
struct ChapterParts {
  const Book& book;
  const Glossary& glossary;
  const References& references;
  fs::path figures;  // the folder with NAME.html for each line \figure{NAME}

  /// Adds to the end of an exercise's section; empty in the student's edition.
  std::function<void(Page&, const Exercise&, const SourceLine&)> at_end_of_exercise;
};

/// The page of `module`, with links to the chapters before and after it. Appends its formulas to
/// `formulas`.
/// @throws UserError with file and line
Page chapter_page(const ChapterParts& parts, const Module& module, std::vector<Formula>& formulas);

/// A page that is no chapter, such as docs/interactive/step_through.md, with its figures.
Page page_with_figures(const Book& book, const fs::path& file, const fs::path& figures);

}  // namespace gradbook
