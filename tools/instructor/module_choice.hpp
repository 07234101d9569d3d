/// @file
/// Which modules are handed out, and which others they cannot do without.
#pragma once

#include <string>
#include <vector>

#include "book/book.hpp"

namespace gradbook {

struct ModuleChoice {
  std::vector<const Module*> handed;  // with their exercises
  std::vector<const Module*> given;   // what those build on: code and references alone
};

/// Reads "02", "01-02" or "01,03-04"; all for "". @throws UserError for what names no module
ModuleChoice choose_modules(const Book& book, const std::string& what);

}  // namespace gradbook
