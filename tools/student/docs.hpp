/// @file
/// The command `docs`: what the chapter says about an exercise, to be read in the terminal.
#pragma once

#include "book/book.hpp"

namespace gradbook {

/// The text under the exercise's heading, without marks of the page's own, wrapped at `columns`;
/// its path and line stand first. @throws UserError where the chapter has no such heading
std::string docs(const Book& book, const Exercise& exercise, std::size_t columns);

}  // namespace gradbook
