/// @file
/// The files of a student's workbook.
#pragma once

#include "instructor/file_tree.hpp"
#include "instructor/module_choice.hpp"

namespace gradbook {

/// Everything but the references: what is handed out, and what it takes to build and check it.
/// @throws UserError for a file that is missing
FileTree handout_tree(const Book& book, const ModuleChoice& choice, bool references);

/// The packages of packages.txt down to the line that names `end`.
std::string packages_before(const Book& book, std::string_view end);

/// module.toml of a module that is only given: its exercises are no one's to do here.
std::string given_only(const std::string& module_toml);

}  // namespace gradbook
