/// @file
/// Formulas become KaTeX's HTML when the site is built; no page needs a script for them.
#pragma once

#include <vector>

#include "site/prose.hpp"
#include "site/site_tools.hpp"

namespace gradbook {

/// @throws UserError with file and line for each formula that KaTeX does not understand
void check_formulas(const fs::path& book, const std::vector<Formula>& formulas,
                    const SiteTools& tools, const fs::path& work);

/// Sets the formulas of all pages of a site, puts its headings in order, adds KaTeX's style sheet
/// and fonts, and gathers the texts that its search looks through.
/// @throws UserError
void finish_pages(const fs::path& book, const fs::path& site, const SiteTools& tools);

/// @throws UserError naming page and link for each link, anchor or picture that leads nowhere
void check_pages(const fs::path& book, const fs::path& site);

}  // namespace gradbook
