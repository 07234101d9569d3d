/// @file
/// The command `show`: pictures of what the student's code does, in the terminal and as SVG, and
/// what tests ask for.
#pragma once

#include "grading/build/workshop.hpp"

namespace gradbook {

struct ShowOptions {
  const Exercise* exercise = nullptr;
  fs::path workbook;
  fs::path out;  // where the module's program leaves its files
  std::size_t columns = 80;
};

/// Runs the module's program and draws the graphs that it left. @returns the exit code. @throws
/// UserError where the module draws none
int show_graph(const Workshop& workshop, const ShowOptions& options);

/// Runs the module's program and draws its curves.
int show_plot(const Workshop& workshop, const ShowOptions& options);

/// The names and sentences of the exercise's public tests.
std::string show_tests(const Book& book, const Exercise& exercise, std::size_t columns);

/// A graph as text: one line a node below the nodes that it is computed from, layer by layer.
/// @param dot  in the form that 2.11 writes. @throws UserError where it is of another form
std::string graph_as_text(const std::string& dot, std::size_t columns);

}  // namespace gradbook
