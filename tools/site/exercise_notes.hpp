/// @file
/// What the site adds to an exercise's section: its facts, its contract, its hints, and for
/// instructors how it is solved.
#pragma once

#include "book/book.hpp"
#include "site/page.hpp"

namespace gradbook {

/// "about 40 minutes", "about 3 hours 20 minutes"
std::string effort(int minutes);

/// "4 points"
std::string points(double points);

/// Where the exercise's section is, from any page: "chapter_02.html#exercise_2_2".
std::string link_to(const Exercise& exercise);
std::string exercise_anchor(const Exercise& exercise);

/// `says` as a link to an exercise; as it is, where the chapter is not here.
std::string linked(const Book& book, const Exercise& exercise, const std::string& says);

/// Links each "exercise 2.2" of a line to that exercise. @param prose  the line as Prose shows it
void link_exercises(const Book& book, std::string& text, std::string& prose);

/// Points, effort, prerequisites, and the commands for it, as HTML.
std::string facts(const Book& book, const Exercise& exercise);

/// The parts of headers that are its contract, and its hints, one inside the other.
void add_contract_and_hints(Page& page, const Book& book, const Exercise& exercise,
                            const SourceLine& from);

}  // namespace gradbook
