/// @file
/// Runs Doxygen on the pages of one edition, and says what it complains of in the words of the
/// sources.
#pragma once

#include <string>
#include <vector>

#include "site/page.hpp"
#include "site/site_tools.hpp"

namespace gradbook {

/// One edition on its way: what goes in, and where.
struct SiteInput {
  std::string edition;  // "student"
  std::string brief;    // what stands below the name of the book
  std::vector<Page> pages;
  fs::path book;     // the root, for docs/site
  fs::path work;     // a folder of this edition's own
  fs::path figures;  // SVG files that pages include
};

/// A digest of all that the site of this input depends on.
std::string key_of(const SiteInput& input, const SiteTools& tools);

/// Writes the site to work/html. @throws UserError with file and line for every warning of
/// Doxygen's
void run_doxygen(const SiteInput& input, const SiteTools& tools);

}  // namespace gradbook
