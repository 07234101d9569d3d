/// @file
/// What the site is made with: other programs and packages, each named where it is missing.
#pragma once

#include <string>

#include "system/file.hpp"

namespace gradbook {

/// Where what the site needs is, and which versions they are.
struct SiteTools {
  fs::path katex;        // the folder with katex.js
  fs::path theme;        // the folder with doxygen-awesome.css
  std::string versions;  // of all, in one text: another one means another site
};

/// What the site is made with is not all here.
struct MissingTool : UserError {
  using UserError::UserError;
};

/// Looks for doxygen, dot, node, KaTeX and the theme; the last two below $GRADBOOK_SHARE, by
/// default /usr/share.
/// @throws MissingTool naming the Debian package
SiteTools find_site_tools();

}  // namespace gradbook
