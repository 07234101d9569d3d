/// @file
/// The headers as Doxygen reads them: one page a header, with links from comments to chapters and
/// sources.
#pragma once

#include <vector>

#include "book/book.hpp"
#include "site/page.hpp"
#include "site/prose.hpp"
#include "site/references.hpp"

namespace gradbook {

/// A page for each header, line by line as the header is, and the page that gathers them. Appends
/// the formulas of comments.
/// @throws UserError with file and line for a link to a chapter's section that is not there
std::vector<Page> api_pages(const Book& book, const References& references,
                            std::vector<Formula>& formulas);

}  // namespace gradbook
