/// @file
/// The sample class: submissions of every kind, honest, unfinished, wrong and hostile, and what
/// each of their exercises is to come to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "book/book.hpp"
#include "grading/state.hpp"

namespace gradbook {

/// What grading is to find.
struct Expected {
  State state = State::missing;
  double points = 0;
};

/// One student of the sample class, as class.toml describes them.
struct SampleStudent {
  std::string student;              // their name in the roster and that of their submission
  std::string is;                   // what the submission is, in one sentence
  std::string base;                 // what the files are that are not their own: solutions or stubs
  std::vector<std::string> solved;  // exercises that are solved where the base is stubs
  std::vector<std::string> only;    // exercises that are handed in; empty: all
  std::string shape;                // folder, flat, zip, tar.gz, none, or one of odd_shapes.hpp
  bool windows = false;             // lines end as on Windows
  std::map<std::string, Expected> expected;  // of every exercise, by id
};

/// The class that tests/tools/class/class.toml lists. @throws UserError
std::vector<SampleStudent> read_sample_class(const Book& book);

/// Writes the submissions of these students into `folder`, one folder or archive each, as an
/// instructor would have collected them.
void make_class(const Book& book, const std::vector<SampleStudent>& students,
                const fs::path& folder);

/// The roster and the course file that go with the class.
fs::path sample_roster(const Book& book);
fs::path sample_course(const Book& book);

}  // namespace gradbook
